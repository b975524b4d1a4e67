/** Octets as text and text as octets, for showing and typing: in any encoding that is read, with a map both ways. */
import { singleOctetCharacter, sniffEncoding, type EncodingName, windows1252Octet } from './encoding.ts';
import {
  hasSeveralOctets,
  isLegacyEncoding,
  legacyOctets,
  legacyReader,
  type LegacyEncodingName,
} from './legacy-encodings.ts';
import { firstIndex, lastNotAbove } from './sorted.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** Offsets in a text (UTF-16 units) against octets of what it was read from. */
export interface TextOctetMap {
  /** The octet that the character at `offset` begins with. */
  octetAt(offset: number): number;
  /** The character that holds `octet`. */
  textAt(octet: number): number;
  /** Whether any of these octets is shown; absent where all are. */
  shows?(start: number, end: number): boolean;
}

/** Octets as text, and the way between the two. */
export interface OctetText {
  readonly text: string;
  readonly encoding: EncodingName;
  readonly map: TextOctetMap;
}

/** Decodes without ever failing: malformed octets become U+FFFD, and offsets stay right around them. */
export function decodeOctets(octets: Uint8Array, encoding: EncodingName = sniffEncoding(octets)): OctetText {
  if (encoding === 'UTF-8') return { encoding, ...utf8Text(octets) };
  if (encoding === 'UTF-16LE' || encoding === 'UTF-16BE') {
    const even = octets.length & ~1;
    const units = textOf(even / 2, unitReader(octets, encoding));
    const text = even === octets.length ? units : `${units}\uFFFD`;
    const octetAt = (offset: number) => Math.min(octets.length, offset * 2);
    return { text, encoding, map: { octetAt, textAt: (octet) => Math.min(text.length, octet >> 1) } };
  }
  if (isLegacyEncoding(encoding)) return { encoding, ...legacyText(octets, encoding) };
  const text = textOf(octets.length, (at) => singleOctetCharacter(octets[at]!, encoding));
  return { text, encoding, map: oneToOne(octets.length) };
}

/** Encodes typed text. A character that the encoding does not have becomes a character reference (XML 1.0 §4.1). */
export function encodeText(text: string, encoding: EncodingName): Uint8Array {
  if (encoding === 'UTF-8') return encodeUtf8(text);
  if (encoding === 'UTF-16LE' || encoding === 'UTF-16BE') {
    const octets = new Uint8Array(text.length * 2);
    const view = new DataView(octets.buffer);
    for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), encoding === 'UTF-16LE');
    return octets;
  }
  const octets: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (isLegacyEncoding(encoding)) {
      octets.push(...(legacyOctets(code, encoding) ?? characterReference(code)));
      continue;
    }
    const special = encoding === 'windows-1252' ? windows1252Octet(code) : null;
    if (special !== null) octets.push(special);
    else if (code < 0x80 || (encoding !== 'US-ASCII' && code >= 0xa0 && code <= 0xff)) octets.push(code);
    else if (encoding === 'ISO-8859-1' && code <= 0xff) octets.push(code);
    else octets.push(...characterReference(code));
  }
  return Uint8Array.from(octets);
}

const characterReference = (code: number): Uint8Array => encodeUtf8(`&#x${code.toString(16).toUpperCase()};`);

/** An octet that means nothing is U+FFFD, and the next one is read anew. */
function legacyText(octets: Uint8Array, encoding: LegacyEncodingName): Pick<OctetText, 'text' | 'map'> {
  const reader = legacyReader(encoding);
  const several = hasSeveralOctets(encoding);
  const pieces: string[] = [];
  /** The octet that each unit of the text begins with. */
  const starts: number[] = [];
  for (let at = 0; at < octets.length;) {
    const read = reader.read(octets, at);
    const character = read < 0 ? '\uFFFD' : String.fromCodePoint(read);
    pieces.push(character);
    if (several) for (let unit = 0; unit < character.length; unit++) starts.push(at);
    at += read < 0 ? 1 : reader.size(octets, at);
  }
  const text = pieces.join('');
  if (!several) return { text, map: oneToOne(octets.length) };
  const octetAt = (offset: number): number => starts[Math.max(0, offset)] ?? octets.length;
  const textAt = (octet: number): number => {
    if (octet >= octets.length) return text.length;
    const last = lastNotAbove(starts, octet);
    // The first of two units that one character has.
    return firstIndex(0, last, (unit) => (starts[unit] ?? 0) >= (starts[last] ?? 0));
  };
  return { text, map: { octetAt, textAt } };
}

function oneToOne(length: number): TextOctetMap {
  const clamp = (value: number) => Math.max(0, Math.min(length, value));
  return { octetAt: clamp, textAt: clamp };
}

/** Code unit by code unit, so that a lone surrogate keeps its place instead of shifting what follows. */
function unitReader(octets: Uint8Array, encoding: 'UTF-16LE' | 'UTF-16BE'): (unit: number) => number {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  return (unit) => view.getUint16(unit * 2, encoding === 'UTF-16LE');
}

/** Units turned to text at once: as arguments of one call, more overflow the stack. */
const AT_ONCE = 8192;

function textOf(length: number, unitAt: (index: number) => number): string {
  const units = Uint16Array.from({ length }, (_, index) => unitAt(index));
  const pieces: string[] = [];
  for (let start = 0; start < length; start += AT_ONCE) {
    pieces.push(String.fromCharCode(...units.subarray(start, start + AT_ONCE)));
  }
  return pieces.join('');
}

const isContinuation = (octet: number | undefined) => octet !== undefined && (octet & 0xc0) === 0x80;

/** Steps back, at most three octets, to where a character may begin. */
function characterStart(octets: Uint8Array, position: number, floor: number): number {
  let start = position;
  for (let back = 0; back < 3 && start > floor && isContinuation(octets[start]); back++) start--;
  return isContinuation(octets[start]) ? position : start;
}

/** Octets between two checkpoints of a map, about. */
const BLOCK = 2048;

function utf8Text(octets: Uint8Array): Pick<OctetText, 'text' | 'map'> {
  const text = decodeUtf8(octets);
  // One unit an octet throughout: ASCII (a malformed octet is one unit too).
  if (text.length === octets.length) return { text, map: oneToOne(text.length) };
  // Most edits of a text ask for no more than a place or two, many texts for none.
  let known: ReturnType<typeof checkpoints> | null = null;
  const blocks = () => (known ??= checkpoints(octets));
  const textAt = (octet: number): number => {
    if (octet >= octets.length) return text.length;
    const { octetStarts, textStarts } = blocks();
    const block = lastNotAbove(octetStarts, octet);
    const start = octetStarts[block] ?? 0;
    return (textStarts[block] ?? 0) + decodeUtf8(octets, start, characterStart(octets, octet, start)).length;
  };
  const octetAt = (offset: number): number => {
    if (offset >= text.length) return octets.length;
    const { octetStarts, textStarts } = blocks();
    const block = lastNotAbove(textStarts, offset);
    const start = octetStarts[block] ?? 0;
    const last = (octetStarts[block + 1] ?? octets.length) - 1;
    // The first octet whose character is the one at `offset`.
    return characterStart(
      octets,
      firstIndex(start, last, (octet) => textAt(octet) >= offset),
      start,
    );
  };
  return { text, map: { octetAt, textAt } };
}

/** Octets and units before each block; blocks are cut where characters begin. */
function checkpoints(octets: Uint8Array): {
  readonly octetStarts: readonly number[];
  readonly textStarts: readonly number[];
} {
  const octetStarts: number[] = [];
  const textStarts: number[] = [];
  let length = 0;
  for (let start = 0; start < octets.length;) {
    let end = Math.min(octets.length, start + BLOCK);
    if (end < octets.length) {
      const cut = characterStart(octets, end, start + 1);
      if (cut > start) end = cut;
    }
    octetStarts.push(start);
    textStarts.push(length);
    length += decodeUtf8(octets, start, end).length;
    start = end;
  }
  return { octetStarts, textStarts };
}
