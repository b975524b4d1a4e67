/** The place in the message that a finding is about: line, column, the text around it, carets beneath. */
import { sniffEncoding } from '../engine/bytes/encoding.ts';
import { decodeOctets, type OctetText } from '../engine/bytes/octet-text.ts';
import type { SourceRange } from '../engine/bytes/source-range.ts';
import { lineColumn, type LineColumn, lineStarts } from '../engine/bytes/text-lines.ts';
import { firstInvalidUtf8 } from '../engine/bytes/utf8.ts';
import { clipped, displayWidth, visible, type Paint } from './terminal.ts';

/** Cells shown before the place on its line: messages often come in one line. */
const BEFORE = 32;
/** `123456:789 │ ` before the text, and an ellipsis at each end of it. */
const GUTTER = 12;
const BESIDE = GUTTER + 2;

/** Octets of a space, read as text. */
export class SourceText {
  readonly #size: number;
  readonly #read: OctetText;
  readonly #starts: Int32Array;
  /** The text with a dot for each character of a password. */
  #shown: string | null = null;

  constructor(octets: Uint8Array) {
    const encoding = sniffEncoding(octets);
    // Octets that are no UTF-8 after all are shown by the encoding that most of them are in.
    const shown = encoding === 'UTF-8' && firstInvalidUtf8(octets) >= 0 ? 'windows-1252' : encoding;
    this.#size = octets.length;
    this.#read = decodeOctets(octets, shown);
    this.#starts = lineStarts(this.#read.text);
  }

  /** Line and column of the octet at `offset`. */
  position(offset: number): LineColumn {
    return lineColumn(this.#starts, this.#read.map.textAt(offset));
  }

  /** `   12:5 │ …<soap:Body wsu:Id="x">…` and carets; empty where the range is not in these octets. */
  excerpt(range: SourceRange, paint: Paint, width = 100): string {
    if (range.start < 0 || range.start > this.#size || range.end < range.start) return '';
    const shown = Math.max(20, width - BESIDE);
    const { map } = this.#read;
    const text = (this.#shown ??= withoutPasswords(this.#read.text));
    const at = map.textAt(range.start);
    const { line, column } = lineColumn(this.#starts, at);
    const lineStart = at - column + 1;
    let lineEnd = this.#starts[line] ?? text.length;
    while (lineEnd > lineStart && /[\r\n]/.test(text.charAt(lineEnd - 1))) lineEnd--;
    const before = lastCells(printable(text.slice(lineStart, at)), BEFORE);
    const head = `${before.cut ? '…' : ''}${before.text}`;
    const gutter = `${line}:${column}`.padStart(GUTTER - 3);
    // Hostile characters are written out, so that the text may have become longer than its place.
    const room = shown + 2 - displayWidth(head);
    const to = Math.max(at, Math.min(lineEnd, at + shown));
    const end = Math.max(at, Math.min(to, map.textAt(range.end)));
    const marked = clipped(printable(text.slice(at, end)), room);
    const rest = `${printable(text.slice(end, to))}${to < lineEnd ? '…' : ''}`;
    const tail = clipped(rest, Math.max(0, room - displayWidth(marked)));
    const carets = '^'.repeat(Math.max(1, displayWidth(marked)));
    return (
      `${paint.dim(`${gutter} │ `)}${head}${marked}${tail}\n` +
      `${paint.dim(`${' '.repeat(GUTTER - 3)} │ `)}${' '.repeat(displayWidth(head))}${paint.red(carets)}\n`
    );
  }
}

/** A Password element of any namespace, up to the tag after it: whole, cut off, or escaped inside a text. */
const PASSWORDS = [
  /(<(?:[^\s<>/:]+:)?Password(?:\s[^<>]*)?>)([^<]*(?:(?:<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->)[^<]*)*)/g,
  /(&lt;(?:[^\s<>/:&;]+:)?Password(?:\s[^<>]*?)?&gt;)([^<]*?)(?=&lt;|<|$)/g,
];

/** As long as it was: places in it stay what they are. */
function withoutPasswords(text: string): string {
  const hide = (_: string, tag: string, content: string) => tag + content.replace(/[^\r\n]/g, '•');
  return PASSWORDS.reduce((shown, password) => shown.replace(password, hide), text);
}

/** The texts of spaces, each read when it is first asked for. */
export function sourceTexts<Space>(
  octetsOf: (space: Space) => Uint8Array | undefined,
): (space: Space) => SourceText | null {
  const known = new Map<Space, SourceText | null>();
  return (space) => {
    let text = known.get(space);
    if (text === undefined) {
      const octets = octetsOf(space);
      text = octets === undefined ? null : new SourceText(octets);
      known.set(space, text);
    }
    return text;
  };
}

/** The last characters of a text that take no more than `cells`. */
function lastCells(text: string, cells: number): { readonly text: string; readonly cut: boolean } {
  const characters = Array.from(text.slice(-4 * cells));
  let width = displayWidth(characters.join(''));
  let from = 0;
  while (width > cells) width -= displayWidth(characters[from++] ?? '');
  const kept = characters.slice(from).join('');
  return { text: kept, cut: kept.length < text.length };
}

function printable(text: string): string {
  return visible(text.replaceAll('\t', ' ').replace(/^\ufeff/, ''));
}
