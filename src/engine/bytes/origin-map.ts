/** Where the octets of a derived space came from. Segments are sorted, adjacent and total on the derived side. */
import type { SpaceId } from './source-range.ts';

/**
 * - `copied`: the same octets; both lengths are equal.
 * - `rewritten`: the same information in other octets (quoting, character reference, line end, expanded empty tag).
 * - `added`: no octets of the source stand for it (a namespace declaration, a synthesised element).
 * - `removed`: source octets that left no trace here; its derived range is empty.
 */
export type OriginKind = 'copied' | 'rewritten' | 'added' | 'removed';

/** One segment. For `added`, `sourceStart === sourceEnd` is the place it belongs to. */
export interface OriginSegment {
  readonly start: number;
  readonly end: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
  readonly kind: OriginKind;
}

/** The origin of every octet of one derived space in one parent space. */
export interface OriginMap {
  readonly source: SpaceId;
  readonly segments: readonly OriginSegment[];
}

/**
 * Where the octet at `offset` came from: its first source octet, or one past its last where `past`. What was rewritten
 * comes
 * from all that it was rewritten from.
 * @param segments sorted by `start`; their union is the derived octets
 */
export function sourceOctet(segments: readonly OriginSegment[], offset: number, past: boolean): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (segments[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  const holder = segments[low];
  if (holder === undefined) return 0;
  if (offset >= holder.end) return holder.sourceEnd;
  if (holder.kind === 'copied') return holder.sourceStart + (offset - holder.start) + (past ? 1 : 0);
  return past ? holder.sourceEnd : holder.sourceStart;
}
