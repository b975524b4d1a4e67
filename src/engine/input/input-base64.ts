/** A whole input in base64 (RFC 4648 §4), with the origin of every line. */
import { octetAt } from '../bytes/octets.ts';
import { OriginBuilder } from '../bytes/origin-map.ts';
import type { Piece } from './input-piece.ts';

const VALUE = new Int8Array(256).fill(-1);
for (let value = 0; value < 64; value++) {
  VALUE['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.charCodeAt(value)] = value;
}

/** The six bits of a character, or -1. */
const valueOf = (octet: number): number => VALUE[octet] ?? -1;

const PAD = 0x3d;

/**
 * Whether nothing but base64 characters, padding and white space stands from `start` on, and enough of it to be a
 * message.
 */
export function isolatedBase64(octets: Uint8Array, start: number): boolean {
  let characters = 0;
  for (let at = start; at < octets.length; at++) {
    const octet = octetAt(octets, at);
    if (valueOf(octet) >= 0 || octet === PAD) characters++;
    else if (octet !== 0x20 && octet !== 0x09 && octet !== 0x0a && octet !== 0x0d) return false;
  }
  return characters >= 16;
}

/**
 * Decodes leniently (other characters are skipped, as RFC 2045 §6.8 asks); one `rewritten` segment for each line of
 * whole groups.
 */
export function decodeBase64Pieces(octets: Uint8Array, start: number): Piece {
  const out = new Uint8Array(Math.ceil(((octets.length - start) * 3) / 4));
  const origin = new OriginBuilder();
  let written = 0;
  let bits = 0;
  let held = 0;
  let runStart = -1;
  let lastEnd = start;
  const close = () => {
    if (written > origin.end) origin.rewrite(written - origin.end, runStart, lastEnd);
    runStart = -1;
  };
  for (let at = start; at < octets.length; at++) {
    const octet = octetAt(octets, at);
    const value = valueOf(octet);
    if (value < 0) {
      if (octet === PAD) break;
      if (octet === 0x0a && bits === 0) close();
      continue;
    }
    if (runStart < 0) runStart = at;
    lastEnd = at + 1;
    held = ((held << 6) | value) & 0xfff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out[written++] = (held >> bits) & 0xff;
    }
  }
  close();
  return { octets: out.subarray(0, written), segments: origin.segments };
}
