/**
 * Positions of a pane's text against Monaco's line and column. Monaco makes all line ends alike and sets the BOM aside, so
 * its own offsets say nothing about the message; line and column do, because both break lines at LF, CR LF and lone CR.
 */

/** One-based, as Monaco counts; columns in UTF-16 units. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

export interface LineMap {
  /** What Monaco is given: LF everywhere, no BOM. */
  readonly modelText: string;
  /** Offset in the pane's text. A column past the line's end is its end. */
  offsetAt(position: LineColumn): number;
  positionAt(offset: number): LineColumn;
  /** The line end that follows a line, as it stands in the text; empty after the last. */
  lineEnd(line: number): string;
  readonly longestLine: number;
  readonly lines: number;
}

export function mapLines(text: string): LineMap {
  const starts: number[] = [text.charCodeAt(0) === 0xfeff ? 1 : 0];
  const ends: number[] = [];
  const pieces: string[] = [];
  let longest = 0;
  const close = (end: number) => {
    const start = starts[starts.length - 1] ?? 0;
    ends.push(end);
    pieces.push(text.slice(start, end));
    longest = Math.max(longest, end - start);
  };
  const breaks = /\r\n|\n|\r/g;
  breaks.lastIndex = starts[0] ?? 0;
  for (let match = breaks.exec(text); match; match = breaks.exec(text)) {
    close(match.index);
    starts.push(match.index + match[0].length);
  }
  close(text.length);
  return {
    modelText: pieces.join('\n'),
    longestLine: longest,
    lines: starts.length,
    offsetAt({ line, column }) {
      const index = Math.max(0, Math.min(starts.length - 1, line - 1));
      return Math.min(ends[index] ?? text.length, (starts[index] ?? 0) + Math.max(0, column - 1));
    },
    positionAt(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      const start = starts[low] ?? 0;
      // An offset inside a line end (or the BOM) belongs to the end of its line (or the first column).
      return { line: low + 1, column: Math.max(0, Math.min(offset, ends[low] ?? start) - start) + 1 };
    },
    lineEnd: (line) => text.slice(ends[line - 1] ?? text.length, starts[line] ?? text.length),
  };
}
