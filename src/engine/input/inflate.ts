/** Raw DEFLATE (RFC 1951) to octets, bounded: the SAML HTTP redirect binding sends messages so. */
import { Inflate } from 'fflate';
import { joinOctets } from '../bytes/octets.ts';

/** `too-long`: more than `longest` octets would come out. */
export type Inflated =
  | { readonly ok: true; readonly octets: Uint8Array }
  | { readonly ok: false; readonly reason: 'malformed' | 'too-long' };

/** The most octets that one octet of DEFLATE stands for: four copies of 258, each in two bits. */
const EXPANSION = 1032;
/** A longer stretch without an octet of output is the end, or no stream: a stored block has at most 64 KiB. */
const SILENCE = 128 * 1024;

/**
 * Inflates piece by piece, no piece larger than what may still come out allows for, so that what would unpack to more
 * than the bound is never unpacked.
 * @param longest the most octets that may come out
 */
export function inflateRaw(input: Uint8Array, longest: number): Inflated {
  const made: Uint8Array[] = [];
  let size = 0;
  let silent = 0;
  const stream = new Inflate((octets) => {
    if (octets.length > 0) made.push(octets);
    size += octets.length;
    silent = octets.length > 0 ? 0 : silent;
  });
  try {
    for (let at = 0; at < input.length && silent <= SILENCE;) {
      const piece = input.subarray(at, at + Math.max(1, Math.floor((longest - size) / EXPANSION)));
      silent += piece.length;
      stream.push(piece);
      at += piece.length;
      if (size > longest) return { ok: false, reason: 'too-long' };
    }
    stream.push(new Uint8Array(0), true);
  } catch (error) {
    if (isFlateError(error)) return { ok: false, reason: 'malformed' };
    throw error;
  }
  return size > longest ? { ok: false, reason: 'too-long' } : { ok: true, octets: joinOctets(made) };
}

/** What fflate throws about its input has a code; everything else is a defect. */
function isFlateError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}
