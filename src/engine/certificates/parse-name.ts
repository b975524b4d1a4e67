/** Distinguished names from text: RFC 4514 §3 and RFC 2253 §3 and §4, and what Java, .NET and OpenSSL write. */
import { derContent, readDer } from '../bytes/der.ts';
import { decodeHex } from '../bytes/hex.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { asn1Text } from './asn1-text.ts';
import { attributeTypeOid } from './name-keywords.ts';

/** One `type=value` of a written name. */
export interface ParsedAttribute {
  /** The type as written. */
  readonly type: string;
  /** Null where the keyword is not known. */
  readonly oid: string | null;
  readonly value: string;
  /** The value's DER where it was written as `#` and hex. */
  readonly der: Uint8Array | null;
  readonly quoted: boolean;
  /** A separator stands in the value without escape or quotes. */
  readonly unescaped: boolean;
}

/** A name as somebody wrote it: nothing is put in order and nothing is looked up but keywords. */
export interface ParsedName {
  /** RDNs as written. RFC 4514 puts the most specific first; the `/C=…` form the least. */
  readonly rdns: readonly (readonly ParsedAttribute[])[];
  readonly form: 'rfc4514' | 'slashes';
}

/** Text longer than this is not read. */
const LONGEST_NAME = 65_536;

const TYPE = /\s*([A-Za-z0-9.][A-Za-z0-9.\- ]{0,80}?)\s*=/y;

function typeAt(text: string, at: number): { readonly type: string; readonly end: number } | null {
  TYPE.lastIndex = at;
  const match = TYPE.exec(text);
  return match === null ? null : { type: match[1] ?? '', end: TYPE.lastIndex };
}

/** Collects a value's characters; runs of `\C3\A9` are UTF-8 octets. */
class ValueText {
  #pieces: string[] = [];
  #octets: number[] = [];
  /** Length up to which white space must be kept, because it was escaped. */
  #kept = 0;
  #length = 0;

  add(character: string, escaped: boolean): void {
    this.#flush();
    this.#pieces.push(character);
    this.#length += character.length;
    if (escaped) this.#kept = this.#length;
  }

  addOctet(octet: number): void {
    this.#octets.push(octet);
  }

  #flush(): void {
    if (this.#octets.length === 0) return;
    const text = decodeUtf8(Uint8Array.from(this.#octets));
    this.#octets = [];
    this.#pieces.push(text);
    this.#length += text.length;
    this.#kept = this.#length;
  }

  finish(trim: boolean): string {
    this.#flush();
    const text = this.#pieces.join('');
    if (!trim) return text;
    let end = text.length;
    while (end > this.#kept && /\s/.test(text[end - 1] ?? '')) end--;
    return text.slice(0, end);
  }
}

function isHexPair(text: string, at: number): boolean {
  return /^[0-9A-Fa-f]{2}$/.test(text.slice(at, at + 2));
}

interface ReadValue {
  readonly value: string;
  readonly der: Uint8Array | null;
  readonly quoted: boolean;
  readonly unescaped: boolean;
  readonly end: number;
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (/\s/.test(text[end] ?? '')) end++;
  return end;
}

/** Takes the escape at `at`, a character or two hex digits, and gives its end; null where it ends the text. */
function takeEscape(text: string, at: number, value: ValueText): number | null {
  const next = text[at + 1];
  if (next === undefined) return null;
  if (isHexPair(text, at + 1)) {
    value.addOctet(Number.parseInt(text.slice(at + 1, at + 3), 16));
    return at + 3;
  }
  value.add(next, true);
  return at + 2;
}

/** Takes the inside of quotes from `start` on, and gives the end of the white space after them. */
function takeQuoted(text: string, start: number, value: ValueText): number | null {
  let at = start;
  for (;;) {
    const character = text[at];
    if (character === undefined) return null;
    if (character === '\\') {
      const end = takeEscape(text, at, value);
      if (end === null) return null;
      at = end;
    } else if (character !== '"') {
      value.add(character, true);
      at++;
    } else if (text[at + 1] === '"') {
      // .NET doubles a quote inside quotes.
      value.add('"', true);
      at += 2;
    } else return skipSpace(text, at + 1);
  }
}

const isSeparator = (character: string): boolean => character === ',' || character === ';' || character === '+';

/** Takes what stands without quotes up to a separator that another type follows. */
function takeBare(
  text: string,
  start: number,
  value: ValueText,
): { readonly end: number; readonly unescaped: boolean } | null {
  let unescaped = false;
  let at = start;
  for (;;) {
    const character = text[at];
    if (character === undefined) return { end: at, unescaped };
    if (character === '\\') {
      const end = takeEscape(text, at, value);
      if (end === null) return null;
      at = end;
      continue;
    }
    if (isSeparator(character)) {
      if (typeAt(text, at + 1) !== null) return { end: at, unescaped };
      unescaped = true;
    }
    value.add(character, false);
    at++;
  }
}

/** The value written as `#` and the hex of its DER; null where that is not what stands there. */
function hexValue(content: string): { readonly value: string; readonly der: Uint8Array } | null {
  const der = decodeHex(content.slice(1));
  const read = der === null ? null : readDer(der, { ber: true });
  if (der === null || !read?.ok) return null;
  return { value: asn1Text(read.element.tag, derContent(read.element)) ?? content.toLowerCase(), der };
}

/** Reads a value from `start` to its separator; null where a quote is not closed or an escape ends the text. */
function readValue(text: string, start: number): ReadValue | null {
  const at = skipSpace(text, start);
  const value = new ValueText();
  if (text[at] === '"') {
    const end = takeQuoted(text, at + 1, value);
    return end === null ? null : { value: value.finish(false), der: null, quoted: true, unescaped: false, end };
  }
  const taken = takeBare(text, at, value);
  if (taken === null) return null;
  const content = value.finish(true);
  const fromHex = text[at] === '#' ? hexValue(content) : null;
  return { value: content, der: null, ...fromHex, quoted: false, ...taken };
}

function parseSlashes(text: string): ParsedName | null {
  const rdns: ParsedAttribute[][] = [];
  let at = 1;
  while (at < text.length) {
    const type = typeAt(text, at);
    if (type === null) return null;
    let end = type.end;
    while (end < text.length && !(text[end] === '/' && typeAt(text, end + 1) !== null)) end++;
    rdns.push([
      {
        type: type.type,
        oid: attributeTypeOid(type.type),
        value: text.slice(type.end, end),
        der: null,
        quoted: false,
        unescaped: false,
      },
    ]);
    at = end + 1;
  }
  return rdns.length === 0 ? null : { rdns, form: 'slashes' };
}

/** Parses a name; null where the text is none. The empty text is the empty name. */
export function parseName(given: string): ParsedName | null {
  if (given.length > LONGEST_NAME) return null;
  const text = given.trim();
  if (text === '') return { rdns: [], form: 'rfc4514' };
  if (text.startsWith('/')) return parseSlashes(text);
  const rdns: ParsedAttribute[][] = [];
  let rdn: ParsedAttribute[] = [];
  let at = 0;
  for (;;) {
    const type = typeAt(text, at);
    if (type === null) return null;
    const read = readValue(text, type.end);
    if (read === null) return null;
    const { end, ...value } = read;
    rdn.push({ type: type.type, oid: attributeTypeOid(type.type), ...value });
    const separator = text[end];
    if (separator !== '+') {
      rdns.push(rdn);
      rdn = [];
    }
    if (separator === undefined) return { rdns, form: 'rfc4514' };
    if (separator !== '+' && separator !== ',' && separator !== ';') return null;
    at = end + 1;
  }
}
