/** Hexadecimal as the page shows it. */
import { decodeBase64 } from '../engine/bytes/base64.ts';
import { encodeHex } from '../engine/bytes/hex.ts';

/** `9f2c 41d0 77ae … 03b5` */
export function shortHex(hex: string): string {
  if (hex.length <= 20) return hex.replace(/(.{4})(?=.)/g, '$1 ');
  return `${hex.slice(0, 12).replace(/(.{4})(?=.)/g, '$1 ')} … ${hex.slice(-4)}`;
}

/** Hex of base64, or the text itself where it is not base64. */
export function hexOfBase64(text: string): string {
  const { octets } = decodeBase64(text);
  return octets === null ? text : encodeHex(octets);
}
