/**
 * Key derivation functions (XML Encryption 1.1 §5.4 and §5.6.2.2, RFC 9231 §2.6.5, RFC 5869, RFC 8018 §5.2, NIST SP
 * 800-56A §5.8.1).
 */
import { hkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { joinOctets } from '../bytes/octets.ts';
import type { DecryptOutcome, KeyDerivation } from './decryption-provider.ts';
import { digestMethod, type DigestMethod } from './digests.ts';
import { legacyDhDerivation } from './legacy/diffie-hellman.ts';

/**
 * Joins the ConcatKDF fields AlgorithmID, PartyUInfo, PartyVInfo, SuppPubInfo, SuppPrivInfo. Each begins with an octet
 * that counts the padding bits at its end (XML Encryption 1.1 §5.4.1); the bits left are joined without gaps. Null for
 * a count over 7 or over the field's length. Absent fields are empty.
 */
export function concatKdfOtherInfo(fields: readonly Uint8Array[]): Uint8Array | null {
  let total = 0;
  for (const field of fields) {
    const padding = field[0] ?? 0;
    if (padding > 7 || (padding > 0 && field.length < 2)) return null;
    total += field.length === 0 ? 0 : 8 * (field.length - 1) - padding;
  }
  const joined = new Uint8Array((total + 7) >> 3);
  let at = 0;
  for (const field of fields) {
    const bits = field.length === 0 ? 0 : 8 * (field.length - 1) - (field[0] ?? 0);
    for (let bit = 0; bit < bits; bit++, at++) {
      if (((field[1 + (bit >> 3)] ?? 0) >> (7 - (bit & 7))) & 1) {
        joined[at >> 3] = (joined[at >> 3] ?? 0) | (0x80 >> (at & 7));
      }
    }
  }
  return joined;
}

function concatKdf(method: DigestMethod, otherInfo: Uint8Array, secret: Uint8Array, length: number): Uint8Array {
  const key = new Uint8Array(length);
  const counter = new Uint8Array(4);
  for (let at = 0, count = 1; at < length; at += method.length, count++) {
    new DataView(counter.buffer).setUint32(0, count);
    key.set(method.hash(joinOctets([counter, secret, otherInfo])).subarray(0, length - at), at);
  }
  return key;
}

/** More key than any algorithm takes is a defect or an attack. */
const MAX_LENGTH = 1024;

/** Derives `length` octets. */
export function deriveKey(derivation: KeyDerivation, secret: Uint8Array, length: number): DecryptOutcome {
  if (!Number.isInteger(length) || length <= 0 || length > MAX_LENGTH) {
    return { result: 'unusable', what: 'key-length' };
  }
  const hashed = derivation.method === 'concat-kdf' || derivation.method === 'dh-legacy';
  const uri = hashed ? derivation.digest : derivation.prf;
  const method = digestMethod(hashed ? uri : (algorithmOfKind(uri, 'mac')?.digest ?? ''));
  if (method === null) return { result: 'unsupported', what: uri };
  switch (derivation.method) {
    case 'concat-kdf':
      return { result: 'plaintext', octets: concatKdf(method, derivation.otherInfo, secret, length) };
    case 'dh-legacy': {
      const key = legacyDhDerivation(method, derivation.encryption, derivation.nonce, secret, length);
      return key === null ? { result: 'unusable', what: 'key-length' } : { result: 'plaintext', octets: key };
    }
    case 'hkdf':
      return { result: 'plaintext', octets: hkdf(method.hash, secret, derivation.salt, derivation.info, length) };
    case 'pbkdf2':
      if (!Number.isInteger(derivation.iterations) || derivation.iterations < 1) {
        return { result: 'unusable', what: 'iterations' };
      }
      return {
        result: 'plaintext',
        octets: pbkdf2(method.hash, secret, derivation.salt, { c: derivation.iterations, dkLen: length }),
      };
  }
}
