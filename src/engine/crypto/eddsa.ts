/**
 * EdDSA (RFC 8032, RFC 9231 §2.3.12), always by @noble/curves: engines differ on small-order and non-canonical points,
 * and a verdict must not depend on where it was made.
 */
import { ed25519, ed25519ctx, ed25519ph } from '@noble/curves/ed25519.js';
import { ed448, ed448ph } from '@noble/curves/ed448.js';
import type { PublicKey } from './keys.ts';
import type { VerifyOutcome } from './provider.ts';

const SCHEMES = {
  ed25519: { kind: 'Ed25519', curve: ed25519, length: 64 },
  ed25519ctx: { kind: 'Ed25519', curve: ed25519ctx, length: 64 },
  ed25519ph: { kind: 'Ed25519', curve: ed25519ph, length: 64 },
  ed448: { kind: 'Ed448', curve: ed448, length: 114 },
  ed448ph: { kind: 'Ed448', curve: ed448ph, length: 114 },
} as const;

/** Edwards-curve signatures (RFC 8032 §5), plain, with a context or pre-hashed. */
export type EddsaScheme = keyof typeof SCHEMES;

/** Verifies with the context empty, as RFC 9231 has no element to carry another. */
export function verifyEddsa(scheme: EddsaScheme, key: PublicKey, octets: Uint8Array, value: Uint8Array): VerifyOutcome {
  const { kind, curve, length } = SCHEMES[scheme];
  if (key.kind !== kind) return { result: 'unusable', what: 'key-kind' };
  if (value.length !== length) return { result: 'fail', reason: 'length' };
  try {
    return curve.verify(value, octets, key.raw, { zip215: false })
      ? { result: 'pass' }
      : { result: 'fail', reason: 'mismatch' };
  } catch {
    return { result: 'unusable', what: 'ed-point-invalid' };
  }
}
