/**
 * ECDSA over r ‖ s on every named curve (FIPS 186-5 §6.4.2, XML Signature 1.1 §6.4.3); curves that @noble/curves lacks
 * come from its factory.
 */
import { ecdsa, weierstrass, type ECDSA } from '@noble/curves/abstract/weierstrass.js';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { DerTag, bigIntFromOctets, derInteger, octetsFromBigInt, readDer } from '../bytes/der.ts';
import { joinOctets } from '../bytes/octets.ts';
import { coordinateLength, namedCurve } from './curves.ts';
import type { CurveName, PublicKey } from './keys.ts';
import type { VerifyOutcome } from './provider.ts';

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

/** Reads the ASN.1 form SEQUENCE { r, s } that broken peers send, or null. */
function readDerSignature(value: Uint8Array): { readonly r: bigint; readonly s: bigint } | null {
  const read = readDer(value);
  if (!read.ok || read.element.tag !== DerTag.sequence || read.element.children.length !== 2) return null;
  const [r, s] = [derInteger(read.element.children[0]), derInteger(read.element.children[1])];
  return r === null || s === null || r < 0n || s < 0n ? null : { r, s };
}

/**
 * The r ‖ s form of an ASN.1 signature for a curve, so that diagnosis can prove that only the form is wrong; null where
 * it is none.
 */
export function ecdsaValueFromDer(curve: CurveName, value: Uint8Array): Uint8Array | null {
  const parts = readDerSignature(value);
  const length = coordinateLength(namedCurve(curve));
  const [r, s] = parts === null ? [null, null] : [octetsFromBigInt(parts.r, length), octetsFromBigInt(parts.s, length)];
  return r === null || s === null ? null : joinOctets([r, s]);
}

/**
 * The r ‖ s form of a value whose halves are too narrow or too wide (leading zeros dropped or added, as old Java
 * providers do), so that diagnosis can prove that only the width is wrong; null where no half fits.
 */
export function ecdsaValueFromHalves(curve: CurveName, value: Uint8Array): Uint8Array | null {
  const length = coordinateLength(namedCurve(curve));
  if (value.length === 0 || value.length % 2 !== 0 || value.length === 2 * length || value.length > 4 * length) {
    return null;
  }
  const half = value.length / 2;
  const [r, s] = [value.subarray(0, half), value.subarray(half)].map((part) =>
    octetsFromBigInt(bigIntFromOctets(part), length),
  );
  return r && s ? joinOctets([r, s]) : null;
}

/** Why a value cannot be an ECDSA signature on this curve, or null: `ecdsa-der`, `length`, `range`. */
export function ecdsaValueDefect(curve: CurveName, value: Uint8Array): string | null {
  const parameters = namedCurve(curve);
  const length = coordinateLength(parameters);
  if (value.length !== 2 * length) return readDerSignature(value) === null ? 'length' : 'ecdsa-der';
  for (const half of [value.subarray(0, length), value.subarray(length)]) {
    const number = bigIntFromOctets(half);
    if (number === 0n || number >= parameters.n) return 'range';
  }
  return null;
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
