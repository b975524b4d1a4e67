/** A piece of the input between two wrappings: its octets with their origin, sliced and composed. */
import type { OriginSegment } from '../bytes/origin-map.ts';

/** Octets on their way from the input to the document, and where each came from. */
export interface Piece {
  readonly octets: Uint8Array;
  /** Derived octets to input octets; empty means nothing is known. */
  readonly segments: readonly OriginSegment[];
}

export function slice(piece: Piece, start: number, end: number): Piece {
  return composed(piece, {
    octets: piece.octets.subarray(start, end),
    segments: [segment(0, end - start, start, end, 'copied')],
  });
}

/** `inner` is derived from `outer.octets`; the result leads to the input. Both lists are sorted: one merge. */
export function composed(outer: Piece, inner: Piece): Piece {
  const whole = outer.segments[0];
  if (outer.segments.length === 1 && whole !== undefined && whole.kind === 'copied') {
    const shift = whole.sourceStart - whole.start;
    return {
      octets: inner.octets,
      segments: inner.segments.map((one) =>
        segment(one.start, one.end, one.sourceStart + shift, one.sourceEnd + shift, one.kind),
      ),
    };
  }
  const segments: OriginSegment[] = [];
  let index = 0;
  for (const one of inner.segments) {
    while (index > 0 && (outer.segments[index]?.start ?? Infinity) > one.sourceStart) index--;
    while (index < outer.segments.length && outer.segments[index]!.end <= one.sourceStart) index++;
    for (let other = index; other < outer.segments.length && outer.segments[other]!.start < one.sourceEnd; other++) {
      const under = outer.segments[other]!;
      if (one.kind === 'copied' && under.kind === 'copied') {
        const from = Math.max(one.sourceStart, under.start);
        const to = Math.min(one.sourceEnd, under.end);
        segments.push(
          segment(
            one.start + from - one.sourceStart,
            one.start + to - one.sourceStart,
            under.sourceStart + from - under.start,
            under.sourceStart + to - under.start,
            'copied',
          ),
        );
      } else {
        segments.push(segment(one.start, one.end, under.sourceStart, under.sourceEnd, 'rewritten'));
      }
    }
  }
  return { octets: inner.octets, segments };
}

export function segment(
  start: number,
  end: number,
  sourceStart: number,
  sourceEnd: number,
  kind: OriginSegment['kind'],
): OriginSegment {
  return { start, end, sourceStart, sourceEnd, kind };
}

/** Where offset `at` of the piece stands in the input; 0 where that is unknown. */
export function inputOffset(piece: Piece, at: number): number {
  const holder = piece.segments.find((one) => one.start <= at && at < one.end);
  if (holder === undefined) return 0;
  return holder.kind === 'copied' ? holder.sourceStart + at - holder.start : holder.sourceStart;
}

/** The octets `[start, end)` as characters, one each. */
export function ascii(octets: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end && at < octets.length; at++) text += String.fromCharCode(octets[at]!);
  return text;
}
