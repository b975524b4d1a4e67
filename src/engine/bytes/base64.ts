/** Base64 as xsd:base64Binary has it: RFC 4648 §4 with XML white space anywhere (XML Schema Part 2 §3.2.16). */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const INVALID = 255;
const WHITE = 254;
const PAD = 253;
const VALUES = new Uint8Array(128).fill(INVALID);
for (let i = 0; i < 64; i += 1) VALUES[ALPHABET.charCodeAt(i)] = i;
for (const white of [0x9, 0xa, 0xd, 0x20]) VALUES[white] = WHITE;
VALUES[0x3d] = PAD;

/**
 * Decodes base64 text; null for a foreign character, missing or misplaced padding, or a lone character.
 * Unused bits of the last character may be anything, as every decoder in the field has it.
 */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const out = new Uint8Array(Math.floor((text.length * 3) / 4) + 3);
  let length = 0;
  let bits = 0;
  let count = 0;
  let padding = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const value = code < 128 ? (VALUES[code] ?? INVALID) : INVALID;
    if (value === WHITE) continue;
    if (value === INVALID) return null;
    if (value === PAD) {
      padding += 1;
      continue;
    }
    if (padding > 0) return null;
    bits = (bits << 6) | value;
    count += 1;
    if (count === 4) {
      out[length] = bits >> 16;
      out[length + 1] = bits >> 8;
      out[length + 2] = bits;
      length += 3;
      bits = 0;
      count = 0;
    }
  }
  if (count === 1 || padding !== (4 - count) % 4) return null;
  if (count === 2) out[length++] = bits >> 4;
  if (count === 3) {
    out[length++] = bits >> 10;
    out[length++] = bits >> 2;
  }
  return out.slice(0, length);
}

/** Encodes without line breaks. */
export function encodeBase64(octets: Uint8Array): string {
  const pieces: string[] = [];
  let piece = '';
  for (let i = 0; i < octets.length; i += 3) {
    const a = octets[i] ?? 0;
    const b = octets[i + 1] ?? 0;
    const c = octets[i + 2] ?? 0;
    piece += ALPHABET.charAt(a >> 2) + ALPHABET.charAt(((a & 3) << 4) | (b >> 4));
    piece += i + 1 < octets.length ? ALPHABET.charAt(((b & 15) << 2) | (c >> 6)) : '=';
    piece += i + 2 < octets.length ? ALPHABET.charAt(c & 63) : '=';
    if (piece.length > 8_192) {
      pieces.push(piece);
      piece = '';
    }
  }
  pieces.push(piece);
  return pieces.join('');
}
