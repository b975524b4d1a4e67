/**
 * Octets and origins of the last run, handed out in slices; maps are computed when asked for and composed back to the
 * input.
 */
import type { OriginMap, OriginSegment } from '../../engine/bytes/origin-map.ts';
import { INPUT_SPACE, type SpaceId } from '../../engine/bytes/source-range.ts';
import type { KeptOctets } from '../../engine/trace/recorder.ts';
import type { OriginSlice } from '../page/protocol.ts';

/** Segments of one answer; a slice with more is cut. */
const SEGMENTS = 20_000;

export class Spaces {
  #kept: ReadonlyMap<SpaceId, KeptOctets> = new Map();
  readonly #maps = new Map<SpaceId, OriginMap | null>();

  take(kept: ReadonlyMap<SpaceId, KeptOctets>): void {
    this.#kept = kept;
    this.#maps.clear();
  }

  octets(space: SpaceId, start: number, end: number): Uint8Array | null {
    return this.#kept.get(space)?.octets.slice(start, end) ?? null;
  }

  #map(space: SpaceId): OriginMap | null {
    const known = this.#maps.get(space);
    if (known !== undefined) return known;
    const map = this.#kept.get(space)?.origin?.() ?? null;
    this.#maps.set(space, map);
    return map;
  }

  origin(space: SpaceId, start: number, end: number, toInput: boolean): OriginSlice | null {
    let map = this.#map(space);
    if (!map) return null;
    let segments: readonly OriginSegment[] = clip(map.segments, start, end);
    for (let hops = toInput ? 16 : 0; hops > 0 && map.source !== INPUT_SPACE; hops--) {
      const next = this.#map(map.source);
      if (!next) break;
      segments = compose(segments, next.segments);
      map = next;
    }
    return { source: map.source, segments: segments.slice(0, SEGMENTS) };
  }
}

/** Segments that touch `[start, end)`, cut to it where they are copies. */
function clip(segments: readonly OriginSegment[], start: number, end: number): readonly OriginSegment[] {
  return segments.filter(
    (segment) =>
      (segment.start < end && segment.end > start) ||
      (segment.start === segment.end && segment.start >= start && segment.start <= end),
  );
}

function firstEndingAfter(segments: readonly OriginSegment[], position: number): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle]?.end ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `outer` leads from a derived space to a middle one, `inner` from there to its source: the two as one. */
export function compose(outer: readonly OriginSegment[], inner: readonly OriginSegment[]): readonly OriginSegment[] {
  const composed: OriginSegment[] = [];
  for (const segment of outer) {
    let index = firstEndingAfter(inner, segment.sourceStart);
    if (segment.kind !== 'copied' || segment.sourceStart === segment.sourceEnd) {
      // Not octet for octet: the whole segment maps to the hull of what its source maps to.
      const first = inner[index];
      let last = first;
      for (; index < inner.length && (inner[index]?.start ?? 0) < segment.sourceEnd; index++) last = inner[index];
      if (!first || !last) continue;
      const sourceStart =
        first.kind === 'copied'
          ? first.sourceStart + Math.max(0, segment.sourceStart - first.start)
          : first.sourceStart;
      const sourceEnd =
        segment.sourceStart === segment.sourceEnd
          ? sourceStart
          : last.kind === 'copied'
            ? last.sourceStart + Math.min(last.end, segment.sourceEnd) - last.start
            : last.sourceEnd;
      composed.push({ ...segment, sourceStart, sourceEnd: Math.max(sourceStart, sourceEnd) });
      continue;
    }
    for (; index < inner.length; index++) {
      const part = inner[index];
      if (!part || part.start >= segment.sourceEnd) break;
      const from = Math.max(part.start, segment.sourceStart);
      const to = Math.min(part.end, segment.sourceEnd);
      if (to <= from) continue;
      const shift = segment.start - segment.sourceStart;
      const copied = part.kind === 'copied';
      composed.push({
        start: from + shift,
        end: to + shift,
        kind: part.kind,
        sourceStart: copied ? part.sourceStart + from - part.start : part.sourceStart,
        sourceEnd: copied ? part.sourceStart + to - part.start : part.sourceEnd,
      });
    }
  }
  return composed;
}
