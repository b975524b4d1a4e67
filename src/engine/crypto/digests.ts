/**
 * Digest methods by URI (XML Signature 1.1 §6.2, RFC 9231 §2.1), with their names in WebCrypto and their OIDs in
 * DigestInfo.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import type { CHash } from '@noble/hashes/utils.js';
import { Digest } from '../algorithms/identifiers.ts';
import { md5, ripemd160 } from './legacy/legacy-digests.ts';

/** The hashes that WebCrypto has in every engine. */
export type WebHashName = 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** A digest and the names that it goes by. */
export interface DigestMethod {
  readonly uri: string;
  /** Output length in octets. */
  readonly length: number;
  /** The name that WebCrypto has it under in every engine, or null. */
  readonly webName: WebHashName | null;
  /** For DigestInfo in PKCS #1 (RFC 8017 §B.1, RFC 8702 for SHA-3). */
  readonly oid: string;
  /** The synchronous implementation; also the hash of HMAC and MGF1. */
  readonly hash: CHash;
}

function method(
  uri: string,
  hash: CHash,
  oid: string,
  webName: DigestMethod['webName'] = null,
): [string, DigestMethod] {
  return [uri, { uri, length: hash.outputLen, webName, oid, hash }];
}

const METHODS: ReadonlyMap<string, DigestMethod> = new Map([
  method(Digest.md5, md5, '1.2.840.113549.2.5'),
  method(Digest.ripemd160, ripemd160, '1.3.36.3.2.1'),
  method(Digest.sha1, sha1, '1.3.14.3.2.26', 'SHA-1'),
  method(Digest.sha224, sha224, '2.16.840.1.101.3.4.2.4'),
  method(Digest.sha256, sha256, '2.16.840.1.101.3.4.2.1', 'SHA-256'),
  method(Digest.sha384, sha384, '2.16.840.1.101.3.4.2.2', 'SHA-384'),
  method(Digest.sha512, sha512, '2.16.840.1.101.3.4.2.3', 'SHA-512'),
  method(Digest.sha3_224, sha3_224, '2.16.840.1.101.3.4.2.7'),
  method(Digest.sha3_256, sha3_256, '2.16.840.1.101.3.4.2.8'),
  method(Digest.sha3_384, sha3_384, '2.16.840.1.101.3.4.2.9'),
  method(Digest.sha3_512, sha3_512, '2.16.840.1.101.3.4.2.10'),
]);

/** The digest method, or null where the engine does not have it (Whirlpool, GOST, anything unknown). */
export function digestMethod(uri: string): DigestMethod | null {
  return METHODS.get(uri) ?? null;
}

/** The digest method whose DigestInfo carries this OID, or null. */
export function digestByOid(oid: string): DigestMethod | null {
  for (const candidate of METHODS.values()) if (candidate.oid === oid) return candidate;
  return null;
}
