/** DSA verification over r ‖ s (FIPS 186-4 §4.7, XML Signature 1.1 §6.4.1). FIPS 186-5 withdrew DSA for signing. */
import { bigIntFromOctets } from '../../bytes/der.ts';
import type { PublicKey } from '../keys.ts';
import { bitLength, modInverse, modPow } from '../modular.ts';
import type { VerifyOutcome } from '../provider.ts';

type DsaKey = Extract<PublicKey, { kind: 'DSA' }>;

/** Numbers above these are no DSA that anybody makes; below them a verification takes milliseconds. */
const MAX_P_BITS = 8192;
const MAX_Q_BITS = 512;

/** Why the key cannot verify anything, or null: sizes, ranges, and that g generates the subgroup of order q. */
function keyDefect(key: DsaKey): string | null {
  const { p, q, g, y } = key;
  if (bitLength(p) > MAX_P_BITS || bitLength(q) > MAX_Q_BITS) return 'dsa-key-too-large';
  if ((p & 1n) === 0n || (q & 1n) === 0n || bitLength(q) < 128 || q >= p || (p - 1n) % q !== 0n) {
    return 'dsa-parameters-invalid';
  }
  if (g <= 1n || g >= p || modPow(g, q, p) !== 1n) return 'dsa-generator-invalid';
  if (y <= 1n || y >= p || modPow(y, q, p) !== 1n) return 'dsa-public-value-invalid';
  return null;
}

/** Verifies `value` = r ‖ s, each as long as q, over a digest, which is cut to the length of q. */
export function verifyDsa(key: DsaKey, digest: Uint8Array, value: Uint8Array): VerifyOutcome {
  const defect = keyDefect(key);
  if (defect !== null) return { result: 'unusable', what: defect };
  const { p, q, g, y } = key;
  const length = (bitLength(q) + 7) >> 3;
  if (value.length !== 2 * length) return { result: 'fail', reason: 'length' };
  const r = bigIntFromOctets(value.subarray(0, length));
  const s = bigIntFromOctets(value.subarray(length));
  if (r <= 0n || r >= q || s <= 0n || s >= q) return { result: 'fail', reason: 'range' };
  const w = modInverse(s, q);
  if (w === null) return { result: 'fail', reason: 'range' };
  const excess = 8 * digest.length - bitLength(q);
  const z = excess > 0 ? bigIntFromOctets(digest) >> BigInt(excess) : bigIntFromOctets(digest);
  const v = ((modPow(g, (z * w) % q, p) * modPow(y, (r * w) % q, p)) % p) % q;
  return v === r ? { result: 'pass' } : { result: 'fail', reason: 'mismatch' };
}
