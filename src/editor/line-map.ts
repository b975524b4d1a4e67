/**
 * Positions of a pane's text against Monaco's line and column. Monaco makes all line ends alike and sets the BOM aside,
 * so
 * its own offsets say nothing about the message; line and column do, because both break lines at LF, CR LF and lone CR.
 * A text with long lines can be laid out at its tags: the added breaks and indents stand in Monaco's model only.
 */
import type { LineColumn } from '../engine/bytes/text-lines.ts';
import { cutRows, rowAt } from '../state/panes/rows.ts';

/** The lines of a pane's text as Monaco has them. */
export interface LineMap {
  /** What Monaco is given: LF everywhere, no BOM. */
  readonly modelText: string;
  /** Whether the model has line breaks that the text has not. */
  readonly laidOut: boolean;
  /** Offset in the pane's text. A column past the line's end is its end, one in an indent its start. */
  offsetAt(position: LineColumn): number;
  positionAt(offset: number): LineColumn;
  /** The line end that follows a line, as it stands in the text; empty after the last and at an added break. */
  lineEnd(line: number): string;
  /** The number of the text's own line, or null on a line that an added break began. */
  ownLine(line: number): number | null;
  readonly longestLine: number;
}

const BOM = 0xfeff;

/** @param layOut break lines that are too long to read before their tags */
export function mapLines(text: string, layOut: boolean): LineMap {
  const rows = cutRows(text, layOut);
  const last = rows.count - 1;
  const startOf = (row: number) => (row === 0 && text.charCodeAt(0) === BOM ? 1 : (rows.start[row] ?? text.length));
  const endOf = (row: number) => rows.end[row] ?? text.length;
  const indentOf = (row: number) => (rows.indent[row] ?? 0) * 2;
  const pieces: string[] = [];
  let longestLine = 0;
  let laidOut = false;
  for (let row = 0; row <= last; row += 1) {
    const piece = ' '.repeat(indentOf(row)) + text.slice(startOf(row), endOf(row));
    longestLine = Math.max(longestLine, piece.length);
    laidOut ||= rows.line[row] === 0;
    pieces.push(piece);
  }
  return {
    modelText: pieces.join('\n'),
    laidOut,
    longestLine,
    offsetAt({ line, column }) {
      const row = Math.max(0, Math.min(last, line - 1));
      return Math.min(endOf(row), startOf(row) + Math.max(0, column - 1 - indentOf(row)));
    },
    positionAt(offset) {
      const row = rowAt(rows, offset);
      // An offset inside a line end (or the BOM) belongs to the end of its line (or the first column).
      return { line: row + 1, column: Math.max(0, Math.min(offset, endOf(row)) - startOf(row)) + indentOf(row) + 1 };
    },
    lineEnd: (line) => (line < 1 ? '' : text.slice(endOf(line - 1), rows.start[line] ?? text.length)),
    ownLine: (line) => rows.line[line - 1] || null,
  };
}
