/** Hexadecimal (RFC 4648 §8). */

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

/** {@link decodeHex} of hexadecimal as people and programs write it: with white space or colons between octets. */
export function decodeHexLenient(text: string): Uint8Array<ArrayBuffer> | null {
  return decodeHex(text.replace(/[\s:]/g, ''));
}

/** Octets of a value that a trace shows in full; of a longer one it shows the start. */
const SHOWN = 64;

/** Public octets (a nonce, a salt) as hexadecimal for a trace, cut where they are long; null where there are none. */
export function shownHex(octets: Uint8Array | null): string | null {
  return octets === null ? null : `${encodeHex(octets.subarray(0, SHOWN))}${octets.length > SHOWN ? '…' : ''}`;
}
