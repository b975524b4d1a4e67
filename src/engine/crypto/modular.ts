/**
 * Modular arithmetic by @noble/curves over public numbers; not constant in time, so for private keys only where the
 * user opens what is the user's own (RFC 8017 §5.2.2).
 */
import { Field, FpLegendre, invert, mod, pow } from '@noble/curves/abstract/modular.js';

/** base^exponent mod modulus for exponent ≥ 0 and modulus > 1. */
export function modPow(base: bigint, exponent: bigint, modulus: bigint): bigint {
  return pow(mod(base, modulus), exponent, modulus);
}

/** The inverse of value mod modulus, or null where there is none. */
export function modInverse(value: bigint, modulus: bigint): bigint | null {
  try {
    return invert(value, modulus);
  } catch {
    return null;
  }
}

/** Length of a number ≥ 0 in bits; 0 has none. */
export function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

/** Square root mod an odd prime, or null where there is none. */
export function modSqrt(value: bigint, prime: bigint): bigint | null {
  const field = Field(prime);
  const reduced = field.create(value);
  if (field.is0(reduced)) return reduced;
  return FpLegendre(field, reduced) === 1 ? field.sqrt(reduced) : null;
}
