/** Looking places up in a map of origins, both ways. */
import type { OctetSpan, OriginSegment } from './origin-map.ts';
import { firstIndex } from './sorted.ts';

/**
 * Look-ups in the segments of one map. Where the derivation kept the order of its source, each is a bisection; where
 * it did not (the attributes of a canonical form), a walk over the segments of the range.
 */
export class OriginIndex {
  readonly #segments: readonly OriginSegment[];
  readonly #ordered: boolean;

  /** @param segments sorted, adjacent and total on the derived side; they may begin at any offset */
  constructor(segments: readonly OriginSegment[]) {
    this.#segments = segments;
    this.#ordered = segments.every((segment, index) => {
      const before = segments[index - 1];
      return (
        before === undefined || (before.sourceStart <= segment.sourceStart && before.sourceEnd <= segment.sourceEnd)
      );
    });
  }

  /** The segment that holds the derived octet at `offset`; undefined outside the map. */
  segmentAt(offset: number): OriginSegment | undefined {
    const segment = this.#segments[this.#holding(offset)];
    return segment !== undefined && segment.start <= offset ? segment : undefined;
  }

  /**
   * The smallest source range that holds the origins of the derived octets `[start, end)`. Of added octets alone, or of
   * no octets: an empty one, at the place of the octet at `start`.
   */
  sourceOf(start: number, end: number): OctetSpan {
    const first = this.#holding(start);
    let low = Infinity;
    let high = -1;
    const take = (index: number): boolean => {
      const segment = this.#segments[index]!;
      if (segment.start === segment.end || segment.kind === 'added') return false;
      const copied = segment.kind === 'copied';
      low = Math.min(low, copied ? segment.sourceStart + Math.max(0, start - segment.start) : segment.sourceStart);
      high = Math.max(high, copied ? segment.sourceEnd - Math.max(0, segment.end - end) : segment.sourceEnd);
      return true;
    };
    if (start < end && this.#ordered) {
      // The first and the last that came from anywhere.
      let last = Math.min(this.#holding(end - 1), this.#segments.length - 1);
      let at = first;
      while (at <= last && !take(at)) at++;
      while (last > at && !take(last)) last--;
    } else if (start < end) {
      for (let at = first; at < this.#segments.length && this.#segments[at]!.start < end; at++) take(at);
    }
    if (high >= 0) return { start: low, end: high };
    const place = this.#placeIn(this.#segments[first], start);
    return { start: place, end: place };
  }

  /**
   * What became of the source octets `[start, end)`: derived ranges in derived order, touching ones joined; none where
   * all were removed or left out.
   */
  derivedOf(start: number, end: number): readonly OctetSpan[] {
    const found: { start: number; end: number }[] = [];
    const from = this.#ordered
      ? firstIndex(0, this.#segments.length, (index) => this.#segments[index]!.sourceEnd > start)
      : 0;
    for (let at = from; at < this.#segments.length; at++) {
      const segment = this.#segments[at]!;
      if (segment.sourceStart >= end) {
        if (this.#ordered) break;
        continue;
      }
      if (segment.sourceEnd <= start || segment.start === segment.end || segment.kind === 'added') continue;
      const shift = segment.start - segment.sourceStart;
      const copied = segment.kind === 'copied';
      const first = copied ? Math.max(start, segment.sourceStart) + shift : segment.start;
      const past = copied ? Math.min(end, segment.sourceEnd) + shift : segment.end;
      const last = found.at(-1);
      if (last !== undefined && last.end === first) last.end = past;
      else found.push({ start: first, end: past });
    }
    return found;
  }

  /** Index of the segment that holds the octet at `offset`, of the first where it stands before the map. */
  #holding(offset: number): number {
    return firstIndex(0, this.#segments.length, (index) => this.#segments[index]!.end > offset);
  }

  #placeIn(segment: OriginSegment | undefined, offset: number): number {
    if (segment === undefined) return this.#segments.at(-1)?.sourceEnd ?? 0;
    return segment.kind === 'copied' ? segment.sourceStart + Math.max(0, offset - segment.start) : segment.sourceStart;
  }
}
