/** A piece of the input between two wrappings: its octets with their origin, sliced and composed. */
import { octetAt } from '../bytes/octets.ts';
import { composeOrigins } from '../bytes/origin-compose.ts';
import { OriginIndex } from '../bytes/origin-index.ts';
import { copiedOrigin, type OriginSegment } from '../bytes/origin-map.ts';

/** Octets on their way from the input to the document, and where each came from. */
export interface Piece {
  readonly octets: Uint8Array;
  /** Octets of the piece to octets of the input. */
  readonly segments: readonly OriginSegment[];
}

/** The octets `[start, end)` of a piece. */
export function slice(piece: Piece, start: number, end: number): Piece {
  const octets = piece.octets.subarray(start, end);
  if (octets.length === 0) {
    // No octet says where it stands.
    const at = inputOffset(piece, start);
    return { octets, segments: [{ start: 0, end: 0, sourceStart: at, sourceEnd: at, kind: 'copied' }] };
  }
  return composed(piece, { octets, segments: copiedOrigin(octets.length, start) });
}

/** `inner` is derived from `outer.octets`; the result leads to the input. */
export function composed(outer: Piece, inner: Piece): Piece {
  return { octets: inner.octets, segments: composeOrigins(inner.segments, outer.segments) };
}

/** Where offset `at` of the piece stands in the input. */
export function inputOffset(piece: Piece, at: number): number {
  return new OriginIndex(piece.segments).sourceOf(at, at).start;
}

/** The octets `[start, end)` as characters, one each. */
export function ascii(octets: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end && at < octets.length; at++) text += String.fromCharCode(octetAt(octets, at));
  return text;
}
