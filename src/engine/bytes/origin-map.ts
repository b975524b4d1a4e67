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
