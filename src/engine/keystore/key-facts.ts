/** What may be told of a key outside the engine: its kind and size, no octet of it. */
import type { PublicKey } from '../crypto/keys.ts';
import { bitLength } from '../crypto/modular.ts';

/** What a key is, in numbers and names: the words are elsewhere. */
export type KeyFacts =
  | { readonly kind: 'RSA' | 'DSA' | 'DH' | 'secret'; readonly bits: number }
  | { readonly kind: 'EC'; readonly curve: string }
  | { readonly kind: 'Ed25519' | 'Ed448' | 'X25519' | 'X448' }
  /** A curve or an algorithm that is not known, by its object identifier. */
  | { readonly kind: 'EC-unknown' | 'unknown'; readonly oid: string };

/** The facts of a public key. */
export function keyFacts(key: PublicKey): KeyFacts {
  switch (key.kind) {
    case 'RSA':
      return { kind: 'RSA', bits: key.bits };
    case 'DSA':
    case 'DH':
      return { kind: key.kind, bits: bitLength(key.p) };
    case 'EC':
      return { kind: 'EC', curve: key.curve };
    case 'EC-unknown':
    case 'unknown':
      return { kind: key.kind, oid: key.oid };
    default:
      return { kind: key.kind };
  }
}
