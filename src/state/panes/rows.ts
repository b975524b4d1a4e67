/** Cuts text into display rows: at line ends, and, for the eye only, before tags where a line is too long to read. */
import { lastNotAbove } from '../../engine/bytes/sorted.ts';

/** The rows of a text, column by column. */
export interface Rows {
  readonly count: number;
  /** UTF-16 offsets; a row ends before its line end. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Line number from 1 where the row begins a line, else 0. */
  readonly line: Int32Array;
  /** Levels of display indent of a row that a layout cut made. */
  readonly indent: Uint8Array;
}

/** Lines longer than this are laid out at their tags. */
export const LONG_LINE = 160;

/** Characters of a line beyond which nobody reads it as it stands. */
const UNREADABLE = 400;

/** Whether a text has lines that only a layout makes readable. */
export function needsLayout(text: string): boolean {
  let start = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    if (end - start > UNREADABLE) return true;
    start = end + 1;
  }
  return text.length - start > UNREADABLE;
}

class RowBuilder {
  start: number[] = [];
  end: number[] = [];
  line: number[] = [];
  indent: number[] = [];
  push(start: number, end: number, line: number, indent: number): void {
    this.start.push(start);
    this.end.push(end);
    this.line.push(line);
    this.indent.push(Math.min(indent, 24));
  }
  rows(): Rows {
    return {
      count: this.start.length,
      start: new Int32Array(this.start),
      end: new Int32Array(this.end),
      line: new Int32Array(this.line),
      indent: new Uint8Array(this.indent),
    };
  }
}

/** @param layOut cut long lines at their tags */
export function cutRows(text: string, layOut: boolean): Rows {
  const rows = new RowBuilder();
  let line = 1;
  let start = 0;
  const depth = { value: 0 };
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  for (;;) {
    const end = feed < 0 ? (carriage < 0 ? text.length : carriage) : carriage < 0 ? feed : Math.min(feed, carriage);
    if (layOut && end - start > LONG_LINE) layOutLine(text, start, end, line, depth, rows);
    else rows.push(start, end, line, 0);
    if (end === text.length) break;
    start = end === carriage && feed === carriage + 1 ? end + 2 : end + 1;
    line++;
    if (carriage >= 0 && carriage < start) carriage = text.indexOf('\r', start);
    if (feed >= 0 && feed < start) feed = text.indexOf('\n', start);
  }
  return rows.rows();
}

/** One long line: a row a tag, except that `<a>text</a>` and `<a/>` stay together. */
function layOutLine(
  text: string,
  start: number,
  end: number,
  line: number,
  depth: { value: number },
  rows: RowBuilder,
): void {
  let rowStart = start;
  let number = line;
  depth.value = 0;
  const emit = (until: number, indent: number) => {
    if (until <= rowStart) return;
    rows.push(rowStart, until, number, indent);
    number = 0;
    rowStart = until;
  };
  let indent = 0;
  let position = start;
  /** Whether the row so far is one start tag, with or without text: its end tag may join it. */
  let open = false;
  while (position < end) {
    const tag = text.indexOf('<', position);
    if (tag < 0 || tag >= end) break;
    const closing = text.charCodeAt(tag + 1) === 47;
    const joins = closing && open;
    if (closing) depth.value = Math.max(0, depth.value - 1);
    // The line's own indent stays with its first tag.
    const indented = rowStart === start && text.slice(start, tag).trim() === '';
    if (!joins && !indented) {
      emit(tag, indent);
      indent = depth.value;
    }
    let close = tagEnd(text, tag, end);
    if (close < 0) close = end;
    const special = text.charCodeAt(tag + 1) === 33 || text.charCodeAt(tag + 1) === 63;
    const empty = text.charCodeAt(close - 2) === 47;
    open = !closing && !special && !empty;
    if (open) depth.value++;
    position = close;
    if (joins || !open) {
      // The row is complete; text up to the next tag still belongs to it only when it is blank.
      emit(close, indent);
      indent = depth.value;
    }
  }
  emit(end, indent);
}

/** One past the `>` of the tag at `tag`; quotes may hold `>`. */
function tagEnd(text: string, tag: number, limit: number): number {
  if (text.startsWith('<!--', tag)) {
    const close = text.indexOf('-->', tag);
    return close < 0 || close >= limit ? -1 : close + 3;
  }
  if (text.startsWith('<![CDATA[', tag)) {
    const close = text.indexOf(']]>', tag);
    return close < 0 || close >= limit ? -1 : close + 3;
  }
  let quote = 0;
  for (let position = tag + 1; position < limit; position++) {
    const code = text.charCodeAt(position);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return position + 1;
  }
  return -1;
}

/** The row that holds `offset`. */
export function rowAt(rows: Rows, offset: number): number {
  return lastNotAbove(rows.start, offset, rows.count);
}
