/** The place in the message that a finding is about: line, column, the text around it, carets beneath. */
import type { SourceRange } from '../engine/bytes/source-range.ts';
import { clipped, displayWidth, visible, type Paint } from './terminal.ts';

/** Octets shown before the place on its line: messages often come in one line. */
const BEFORE = 32;
/** `123456:789 │ ` before the text, and an ellipsis at each end of it. */
const GUTTER = 12;
const BESIDE = GUTTER + 2;

/** `   12:5 │ …<soap:Body wsu:Id="x">…` and carets; empty where the range is not in these octets. */
export function sourceExcerpt(octets: Uint8Array, range: SourceRange, paint: Paint, width = 100): string {
  if (range.start < 0 || range.start > octets.length || range.end < range.start) return '';
  const shown = Math.max(20, width - BESIDE);
  const unit = encodingOf(octets) === 'utf-8' ? 1 : 2;
  const { line, column, lineStart, lineEnd } = position(octets, range.start);
  const from = Math.max(lineStart, characterStart(octets, range.start - BEFORE * unit));
  const to = Math.max(range.start, Math.min(lineEnd, characterStart(octets, from + shown * unit)));
  const end = Math.max(range.start, Math.min(to, range.end));
  const leading = from > lineStart ? '…' : '';
  const head = `${leading}${text(octets, from, range.start)}`;
  const gutter = `${line}:${column}`.padStart(GUTTER - 3);
  // Hostile characters are written out, so that the text may have become longer than its place.
  const room = shown + 2 - displayWidth(head);
  const marked = clipped(text(octets, range.start, end), room);
  const tail = clipped(`${text(octets, end, to)}${to < lineEnd ? '…' : ''}`, Math.max(0, room - displayWidth(marked)));
  return `${paint.dim(`${gutter} │ `)}${head}${marked}${tail}\n${paint.dim(`${' '.repeat(GUTTER - 3)} │ `)}${' '.repeat(displayWidth(head))}${paint.red('^'.repeat(Math.max(1, displayWidth(marked))))}\n`;
}

/** Line and column of an octet, both from 1; columns count characters. */
export function position(
  octets: Uint8Array,
  offset: number,
): { readonly line: number; readonly column: number; readonly lineStart: number; readonly lineEnd: number } {
  const encoding = encodingOf(octets);
  let line = 1;
  let lineStart = 0;
  for (let at = lineFeed(octets, 0, encoding); at >= 0 && at < offset; at = lineFeed(octets, lineStart, encoding)) {
    line++;
    lineStart = at + (encoding === 'utf-8' ? 1 : 2);
  }
  const next = lineFeed(octets, offset, encoding);
  return {
    line,
    column: [...decode(octets, lineStart, offset)].length + 1,
    lineStart,
    lineEnd: next < 0 ? octets.length : next,
  };
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * By the byte order mark or by how `<` is written (XML 1.0 Appendix F); the one-octet encodings read as UTF-8 until an
 * octet does not.
 */
function encodingOf(octets: Uint8Array): Encoding {
  const [first, second] = octets;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  return (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c) ? 'utf-16be' : 'utf-8';
}

/** The offset of the next line feed's first octet, or -1. */
function lineFeed(octets: Uint8Array, from: number, encoding: Encoding): number {
  if (encoding === 'utf-8') return octets.indexOf(0x0a, from);
  const other = encoding === 'utf-16le' ? 1 : -1;
  for (let at = octets.indexOf(0x0a, from); at >= 0; at = octets.indexOf(0x0a, at + 1)) {
    const start = Math.min(at, at + other);
    if (start % 2 === 0 && start >= from && octets[at + other] === 0) return start;
  }
  return -1;
}

/** The start of the character that holds the octet at `offset`. */
function characterStart(octets: Uint8Array, offset: number): number {
  let at = Math.max(0, Math.min(octets.length, offset));
  if (encodingOf(octets) !== 'utf-8') return at - (at % 2);
  for (let steps = 0; steps < 3 && at > 0 && (octets[at]! & 0xc0) === 0x80; steps++) at--;
  return at;
}

function text(octets: Uint8Array, start: number, end: number): string {
  return visible(
    decode(octets, start, end)
      .replaceAll('\t', ' ')
      .replace(/\r$/, '')
      .replace(/^\ufeff/, ''),
  );
}

function decode(octets: Uint8Array, start: number, end: number): string {
  if (end <= start) return '';
  const encoding = encodingOf(octets);
  const part = octets.subarray(start, end);
  if (encoding !== 'utf-8') return new TextDecoder(encoding, { ignoreBOM: true }).decode(part);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part);
  } catch {
    return new TextDecoder('windows-1252').decode(part);
  }
}
