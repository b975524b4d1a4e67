/**
 * Texts of MIME header fields: comments, encoded words, parameters (RFC 5322 §3.2.2, RFC 2047, RFC 2045 §5.1, RFC
 * 2231).
 */
import { decodeBase64 } from '../bytes/base64.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';

/** Takes comments in parentheses off, nested ones too, except inside quoted strings. */
export function withoutComments(text: string): string {
  let out = '';
  let depth = 0;
  let quoted = false;
  for (const character of text) {
    if (depth === 0 && character === '"') quoted = !quoted;
    if (!quoted && character === '(') depth++;
    else if (!quoted && depth > 0 && character === ')') depth--;
    else if (depth === 0) out += character;
  }
  return out;
}

const ENCODED_WORD = /=\?([!-;=@-~]{1,40})\?([BbQq])\?([^? ]{0,2000})\?=/g;

/**
 * Encoded words decoded; space between two of them goes (RFC 2047 §6.2). Words in a charset that we do not have stay.
 */
export function decodeEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text
    .replaceAll(/\?=[ \t]+=\?/g, '?==?')
    .replaceAll(ENCODED_WORD, (word, charset: string, encoding: string, payload: string) => {
      const octets = encoding.toUpperCase() === 'B' ? decodeBase64(payload).octets : quotedOctets(payload);
      return octets === null ? word : (decodeText(octets, charset.replace(/\*.*$/, '')) ?? word);
    });
}

function quotedOctets(payload: string): Uint8Array {
  const plain = payload
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0) & 0xff);
}

/** Null for a charset that we do not have. */
function decodeText(octets: Uint8Array, charset: string): string | null {
  switch (charset.toLowerCase()) {
    case 'utf-8':
    case 'us-ascii':
    case '':
      return decodeUtf8(octets);
    case 'iso-8859-1':
    case 'latin1':
      return Array.from(octets, (octet) => String.fromCharCode(octet)).join('');
    default:
      return null;
  }
}

/** A field of a value and parameters (RFC 2045 §5.1, RFC 2231). */
export interface StructuredValue {
  /** Up to the first semicolon, as written. */
  readonly value: string;
  /** By lower-case name; quotes taken off, continuations joined, percent-encoding decoded. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * `type/subtype; name="value"` with the continuations and encodings of RFC 2231. A parameter without `=` is left out; of
 * one that stands twice the first counts.
 */
export function readStructured(text: string): StructuredValue {
  const [value = ''] = splitOutsideQuotes(text);
  const parameters = new Map<string, string>();
  for (const [name, [first]] of parameterReadings(text)) if (first !== undefined) parameters.set(name, first);
  return { value, parameters };
}

/**
 * By lower-case name every value that a reader may take for the parameter, in the order written: each time that it
 * stands there, and what its continuations make together.
 */
export function parameterReadings(text: string): ReadonlyMap<string, readonly string[]> {
  const [, ...rest] = splitOutsideQuotes(text);
  const readings = new Map<string, string[]>();
  /** Where among a parameter's readings its continuations stand. */
  const continued = new Map<string, number>();
  for (const piece of rest) {
    const equals = piece.indexOf('=');
    if (equals < 0) continue;
    const written = piece.slice(0, equals).trim().toLowerCase();
    const encoded = written.endsWith('*');
    const plain = written.replace(/\*$/, '');
    const name = plain.replace(/\*\d{1,3}$/, '');
    const content = unquoted(piece.slice(equals + 1).trim());
    const value = encoded ? extendedValue(content) : content;
    const own = readings.get(name) ?? [];
    readings.set(name, own);
    const at = plain === name ? undefined : continued.get(name);
    if (at === undefined) {
      if (plain !== name) continued.set(name, own.length);
      own.push(value);
    } else own[at] = `${own[at] ?? ''}${value}`;
  }
  return readings;
}

/** `charset'language'percent-encoded` (RFC 2231 §4). */
function extendedValue(text: string): string {
  const quote = text.lastIndexOf("'");
  const charset = quote < 0 ? 'us-ascii' : text.slice(0, text.indexOf("'"));
  const plain = text
    .slice(quote + 1)
    .replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return (
    decodeText(
      Uint8Array.from(plain, (character) => character.charCodeAt(0) & 0xff),
      charset,
    ) ?? plain
  );
}

function splitOutsideQuotes(text: string): string[] {
  const pieces: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (character === ';' && !quoted) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}

function unquoted(text: string): string {
  const inner = text.startsWith('"') ? text.slice(1, text.endsWith('"') && text.length > 1 ? -1 : undefined) : text;
  return inner.replaceAll(/\\(.)/g, '$1');
}
