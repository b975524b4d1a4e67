/** Octet strings: joining, comparing, hexadecimal (RFC 4648 §8). */

/** All parts in one new array. */
export function concatOctets(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return joinOctets(parts);
}

/** {@link concatOctets} of a list of any length: as arguments, a hundred thousand parts overflow the stack. */
export function joinOctets(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Compares in time that depends on the lengths only. */
export function equalOctets(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!;
  return difference === 0;
}

/**
 * Below 0, 0 or above 0 as `a` sorts before, with or after `b` by octet values; the order of UTF-8 strings by code
 * point.
 */
export function compareOctets(a: Uint8Array, b: Uint8Array): number {
  const size = Math.min(a.length, b.length);
  for (let i = 0; i < size; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** The offset of the first octet that differs, -1 where the arrays are equal. */
export function firstDifference(a: Uint8Array, b: Uint8Array): number {
  const size = Math.min(a.length, b.length);
  for (let i = 0; i < size; i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : size;
}

const HEX_PAIRS: readonly string[] = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal. */
export function encodeHex(octets: Uint8Array): string {
  let text = '';
  for (const octet of octets) text += HEX_PAIRS[octet]!;
  return text;
}

/** Octets from hexadecimal in either case; null for an odd length or another character, white space too. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(text)) return null;
  return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** Octets of a value that a trace shows in full; of a longer one it shows the start. */
const SHOWN = 64;

/** Public octets (a nonce, a salt) as hexadecimal for a trace, cut where they are long; null where there are none. */
export function shownHex(octets: Uint8Array | null): string | null {
  return octets === null ? null : `${encodeHex(octets.subarray(0, SHOWN))}${octets.length > SHOWN ? '…' : ''}`;
}
