/** Hexadecimal as people and programs write it (RFC 4648 §8): in groups, with white space or colons. */
import { decodeHex as decodeDigits } from './octets.ts';

/** Decodes hex of either case, with white space or colons between octets; null for anything else. */
export function decodeHex(text: string): Uint8Array<ArrayBuffer> | null {
  return decodeDigits(text.replace(/[\s:]/g, ''));
}
