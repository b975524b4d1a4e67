/** UTF-8 (RFC 3629) to and from strings, with the exact place of the first ill-formed sequence. */

import { utf8Decoder, utf8Encoder } from './platform-text.ts';

/** Below this many octets a loop is faster than a call into the platform. */
const SHORT = 24;

/**
 * Decodes `octets[start, end)`. A BOM is kept as U+FEFF; an ill-formed sequence becomes U+FFFD
 * (use {@link firstInvalidUtf8} where that matters).
 */
export function decodeUtf8(octets: Uint8Array, start = 0, end = octets.length): string {
  if (end - start > SHORT) return utf8Decoder.decode(octets.subarray(start, end));
  for (let i = start; i < end; i++) if (octets[i]! >= 0x80) return utf8Decoder.decode(octets.subarray(start, end));
  let text = '';
  let i = start;
  // Every join of two strings makes a third: by eights a name takes two or three strings, not one for each octet.
  for (; i + 8 <= end; i += 8) {
    text += String.fromCharCode(
      octets[i]!,
      octets[i + 1]!,
      octets[i + 2]!,
      octets[i + 3]!,
      octets[i + 4]!,
      octets[i + 5]!,
      octets[i + 6]!,
      octets[i + 7]!,
    );
  }
  if (i + 4 <= end) {
    text += String.fromCharCode(octets[i]!, octets[i + 1]!, octets[i + 2]!, octets[i + 3]!);
    i += 4;
  }
  switch (end - i) {
    case 3:
      return text + String.fromCharCode(octets[i]!, octets[i + 1]!, octets[i + 2]!);
    case 2:
      return text + String.fromCharCode(octets[i]!, octets[i + 1]!);
    case 1:
      return text + String.fromCharCode(octets[i]!);
    default:
      return text;
  }
}

/** Encodes a string; a lone surrogate becomes U+FFFD, as in every platform's encoder. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  return utf8Encoder.encode(text);
}

/** Octets of the well-formed UTF-8 sequence at `offset`, 1 to 4; 0 where there is none (RFC 3629 §4). */
export function utf8SequenceLength(octets: Uint8Array, offset: number, end = octets.length): number {
  const lead = octets[offset]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (offset + size > end) return 0;
  // Overlong forms, surrogates and values above U+10FFFF show in the second octet.
  const second = octets[offset + 1]!;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < size; i++) if ((octets[offset + i]! & 0xc0) !== 0x80) return 0;
  return size;
}

/** The code point of the well-formed sequence at `offset`. */
export function codePointAt(octets: Uint8Array, offset: number): number {
  const lead = octets[offset]!;
  if (lead < 0x80) return lead;
  const second = octets[offset + 1]! & 0x3f;
  if (lead < 0xe0) return ((lead & 0x1f) << 6) | second;
  const third = octets[offset + 2]! & 0x3f;
  if (lead < 0xf0) return ((lead & 0x0f) << 12) | (second << 6) | third;
  return ((lead & 0x07) << 18) | (second << 12) | (third << 6) | (octets[offset + 3]! & 0x3f);
}

/** Offset of the first octet that does not begin a well-formed sequence, or -1. */
export function firstInvalidUtf8(octets: Uint8Array, start = 0, end = octets.length): number {
  let i = start;
  while (i < end) {
    if (octets[i]! < 0x80) {
      i++;
      continue;
    }
    const size = utf8SequenceLength(octets, i, end);
    if (size === 0) return i;
    i += size;
  }
  return -1;
}
