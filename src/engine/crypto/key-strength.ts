/** A public key's size and what the strength policy says of it (NIST SP 800-57 part 1, table 2). */
import { keyWeaknesses } from '../algorithms/strength-policy.ts';
import type { Weakness } from '../algorithms/strength-policy.ts';
import { namedCurve } from './curves.ts';
import type { PublicKey } from './keys.ts';
import { bitLength } from './modular.ts';

/** The size people name a key by, in bits: modulus, field, or security-defining prime; null where it is not known. */
export function keyBits(key: PublicKey): number | null {
  switch (key.kind) {
    case 'RSA': return key.bits;
    case 'EC': return namedCurve(key.curve).bits;
    case 'DSA':
    case 'DH': return bitLength(key.p);
    case 'Ed25519':
    case 'X25519': return 256;
    case 'Ed448':
    case 'X448': return 448;
    default: return null;
  }
}

/** What is weak about a key: findings to record, warnings among them making `valid-weak`. */
export function publicKeyWeaknesses(key: PublicKey): readonly Weakness[] {
  const bits = keyBits(key);
  if (bits === null) return [];
  switch (key.kind) {
    case 'RSA': return keyWeaknesses('RSA', bits, key.e);
    case 'EC':
    case 'DSA':
    case 'DH': return keyWeaknesses(key.kind, bits);
    default: return [];
  }
}
