/** Translates ranges of opened octets to the input as it arrived. */
import { INPUT_SPACE, type SourceRange } from '../bytes/source-range.ts';
import type { OriginSegment } from '../bytes/origin-map.ts';

/** @param segments sorted by `start`; their union is the derived octets */
export function inputRanges(segments: readonly OriginSegment[]): (start: number, end: number) => SourceRange {
  const only = segments[0];
  if (segments.length === 1 && only?.kind === 'copied') {
    const shift = only.sourceStart - only.start;
    return (start, end) => ({ space: INPUT_SPACE, start: start + shift, end: end + shift });
  }
  return (start, end) => {
    const from = place(segments, start, false);
    return { space: INPUT_SPACE, start: from, end: Math.max(from, end > start ? place(segments, end - 1, true) : from) };
  };
}

/** Where the octet at `offset` came from: its first source octet, or one past its last. */
function place(segments: readonly OriginSegment[], offset: number, past: boolean): number {
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
