/** The forms of an ECDSA signature value: r ‖ s as XML Signature 1.1 §6.4.3 has it, and what senders write instead. */
import { DerTag, bigIntFromOctets, derInteger, octetsFromBigInt, readDer } from '../bytes/der.ts';
import { joinOctets } from '../bytes/octets.ts';
import { coordinateLength, namedCurve } from './curves.ts';
import type { CurveName } from './keys.ts';

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
