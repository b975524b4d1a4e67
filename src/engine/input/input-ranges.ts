/** Translates ranges of opened octets to the input as it arrived. */
import { OriginIndex } from '../bytes/origin-index.ts';
import type { OriginSegment } from '../bytes/origin-map.ts';
import { INPUT_SPACE, type SourceRange } from '../bytes/source-range.ts';

/** @param segments of the opened octets, as {@link OpenedInput.segments} */
export function inputRanges(segments: readonly OriginSegment[]): (start: number, end: number) => SourceRange {
  const [only] = segments;
  if (segments.length === 1 && only?.kind === 'copied') {
    const shift = only.sourceStart - only.start;
    return (start, end) => ({ space: INPUT_SPACE, start: start + shift, end: end + shift });
  }
  const origin = new OriginIndex(segments);
  return (start, end) => ({ space: INPUT_SPACE, ...origin.sourceOf(start, end) });
}
