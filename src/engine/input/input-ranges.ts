/** Translates ranges of opened octets to the input as it arrived. */
import { INPUT_SPACE, type SourceRange } from '../bytes/source-range.ts';
import { sourceOctet, type OriginSegment } from '../bytes/origin-map.ts';

/** @param segments sorted by `start`; their union is the derived octets */
export function inputRanges(segments: readonly OriginSegment[]): (start: number, end: number) => SourceRange {
  const only = segments[0];
  if (segments.length === 1 && only?.kind === 'copied') {
    const shift = only.sourceStart - only.start;
    return (start, end) => ({ space: INPUT_SPACE, start: start + shift, end: end + shift });
  }
  return (start, end) => {
    const from = sourceOctet(segments, start, false);
    return {
      space: INPUT_SPACE,
      start: from,
      end: Math.max(from, end > start ? sourceOctet(segments, end - 1, true) : from),
    };
  };
}
