/** Lines and columns of places in a text: computed at the edge, never stored. */
import { lastNotAbove } from './sorted.ts';

/** Both count from 1; a column counts UTF-16 units, as editors do. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** UTF-16 offsets at which lines begin; CR, LF and CRLF end a line. */
export function lineStarts(text: string): Int32Array {
  const starts = [0];
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    const lone = carriage >= 0 && carriage + 1 !== feed && (feed < 0 || carriage < feed);
    const at = lone ? carriage : feed;
    starts.push(at + 1);
    if (carriage >= 0 && carriage <= at) carriage = text.indexOf('\r', at + 1);
    if (feed >= 0 && feed <= at) feed = text.indexOf('\n', at + 1);
  }
  return new Int32Array(starts);
}

/** @param starts as {@link lineStarts} gives them */
export function lineColumn(starts: Int32Array, offset: number): LineColumn {
  const line = lastNotAbove(starts, offset);
  return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
}
