/** The place in the message that a finding is about: line, column, the text around it, carets beneath. */
import type { SourceRange } from '../engine/bytes/source-range.ts';
import { clipped, visible, type Paint } from './terminal.ts';

/** Characters shown before and after the place on its line: messages often come in one line. */
const BEFORE = 32;
const SHOWN = 88;

/** `   12:5 │ …<soap:Body wsu:Id="x">…` and carets; empty where the range is not in these octets. */
export function sourceExcerpt(octets: Uint8Array, range: SourceRange, paint: Paint): string {
  if (range.start < 0 || range.start > octets.length || range.end < range.start) return '';
  const { line, column, lineStart, lineEnd } = position(octets, range.start);
  const from = Math.max(lineStart, range.start - BEFORE);
  const to = Math.min(lineEnd, Math.max(range.start + 1, from + SHOWN));
  const head = text(octets, from, range.start);
  const marked = text(octets, range.start, Math.max(range.start, Math.min(to, range.end)));
  const tail = text(octets, Math.min(to, Math.max(range.start, range.end)), to);
  const gutter = `${line}:${column}`.padStart(9);
  const leading = from > lineStart ? '…' : '';
  const source = `${leading}${head}${marked}${tail}${to < lineEnd ? '…' : ''}`;
  const carets = `${' '.repeat(leading.length + head.length)}${'^'.repeat(Math.max(1, marked.length))}`;
  return `${paint.dim(`${gutter} │ `)}${clipped(source, SHOWN * 3)}\n${paint.dim(`${' '.repeat(9)} │ `)}${paint.red(clipped(carets, SHOWN * 3))}\n`;
}

/** Line and column of an octet, both from 1; columns count characters. */
export function position(octets: Uint8Array, offset: number): { readonly line: number; readonly column: number; readonly lineStart: number; readonly lineEnd: number } {
  let line = 1;
  let lineStart = 0;
  for (let at = octets.indexOf(0x0a); at >= 0 && at < offset; at = octets.indexOf(0x0a, at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const next = octets.indexOf(0x0a, offset);
  return { line, column: [...decode(octets, lineStart, offset)].length + 1, lineStart, lineEnd: next < 0 ? octets.length : next };
}

function text(octets: Uint8Array, start: number, end: number): string {
  return visible(decode(octets, start, end).replaceAll('\t', ' ').replace(/\r$/, ''));
}

const decoder = new TextDecoder('utf-8');

function decode(octets: Uint8Array, start: number, end: number): string {
  return end <= start ? '' : decoder.decode(octets.subarray(start, end));
}
