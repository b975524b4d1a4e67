/** The algebra of origins: two derivations as one, and a part of one. */
import { OriginBuilder, type OriginSegment } from './origin-map.ts';
import { firstIndex } from './sorted.ts';

/**
 * The origins of a derivation of a derivation: `outer` leads from the last octets to a space between, `inner` from
 * there to the source.
 *
 * A copy is what it copied was; what was rewritten comes from everything that its source came from, with what had been
 * removed there; what was added on either way is added. Composition is associative where every derivation keeps the
 * order of its source and names what it removed; where one reorders (the attributes of a canonical form), what was
 * rewritten may be told to come from more than it did, never from less.
 * @returns total on the derived side of `outer`
 */
export function composeOrigins(
  outer: readonly OriginSegment[],
  inner: readonly OriginSegment[],
): readonly OriginSegment[] {
  const made = new OriginBuilder(outer[0]?.start ?? 0);
  let reached = 0;
  for (const segment of outer) {
    const { kind, start, end, sourceStart, sourceEnd } = segment;
    reached = Math.max(reached, sourceEnd);
    if (kind === 'copied') composeCopy(made, sourceStart, sourceEnd, inner);
    else if (kind !== 'added') composeRewriting(made, end - start, sourceStart, sourceEnd, inner);
    // What was added, or what `inner` says nothing about.
    made.add(end - made.end, made.end === start ? placeOf(inner, sourceStart) : placeOf(inner, sourceEnd));
  }
  const length = inner.at(-1)?.end ?? 0;
  // What was removed behind the last octet has none to stand before.
  if (reached === length) {
    for (let i = firstTouching(inner, length); i < inner.length; i++) {
      const { sourceStart, sourceEnd } = inner[i]!;
      made.remove(sourceStart, sourceEnd);
    }
  }
  return made.segments;
}

/**
 * The segments of the derived octets `[start, end)`, at the offsets that they have in the whole, with what was removed
 * at either edge.
 */
export function clipOrigin(segments: readonly OriginSegment[], start: number, end: number): readonly OriginSegment[] {
  const made: OriginSegment[] = [];
  for (let i = firstTouching(segments, start); i < segments.length && segments[i]!.start <= end; i++) {
    const segment = segments[i]!;
    const from = Math.max(start, segment.start);
    const to = Math.min(end, segment.end);
    if (from === to && segment.kind !== 'removed') continue;
    made.push({ ...segment, ...sourceWithin(segment, from, to), start: from, end: to });
  }
  return made;
}

/**
 * The source of the octets `[from, to)` of a segment: of a copy the same octets, else all that the segment came from.
 */
function sourceWithin(
  segment: OriginSegment,
  from: number,
  to: number,
): { readonly sourceStart: number; readonly sourceEnd: number } {
  if (segment.kind !== 'copied') return segment;
  const back = segment.sourceStart - segment.start;
  return { sourceStart: from + back, sourceEnd: to + back };
}

/** What was removed just before the range goes with it, what was removed just behind it with the next. */
function composeCopy(made: OriginBuilder, start: number, end: number, inner: readonly OriginSegment[]): void {
  for (let i = firstTouching(inner, start); i < inner.length && inner[i]!.start < end; i++) {
    const segment = inner[i]!;
    const from = Math.max(start, segment.start);
    const to = Math.min(end, segment.end);
    const { sourceStart, sourceEnd } = sourceWithin(segment, from, to);
    if (segment.kind === 'copied') made.copy(sourceStart, sourceEnd);
    else if (segment.kind === 'added') made.add(to - from, sourceStart);
    else made.rewrite(to - from, sourceStart, sourceEnd);
  }
}

/** One piece from the smallest range that holds all origins of `[start, end)`; nothing where all of it was added. */
function composeRewriting(
  made: OriginBuilder,
  length: number,
  start: number,
  end: number,
  inner: readonly OriginSegment[],
): void {
  let low = Infinity;
  let high = -1;
  for (let i = firstTouching(inner, start); i < inner.length && inner[i]!.start < end; i++) {
    const segment = inner[i]!;
    if (segment.kind === 'added') continue;
    const source = sourceWithin(segment, Math.max(start, segment.start), Math.min(end, segment.end));
    low = Math.min(low, source.sourceStart);
    high = Math.max(high, source.sourceEnd);
  }
  if (high >= 0) made.rewrite(length, low, high);
}

/** The source offset that the derived `offset` stands at, before what was removed there. */
function placeOf(segments: readonly OriginSegment[], offset: number): number {
  const segment = segments[firstTouching(segments, offset)];
  if (segment === undefined) return segments.at(-1)?.sourceEnd ?? 0;
  return segment.kind === 'copied' ? segment.sourceStart + Math.max(0, offset - segment.start) : segment.sourceStart;
}

/** Index of the first segment that ends behind `offset`, or stands empty at or behind it. */
function firstTouching(segments: readonly OriginSegment[], offset: number): number {
  return firstIndex(0, segments.length, (index) => {
    const segment = segments[index]!;
    return segment.end > offset || (segment.start === segment.end && segment.start >= offset);
  });
}
