/**
 * Composing origin maps and looking places up in them, both ways (docs/design.md, "The octets that arrived are the
 * truth").
 */
import type { OriginKind, OriginMap, OriginSegment } from './origin-map.ts';
import type { SpaceId } from './source-range.ts';

/** A half-open range of octets whose space is known from the call. */
export interface OctetSpan {
  readonly start: number;
  readonly end: number;
}

/** Collects the segments of one map in derived order; neighbours that continue each other become one. */
export class OriginMapBuilder {
  readonly #segments: OriginSegment[] = [];
  readonly #source: SpaceId;

  constructor(source: SpaceId) {
    this.#source = source;
  }

  /**
   * Adds `[start, end)`; a `copied` segment is as long on both sides. Empty segments are kept only when they say
   * `removed`.
   */
  add(kind: OriginKind, start: number, end: number, sourceStart: number, sourceEnd: number): void {
    if (kind === 'removed' ? sourceStart === sourceEnd : start === end) return;
    const last = this.#segments.at(-1);
    // An `added` run continues at the same place; everything but rewriting can be told apart again after joining.
    if (
      last !== undefined &&
      last.kind === kind &&
      kind !== 'rewritten' &&
      last.end === start &&
      last.sourceEnd === sourceStart
    ) {
      this.#segments[this.#segments.length - 1] = { ...last, end, sourceEnd };
    } else {
      this.#segments.push({ start, end, sourceStart, sourceEnd, kind });
    }
  }

  finish(): OriginMap {
    return { source: this.#source, segments: this.#segments };
  }
}

/** The map of a space that is its source, octet for octet. */
export function identityOriginMap(source: SpaceId, length: number): OriginMap {
  const builder = new OriginMapBuilder(source);
  builder.add('copied', 0, length, 0, length);
  return builder.finish();
}

/**
 * The map from the derived space of `outer` to the source of `inner`, where `inner` maps the source of `outer`.
 * A piece that either map rewrote is `rewritten` from the whole piece of source; what either added is `added`.
 */
export function composeOriginMaps(outer: OriginMap, inner: OriginMap): OriginMap {
  const builder = new OriginMapBuilder(inner.source);
  const segments = inner.segments;
  for (const segment of outer.segments) {
    if (segment.kind === 'copied') {
      composeCopied(builder, segment, segments);
      continue;
    }
    const hull = segment.kind === 'added' ? null : hullOf(segments, segment.sourceStart, segment.sourceEnd, true);
    if (hull !== null) {
      builder.add(segment.kind, segment.start, segment.end, hull.start, hull.end);
    } else {
      const place = placeOf(segments, segment.sourceStart);
      builder.add('added', segment.start, segment.end, place, place);
    }
  }
  return builder.finish();
}

function composeCopied(builder: OriginMapBuilder, segment: OriginSegment, inner: readonly OriginSegment[]): void {
  const shift = segment.start - segment.sourceStart;
  for (
    let i = firstTouching(inner, segment.sourceStart);
    i < inner.length && inner[i]!.start < segment.sourceEnd;
    i++
  ) {
    const piece = inner[i]!;
    const start = Math.max(piece.start, segment.sourceStart);
    const end = Math.min(piece.end, segment.sourceEnd);
    if (piece.kind === 'copied') {
      const back = piece.sourceStart - piece.start;
      builder.add('copied', start + shift, end + shift, start + back, end + back);
    } else {
      builder.add(piece.kind, start + shift, end + shift, piece.sourceStart, piece.sourceEnd);
    }
  }
}

/** Index of the first segment that ends after `offset`, or stands empty at or after it. */
function firstTouching(segments: readonly OriginSegment[], offset: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle]!;
    if (segment.end > offset || (segment.start === segment.end && segment.start >= offset)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The smallest source range that holds the origins of `[start, end)`, with what was removed inside and, if wanted, just
 * before; null where all of it was added.
 */
function hullOf(
  segments: readonly OriginSegment[],
  start: number,
  end: number,
  withRemovedBefore: boolean,
): OctetSpan | null {
  let low = -1;
  let high = -1;
  for (let i = firstTouching(segments, start); i < segments.length && segments[i]!.start < end; i++) {
    const segment = segments[i]!;
    if (segment.kind === 'added' || (segment.kind === 'removed' && segment.start === start && !withRemovedBefore)) {
      continue;
    }
    const copied = segment.kind === 'copied';
    const from = copied ? segment.sourceStart + Math.max(0, start - segment.start) : segment.sourceStart;
    const to = copied ? segment.sourceEnd - Math.max(0, segment.end - end) : segment.sourceEnd;
    low = low < 0 ? from : Math.min(low, from);
    high = Math.max(high, to);
  }
  return low < 0 ? null : { start: low, end: high };
}

/** The source offset that the derived offset `offset` stands at. */
function placeOf(segments: readonly OriginSegment[], offset: number): number {
  const segment = segments[firstTouching(segments, offset)] ?? segments.at(-1);
  if (segment === undefined) return 0;
  if (offset >= segment.end && segment.start !== segment.end) return segment.sourceEnd;
  return segment.kind === 'copied' ? segment.sourceStart + Math.max(0, offset - segment.start) : segment.sourceStart;
}

/**
 * Where the derived octets `[start, end)` came from: the smallest source range that holds their origins; an empty one
 * at the place of added octets.
 */
export function locateSource(map: OriginMap, start: number, end: number): OctetSpan {
  const hull = start < end ? hullOf(map.segments, start, end, false) : null;
  if (hull !== null) return hull;
  const place = placeOf(map.segments, start);
  return { start: place, end: place };
}

/**
 * What became of the source octets `[start, end)`: derived ranges in derived order, touching ones joined; none where
 * all were removed or left out.
 */
export function locateDerived(map: OriginMap, start: number, end: number): OctetSpan[] {
  const found: { start: number; end: number }[] = [];
  for (const segment of map.segments) {
    if (segment.start === segment.end || segment.kind === 'added') continue;
    const from = Math.max(start, segment.sourceStart);
    const to = Math.min(end, segment.sourceEnd);
    if (from >= to) continue;
    const exact = segment.kind === 'copied';
    const first = exact ? segment.start + from - segment.sourceStart : segment.start;
    const after = exact ? segment.start + to - segment.sourceStart : segment.end;
    const last = found.at(-1);
    if (last !== undefined && last.end === first) last.end = after;
    else found.push({ start: first, end: after });
  }
  return found;
}
