/**
 * RSA signatures by arithmetic on public numbers: PKCS#1 v1.5 and PSS with any digests (RFC 8017 §8.1 and §8.2), and
 * the recovered block for diagnosis.
 */
import {
  DerTag,
  bigIntFromOctets,
  derContent,
  derOid,
  encodeDer,
  encodeDerOid,
  octetsFromBigInt,
  readDer,
} from '../bytes/der.ts';
import { equalOctets, joinOctets } from '../bytes/octets.ts';
import { digestByOid, type DigestMethod } from './digests.ts';
import type { PublicKey } from './keys.ts';
import { bitLength, modPow } from './modular.ts';
import type { VerifyOutcome } from './provider.ts';

/** An RSA public key. */
export type RsaKey = Extract<PublicKey, { kind: 'RSA' }>;

/**
 * Above this size OpenSSL too takes only exponents of at most 64 bits, so that a key cannot make verification costly.
 */
const LARGE_MODULUS_BITS = 3072;
const LARGE_MODULUS_EXPONENT_BITS = 64;

/** Why this key cannot verify anything, or null. `maxBits` is the run's bound `rsaModulusBits`. */
export function rsaKeyDefect(key: RsaKey, maxBits: number): string | null {
  if (key.bits > maxBits) return 'rsa-modulus-too-large';
  if (key.bits < 256 || (key.n & 1n) === 0n) return 'rsa-modulus-invalid';
  if (key.e < 3n || (key.e & 1n) === 0n || key.e >= key.n) return 'rsa-exponent-invalid';
  if (key.bits > LARGE_MODULUS_BITS && bitLength(key.e) > LARGE_MODULUS_EXPONENT_BITS) return 'rsa-exponent-too-large';
  return null;
}

/** The encoded message: value^e mod n as octets as long as the modulus, or the reason why not. */
function rsaPublicOperation(key: RsaKey, value: Uint8Array): Uint8Array | 'length' | 'range' {
  const length = (key.bits + 7) >> 3;
  if (value.length !== length) return 'length';
  const s = bigIntFromOctets(value);
  if (s >= key.n) return 'range';
  return octetsFromBigInt(modPow(s, key.e, key.n), length) ?? 'range';
}

/** EMSA-PKCS1-v1_5 (RFC 8017 §9.2), or null where the modulus is too short for the digest. */
function encodePkcs1(
  method: DigestMethod,
  digest: Uint8Array,
  length: number,
  parameters: Uint8Array,
): Uint8Array | null {
  const info = encodeDer(
    DerTag.sequence,
    encodeDer(DerTag.sequence, encodeDerOid(method.oid), parameters),
    encodeDer(DerTag.octetString, digest),
  );
  if (length < info.length + 11) return null;
  return joinOctets([Uint8Array.of(0, 1), new Uint8Array(length - info.length - 3).fill(0xff), Uint8Array.of(0), info]);
}

/** How DigestInfo may have its parameters: as NULL, and by older encoders left out (RFC 8017 §9.2, note 1; §A.2.4). */
const PARAMETERS = [Uint8Array.of(DerTag.null, 0), new Uint8Array(0)] as const;

/** Verifies by making the right blocks and comparing all of each, so no sloppy padding passes (CVE-2006-4339). */
export function verifyPkcs1(key: RsaKey, method: DigestMethod, digest: Uint8Array, value: Uint8Array): VerifyOutcome {
  const block = rsaPublicOperation(key, value);
  if (typeof block === 'string') return { result: 'fail', reason: block };
  for (const parameters of PARAMETERS) {
    const expected = encodePkcs1(method, digest, block.length, parameters);
    if (expected === null) return { result: 'unusable', what: 'rsa-modulus-too-short' };
    if (equalOctets(expected, block)) return { result: 'pass' };
  }
  return { result: 'fail', reason: 'mismatch' };
}

/** MGF1 (RFC 8017 §B.2.1). */
export function mgf1(hash: DigestMethod['hash'], seed: Uint8Array, length: number): Uint8Array {
  const mask = new Uint8Array(length);
  const input = new Uint8Array(seed.length + 4);
  input.set(seed);
  const counter = new DataView(input.buffer, seed.length);
  for (let at = 0, count = 0; at < length; at += hash.outputLen, count++) {
    counter.setUint32(0, count);
    mask.set(hash(input).subarray(0, length - at), at);
  }
  return mask;
}

/** EMSA-PSS-VERIFY (RFC 8017 §9.1.2) with the digest and the mask's digest chosen apart. */
export function verifyPss(
  key: RsaKey,
  method: DigestMethod,
  mask: DigestMethod,
  saltLength: number,
  digest: Uint8Array,
  value: Uint8Array,
): VerifyOutcome {
  const block = rsaPublicOperation(key, value);
  if (typeof block === 'string') return { result: 'fail', reason: block };
  const bits = key.bits - 1;
  const length = (bits + 7) >> 3;
  // A modulus of 8k+1 bits: the block's first octet stands outside the encoded message and must be zero.
  const encoded = block.subarray(block.length - length);
  if (block.length > length && block[0] !== 0) return { result: 'fail', reason: 'padding' };
  if (length < method.length + saltLength + 2) return { result: 'unusable', what: 'rsa-modulus-too-short' };
  if (encoded[length - 1] !== 0xbc) return { result: 'fail', reason: 'padding' };
  const masked = encoded.subarray(0, length - method.length - 1);
  const hash = encoded.subarray(masked.length, length - 1);
  const unused = 8 * length - bits;
  if (((masked[0] ?? 0) & (0xff << (8 - unused)) & 0xff) !== 0) return { result: 'fail', reason: 'padding' };
  const block2 = mgf1(mask.hash, hash, masked.length).map((octet, index) => octet ^ (masked[index] ?? 0));
  block2[0] = (block2[0] ?? 0) & (0xff >> unused);
  const zeros = masked.length - saltLength - 1;
  for (let at = 0; at < zeros; at++) if (block2[at] !== 0) return { result: 'fail', reason: 'salt-length' };
  if (block2[zeros] !== 1) return { result: 'fail', reason: 'salt-length' };
  const salt = block2.subarray(zeros + 1);
  return equalOctets(method.hash(joinOctets([new Uint8Array(8), digest, salt])), hash)
    ? { result: 'pass' }
    : { result: 'fail', reason: 'mismatch' };
}

/**
 * What a signature value holds under a public key: what the signer hashed, if it is PKCS#1 v1.5 and the key is right.
 */
export interface RecoveredRsaBlock {
  /**
   * `pkcs1`: 00 01 FF… 00 DigestInfo. `pkcs1-bare`: right padding, but no DigestInfo after it. `pss`: ends in 0xBC.
   * `encryption`: 00 02. `none`: looks random; another key signed.
   */
  readonly padding: 'pkcs1' | 'pkcs1-bare' | 'encryption' | 'pss' | 'none';
  readonly block: Uint8Array;
  /** Dotted OID in DigestInfo, or null. */
  readonly digestOid: string | null;
  /** The digest method's URI where the OID is one that the engine has. */
  readonly digestAlgorithm: string | null;
  /** The digest octets in DigestInfo; for `pkcs1-bare` what stands after the padding; else null. */
  readonly digest: Uint8Array | null;
  /** DigestInfo's parameters stand as NULL, as they must. */
  readonly parametersNull: boolean;
}

/** Applies the public operation and reads the block, or says why that cannot be: `length`, `range`, or a key defect. */
export function recoverRsaBlock(
  key: PublicKey,
  value: Uint8Array,
  maxBits: number,
): RecoveredRsaBlock | { readonly failed: string } {
  if (key.kind !== 'RSA') return { failed: 'key-kind' };
  const defect = rsaKeyDefect(key, maxBits);
  if (defect !== null) return { failed: defect };
  const block = rsaPublicOperation(key, value);
  if (typeof block === 'string') return { failed: block };
  const none = { block, digestOid: null, digestAlgorithm: null, digest: null, parametersNull: false };
  if (block[0] === 0 && block[1] === 1) {
    let at = 2;
    while (block[at] === 0xff) at++;
    if (at >= 10 && block[at] === 0) return readDigestInfo(block, block.subarray(at + 1));
  }
  if (block[0] === 0 && block[1] === 2 && block.indexOf(0, 2) >= 10) return { ...none, padding: 'encryption' };
  // One block in 256 ends so by chance: only a hint, which PSS verification itself proves.
  return { ...none, padding: block.at(-1) === 0xbc ? 'pss' : 'none' };
}

function readDigestInfo(block: Uint8Array, content: Uint8Array): RecoveredRsaBlock {
  const read = readDer(content);
  const [algorithm, octets] = read.ok ? read.element.children : [];
  const oid = derOid(algorithm?.children[0]);
  if (!read.ok || read.element.tag !== DerTag.sequence || oid === null || octets?.tag !== DerTag.octetString) {
    return {
      padding: 'pkcs1-bare',
      block,
      digestOid: null,
      digestAlgorithm: null,
      digest: content,
      parametersNull: false,
    };
  }
  return {
    padding: 'pkcs1',
    block,
    digestOid: oid,
    digestAlgorithm: digestByOid(oid)?.uri ?? null,
    digest: derContent(octets),
    parametersNull: algorithm?.children[1]?.tag === DerTag.null && algorithm.children.length === 2,
  };
}
