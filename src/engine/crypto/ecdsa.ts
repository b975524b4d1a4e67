/**
 * ECDSA over r ‖ s on every named curve (FIPS 186-5 §6.4.2, XML Signature 1.1 §6.4.3); curves that @noble/curves lacks
 * come from its factory.
 */
import { ecdsa, weierstrass, type ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { namedCurve } from './curves.ts';
import { ecdsaValueDefect } from './ecdsa-value.ts';
import type { CurveName, PublicKey } from './keys.ts';
import type { VerifyOutcome } from './provider.ts';

/** A public key on a curve that is known. */
export type EcKey = Extract<PublicKey, { kind: 'EC' }>;

const instances = new Map<CurveName, ECDSA>([
  ['P-256', p256],
  ['P-384', p384],
  ['P-521', p521],
  ['secp256k1', secp256k1],
]);

/** The curve's arithmetic, made once when first asked for. */
export function curveArithmetic(name: CurveName): ECDSA {
  const known = instances.get(name);
  if (known !== undefined) return known;
  const { p, n, a, b, gx, gy } = namedCurve(name);
  // The hash is only the factory's default: every call here passes a digest.
  const made = ecdsa(weierstrass({ p, n, a, b, h: 1n, Gx: gx, Gy: gy }), sha256, { lowS: false });
  instances.set(name, made);
  return made;
}

/**
 * Verifies over a digest of any length; its leftmost bits are taken. High s passes: XML Signature has no low-s rule.
 */
export function verifyEcdsa(key: EcKey, digest: Uint8Array, value: Uint8Array): VerifyOutcome {
  const defect = ecdsaValueDefect(key.curve, value);
  if (defect !== null) return { result: 'fail', reason: defect };
  try {
    const passed = curveArithmetic(key.curve).verify(value, digest, key.point, {
      prehash: false,
      lowS: false,
      format: 'compact',
    });
    return passed ? { result: 'pass' } : { result: 'fail', reason: 'mismatch' };
  } catch {
    // Thrown by the library for a public point it refuses; value and digest were checked above.
    return { result: 'unusable', what: 'ec-point-invalid' };
  }
}
