/** Octets with others in the place of some of theirs, and the origin of every octet of the result. */
import { composeOrigins } from '../bytes/origin-compose.ts';
import { OriginBuilder, type OctetSpan, type OriginMap, type OriginSegment } from '../bytes/origin-map.ts';

/** `octets` in the place of `[start, end)`: a replacement, an insertion (of an empty range) or a deletion (by none). */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly octets: Uint8Array;
}

/**
 * The octets `[within.start, within.end)` of `source`, all of them by default, after the splices.
 * @param splices in the order of their places, none reaching into the next; several may insert at one place
 * @throws {RangeError} where they are not: the caller's defect
 */
export function spliceOctets(
  source: Uint8Array,
  splices: readonly Splice[],
  within: OctetSpan = { start: 0, end: source.length },
): Uint8Array<ArrayBuffer> {
  let size = within.end - within.start;
  for (const { start, end, octets } of splices) size += octets.length - (end - start);
  const made = new Uint8Array(Math.max(0, size));
  let written = 0;
  const put = (octets: Uint8Array): void => {
    made.set(octets, written);
    written += octets.length;
  };
  walk(splices, within, (from, splice) => {
    put(source.subarray(from, splice?.start ?? within.end));
    if (splice !== null) put(splice.octets);
  });
  return made;
}

/**
 * Where the octets that {@link spliceOctets} makes came from: what took the place of octets is rewritten from them,
 * what was put between is added there.
 * @param within the octets of the source that were spliced
 * @throws {RangeError} as there
 */
export function spliceOrigin(splices: readonly Splice[], within: OctetSpan): readonly OriginSegment[] {
  const origin = new OriginBuilder();
  walk(splices, within, (from, splice) => {
    origin.copy(from, splice?.start ?? within.end);
    if (splice === null) return;
    if (splice.start === splice.end) origin.add(splice.octets.length, splice.start);
    else origin.rewrite(splice.octets.length, splice.start, splice.end);
  });
  return origin.segments;
}

/**
 * The origin of spliced octets in the source that the octets before came from.
 * @param before the map of the octets that were spliced, `length` of them
 */
export function splicedMap(before: OriginMap, length: number, splices: readonly Splice[]): OriginMap {
  const segments = composeOrigins(spliceOrigin(splices, { start: 0, end: length }), before.segments);
  return { source: before.source, segments };
}

/** Visits each splice with the first of the octets that stay before it; at the end null, with those behind the last. */
function walk(
  splices: readonly Splice[],
  within: OctetSpan,
  visit: (from: number, splice: Splice | null) => void,
): void {
  let from = within.start;
  for (const splice of splices) {
    if (splice.start < from || splice.end < splice.start || splice.end > within.end) {
      throw new RangeError(`a splice of [${splice.start}, ${splice.end}) behind octet ${from} of ${within.end}`);
    }
    visit(from, splice);
    from = splice.end;
  }
  visit(from, null);
}
