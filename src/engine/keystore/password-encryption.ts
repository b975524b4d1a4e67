/** Password-based encryption of keys: PBES1 and PBES2 (RFC 8018 §6), scrypt (RFC 7914 §7), PKCS#12 (RFC 7292 §C). */
import { cbc } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { pbkdf2Async } from '@noble/hashes/pbkdf2.js';
import { scryptAsync } from '@noble/hashes/scrypt.js';
import { sha224, sha256, sha384, sha512, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512 } from '@noble/hashes/sha3.js';
import type { Budget } from '../bytes/budget.ts';
import { type DerElement, DerTag, derInteger, derOctetString, derOid } from '../bytes/der.ts';
import { joinOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { WebHashName } from '../crypto/digests.ts';
import type { DerivationPorts } from './key-file-types.ts';
import { decryptLegacyCbc } from './legacy/block-ciphers.ts';
import { bmpPassword, pkcs12Derive } from './pkcs12-derivation.ts';
import { hashAgain, type RepeatableHash } from './repeated-hash.ts';

/** `wrong-password` is a padding that does not fit; the caller also looks at what came out. */
export type OpenResult =
  | { readonly ok: true; readonly octets: Uint8Array }
  | {
      readonly ok: false;
      readonly code: 'key-password-wrong' | 'key-file-damaged' | 'key-cipher-unknown';
      readonly what: string;
    };

type Hash = typeof sha256 | typeof sha1 | typeof sha512;

/** Digest OIDs, and the HMAC OIDs of PBKDF2 (RFC 8018 §B.1). */
export const HASHES: Readonly<Record<string, Hash>> = {
  '1.2.840.113549.2.5': md5,
  '1.3.14.3.2.26': sha1,
  '2.16.840.1.101.3.4.2.4': sha224,
  '2.16.840.1.101.3.4.2.1': sha256,
  '2.16.840.1.101.3.4.2.2': sha384,
  '2.16.840.1.101.3.4.2.3': sha512,
  '2.16.840.1.101.3.4.2.6': sha512_256,
  '2.16.840.1.101.3.4.2.7': sha3_224,
  '2.16.840.1.101.3.4.2.8': sha3_256,
  '2.16.840.1.101.3.4.2.9': sha3_384,
  '2.16.840.1.101.3.4.2.10': sha3_512,
};
const HMAC_SHA1 = '1.2.840.113549.2.7';
const HMACS: Readonly<Record<string, Hash>> = {
  [HMAC_SHA1]: sha1,
  '1.2.840.113549.2.8': sha224,
  '1.2.840.113549.2.9': sha256,
  '1.2.840.113549.2.10': sha384,
  '1.2.840.113549.2.11': sha512,
  '1.2.840.113549.2.13': sha512_256,
  '2.16.840.1.101.3.4.2.13': sha3_224,
  '2.16.840.1.101.3.4.2.14': sha3_256,
  '2.16.840.1.101.3.4.2.15': sha3_384,
  '2.16.840.1.101.3.4.2.16': sha3_512,
};

/** Hashes that a derivation port may have. */
const WEB_NAMES: ReadonlyMap<Hash, WebHashName> = new Map<Hash, WebHashName>([
  [sha1, 'SHA-1'],
  [sha256, 'SHA-256'],
  [sha384, 'SHA-384'],
  [sha512, 'SHA-512'],
]);

interface BlockCipher {
  readonly name: 'AES' | 'DES' | '3DES' | 'RC2';
  readonly key: number;
  readonly block: number;
  /** RC2's effective key bits. */ readonly bits?: number;
}

const AES = (key: number): BlockCipher => ({ name: 'AES', key, block: 16 });
const CIPHERS: Readonly<Record<string, BlockCipher>> = {
  '2.16.840.1.101.3.4.1.2': AES(16),
  '2.16.840.1.101.3.4.1.22': AES(24),
  '2.16.840.1.101.3.4.1.42': AES(32),
  '1.2.840.113549.3.7': { name: '3DES', key: 24, block: 8 },
  '1.3.14.3.2.7': { name: 'DES', key: 8, block: 8 },
};
const RC2_CBC = '1.2.840.113549.3.2';

/** PKCS #5 schemes: digest, cipher. */
const PBES1: Readonly<Record<string, { readonly hash: Hash; readonly cipher: BlockCipher }>> = {
  '1.2.840.113549.1.5.3': { hash: md5, cipher: { name: 'DES', key: 8, block: 8 } },
  '1.2.840.113549.1.5.6': { hash: md5, cipher: { name: 'RC2', key: 8, block: 8, bits: 64 } },
  '1.2.840.113549.1.5.10': { hash: sha1, cipher: { name: 'DES', key: 8, block: 8 } },
  '1.2.840.113549.1.5.11': { hash: sha1, cipher: { name: 'RC2', key: 8, block: 8, bits: 64 } },
};
const PKCS12: Readonly<Record<string, BlockCipher>> = {
  '1.2.840.113549.1.12.1.3': { name: '3DES', key: 24, block: 8 },
  '1.2.840.113549.1.12.1.4': { name: '3DES', key: 16, block: 8 },
  '1.2.840.113549.1.12.1.5': { name: 'RC2', key: 16, block: 8, bits: 128 },
  '1.2.840.113549.1.12.1.6': { name: 'RC2', key: 5, block: 8, bits: 40 },
};
const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const SCRYPT = '1.3.6.1.4.1.11591.4.11';

const unknown = (what: string): OpenResult => ({ ok: false, code: 'key-cipher-unknown', what });
const damaged = (what: string): OpenResult => ({ ok: false, code: 'key-file-damaged', what });

/** Takes off PKCS #7 padding (RFC 8018 §6.1.1), or null where it is none. */
function unpad(octets: Uint8Array, block: number): Uint8Array | null {
  const count = octets.at(-1) ?? 0;
  if (count < 1 || count > block || count > octets.length) return null;
  for (let at = octets.length - count; at < octets.length; at++) if (octets[at] !== count) return null;
  return octets.subarray(0, octets.length - count);
}

/** Decrypts CBC and takes off the padding. */
export async function decryptCbc(
  cipher: BlockCipher,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
): Promise<OpenResult> {
  if (iv.length !== cipher.block || ciphertext.length === 0 || ciphertext.length % cipher.block !== 0) {
    return damaged('ciphertext');
  }
  const plain =
    cipher.name === 'AES'
      ? cbc(key, iv, { disablePadding: true }).decrypt(ciphertext)
      : await decryptLegacyCbc(cipher.name, key, iv, ciphertext, cipher.bits);
  const octets = plain === null ? null : unpad(plain, cipher.block);
  return octets === null ? { ok: false, code: 'key-password-wrong', what: 'padding' } : { ok: true, octets };
}

/** PBKDF1 (RFC 8018 §5.1). */
function pbkdf1(hash: RepeatableHash, password: Uint8Array, salt: Uint8Array, iterations: number): Uint8Array {
  const state = hash(joinOctets([password, salt]));
  hashAgain(hash, state, iterations - 1);
  return state;
}

function iterationCount(element: DerElement | undefined, budget: Budget): number | null {
  const value = derInteger(element);
  if (value === null || value < 1n) return null;
  const iterations = value > 0xffff_ffffn ? Number.MAX_SAFE_INTEGER : Number(value);
  budget.spend('iterations', iterations);
  return iterations;
}

/** The memory that scrypt may take, in octets. */
const SCRYPT_MEMORY = 256 * 1024 * 1024;

/** scrypt (RFC 7914 §7.1): salt, N, r, p; each bounded before any memory is taken. */
async function deriveByScrypt(
  parameters: DerElement,
  salt: Uint8Array,
  length: number,
  password: Uint8Array,
  { budget, derive }: DerivationPorts,
): Promise<Uint8Array | OpenResult> {
  const [N, r, p] = [1, 2, 3].map((at) => Number(derInteger(parameters.children[at]) ?? 0n));
  if (!N || !r || !p || N < 2 || (N & (N - 1)) !== 0 || r > 1024 || p > 1024) return damaged('scrypt parameters');
  budget.spend('iterations', N * r * p);
  if (128 * N * r > SCRYPT_MEMORY) return unknown(`scrypt N=${N} r=${r}`);
  const memory = SCRYPT_MEMORY + 1024 * 1024;
  return (
    (await derive?.scrypt?.(password, salt, { N, r, p, memory }, length)) ??
    scryptAsync(password, salt, { N, r, p, dkLen: length, maxmem: memory })
  );
}

/** PBKDF2 (RFC 8018 §A.2): salt, iterations, length, and a hash where it is not SHA-1. */
async function deriveByPbkdf2(
  parameters: DerElement,
  salt: Uint8Array,
  length: number,
  password: Uint8Array,
  { budget, derive }: DerivationPorts,
): Promise<Uint8Array | OpenResult> {
  const iterations = iterationCount(parameters.children[1], budget);
  if (iterations === null) return damaged('iterationCount');
  const prf = derOid(parameters.children.find((child) => child.tag === DerTag.sequence)?.children[0]) ?? HMAC_SHA1;
  const hash = HMACS[prf];
  if (hash === undefined) return unknown(prf);
  const name = WEB_NAMES.get(hash);
  return (
    (name === undefined ? null : await derive?.pbkdf2(name, password, salt, iterations, length)) ??
    pbkdf2Async(hash, password, salt, { c: iterations, dkLen: length })
  );
}

/** The key of a PBES2 key derivation function, or what is wrong with it. */
async function deriveKey(
  kdf: DerElement | undefined,
  length: number,
  password: Uint8Array,
  ports: DerivationPorts,
): Promise<Uint8Array | OpenResult> {
  const oid = derOid(kdf?.children[0]);
  const parameters = kdf?.children[1];
  const salt = derOctetString(parameters?.children[0]);
  if (oid !== PBKDF2 && oid !== SCRYPT) return unknown(oid ?? 'keyDerivationFunc');
  if (parameters === undefined || salt === null) return damaged('salt');
  return (oid === SCRYPT ? deriveByScrypt : deriveByPbkdf2)(parameters, salt, length, password, ports);
}

/** What a PBES2 encryption scheme says: the cipher, and where its IV stands. */
interface EncryptionScheme {
  readonly cipher: BlockCipher;
  readonly iv: DerElement | undefined;
}

/** RC2's parameters are its version (58: 128 bits, 120: 64, 160: 40; RFC 8018 §B.2.3) and the IV. */
const RC2_BITS: ReadonlyMap<bigint, number> = new Map([
  [58n, 128],
  [120n, 64],
  [160n, 40],
]);

function readScheme(oid: string, settings: DerElement | undefined): EncryptionScheme | null {
  const cipher = CIPHERS[oid];
  if (cipher !== undefined) return { cipher, iv: settings };
  const bits = oid === RC2_CBC ? RC2_BITS.get(derInteger(settings?.children[0]) ?? 0n) : undefined;
  return bits === undefined ? null : { cipher: { name: 'RC2', key: 16, block: 8, bits }, iv: settings?.children[1] };
}

/**
 * Octets of key to derive. RC2's length stands after the iterations (PBKDF2) where it is not the cipher's usual one;
 * a single INTEGER is the iterations.
 */
function keyLength(cipher: BlockCipher, kdf: DerElement | undefined): number {
  const integers = kdf?.children[1]?.children.filter((child) => child.tag === DerTag.integer) ?? [];
  if (cipher.name !== 'RC2' || integers.length < 2) return cipher.key;
  const written = Number(derInteger(integers.at(-1)) ?? 0n);
  return written > 0 && written <= 128 ? written : cipher.key;
}

async function openPbes2(
  parameters: DerElement | undefined,
  ciphertext: Uint8Array,
  password: Uint8Array,
  ports: DerivationPorts,
): Promise<OpenResult> {
  const [kdf, encryption] = parameters?.children ?? [];
  const oid = derOid(encryption?.children[0]) ?? '';
  const scheme = readScheme(oid, encryption?.children[1]);
  if (scheme === null) return unknown(oid || 'encryptionScheme');
  const iv = derOctetString(scheme.iv);
  if (iv === null) return damaged('iv');
  const key = await deriveKey(kdf, keyLength(scheme.cipher, kdf), password, ports);
  return key instanceof Uint8Array ? decryptCbc(scheme.cipher, key, iv, ciphertext) : key;
}

/**
 * Opens what an AlgorithmIdentifier says is encrypted under a password.
 * Spends the budget's `iterations`. @throws {BudgetExceeded}
 */
export async function openWithPassword(
  algorithm: DerElement | undefined,
  ciphertext: Uint8Array,
  password: string,
  ports: DerivationPorts,
): Promise<OpenResult> {
  const oid = derOid(algorithm?.children[0]);
  const parameters = algorithm?.children[1];
  if (oid === null) return damaged('encryptionAlgorithm');
  if (oid === PBES2) return openPbes2(parameters, ciphertext, encodeUtf8(password), ports);
  const pbes1 = PBES1[oid];
  const pkcs12 = PKCS12[oid];
  if (pbes1 === undefined && pkcs12 === undefined) return unknown(oid);
  const salt = derOctetString(parameters?.children[0]);
  const iterations = iterationCount(parameters?.children[1], ports.budget);
  if (salt === null || iterations === null) return damaged('parameters');
  if (pbes1 !== undefined) {
    const derived = pbkdf1(pbes1.hash, encodeUtf8(password), salt, iterations);
    return decryptCbc(pbes1.cipher, derived.subarray(0, 8), derived.subarray(8, 16), ciphertext);
  }
  if (pkcs12 === undefined) return unknown(oid);
  const secret = bmpPassword(password);
  const key = pkcs12Derive(sha1, 1, secret, salt, iterations, pkcs12.key);
  const opened = await decryptCbc(pkcs12, key, pkcs12Derive(sha1, 2, secret, salt, iterations, 8), ciphertext);
  if (opened.ok || password !== '') return opened;
  // The quirk of the empty password: some write no octets at all instead of the terminating null.
  const bare = new Uint8Array();
  return decryptCbc(
    pkcs12,
    pkcs12Derive(sha1, 1, bare, salt, iterations, pkcs12.key),
    pkcs12Derive(sha1, 2, bare, salt, iterations, 8),
    ciphertext,
  );
}

/** HMAC by a digest's OID, or null where it is not supported. */
export function hmacByDigestOid(oid: string, key: Uint8Array, octets: Uint8Array): Uint8Array | null {
  const hash = HASHES[oid];
  return hash === undefined ? null : hmac(hash, key, octets);
}

/** PBMAC1 (RFC 8018 §A.5, RFC 9579): the HMAC under a password, or what is not supported. */
export async function pbmac1Key(
  parameters: DerElement | undefined,
  password: string,
  ports: DerivationPorts,
): Promise<{ readonly mac: (octets: Uint8Array) => Uint8Array } | { readonly what: string }> {
  const [kdf, scheme] = parameters?.children ?? [];
  const oid = derOid(scheme?.children[0]) ?? '';
  const hash = HMACS[oid];
  const length = Number(derInteger(kdf?.children[1]?.children[2]) ?? 0n);
  if (hash === undefined || length < 1 || length > 256) return { what: oid };
  const key = await deriveKey(kdf, length, encodeUtf8(password), ports);
  if (!(key instanceof Uint8Array)) return { what: key.ok ? '' : key.what };
  return { mac: (octets) => hmac(hash, key, octets) };
}
