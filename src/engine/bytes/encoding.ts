/**
 * Character encodings of an XML entity (XML 1.0 §4.3.3, Appendix F): their names, their marks, and decoding to UTF-8
 * with a map back.
 */
import {
  isLegacyEncoding,
  legacyEncodingByName,
  legacyReader,
  type CharacterReader,
  type LegacyEncodingName,
} from './legacy-encodings.ts';
import { OctetWriter } from './octet-writer.ts';
import { lastNotAbove } from './sorted.ts';
import { utf8SequenceLength } from './utf8.ts';

/** The encodings that are decoded, by their IANA names. */
export type EncodingName =
  | 'UTF-8'
  | 'UTF-16LE'
  | 'UTF-16BE'
  | 'ISO-8859-1'
  | 'windows-1252'
  | 'US-ASCII'
  | LegacyEncodingName;

/** What the first octets show: a family to read the declaration in, or an encoding that is refused. */
export interface DetectedEncoding {
  /** `ascii`: any encoding in which the declaration reads as ASCII. */
  readonly family: 'ascii' | 'UTF-16LE' | 'UTF-16BE' | 'refused';
  /** Octets of the byte order mark. */
  readonly bom: number;
  /** The name of a refused encoding, else "". */
  readonly refused: string;
}

/** Looks at the byte order mark, or at how `<` or `<?` is written (Appendix F.1). */
export function detectEncoding(octets: Uint8Array): DetectedEncoding {
  const at = (offset: number): number => octets[offset] ?? -1;
  const first = at(0) * 256 + at(1);
  const second = at(2) * 256 + at(3);
  const found = (family: DetectedEncoding['family'], bom: number, refused = ''): DetectedEncoding => ({
    family,
    bom,
    refused,
  });
  if (octets.length < 2) return found('ascii', 0);
  const marks = [0xfeff, 0xfffe, 0x003c, 0x3c00];
  if (octets.length >= 4 && ((first === 0 && marks.includes(second)) || (second === 0 && marks.includes(first)))) {
    return found('refused', 0, 'UTF-32');
  }
  if (first === 0xefbb && at(2) === 0xbf) return found('ascii', 3);
  if (first === 0xfffe) return found('UTF-16LE', 2);
  if (first === 0xfeff) return found('UTF-16BE', 2);
  if (first === 0x3c00) return found('UTF-16LE', 0);
  if (first === 0x003c) return found('UTF-16BE', 0);
  if (first === 0x4c6f && second === 0xa794) return found('refused', 0, 'EBCDIC');
  return found('ascii', 0);
}

const ALIASES: Readonly<Record<string, EncodingName | 'UTF-16'>> = {
  'utf-8': 'UTF-8',
  utf8: 'UTF-8',
  csutf8: 'UTF-8',
  'utf-16': 'UTF-16',
  utf16: 'UTF-16',
  csutf16: 'UTF-16',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  'iso-8859-1': 'ISO-8859-1',
  'iso_8859-1': 'ISO-8859-1',
  'iso8859-1': 'ISO-8859-1',
  iso88591: 'ISO-8859-1',
  latin1: 'ISO-8859-1',
  l1: 'ISO-8859-1',
  ibm819: 'ISO-8859-1',
  cp819: 'ISO-8859-1',
  csisolatin1: 'ISO-8859-1',
  'iso-ir-100': 'ISO-8859-1',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  cswindows1252: 'windows-1252',
  'us-ascii': 'US-ASCII',
  ascii: 'US-ASCII',
  'ansi_x3.4-1968': 'US-ASCII',
  'ansi_x3.4-1986': 'US-ASCII',
  'iso-ir-6': 'US-ASCII',
  'iso646-us': 'US-ASCII',
  'iso_646.irv': 'US-ASCII',
  us: 'US-ASCII',
  ibm367: 'US-ASCII',
  cp367: 'US-ASCII',
  csascii: 'US-ASCII',
};

/** The encoding that a declared name means, in any case and by its IANA aliases; null for one that is not decoded. */
export function encodingByName(name: string): EncodingName | 'UTF-16' | null {
  const key = name.toLowerCase();
  return Object.hasOwn(ALIASES, key) ? ALIASES[key]! : legacyEncodingByName(key);
}

/** The encoding declaration of an XML declaration, where it reads as ASCII (XML 1.0 §2.8). */
const DECLARED = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)/;
/** Octets in which it is looked for. */
const HEAD = 200;

/**
 * The encoding to show octets in: what the first octets show, else what the declaration names, else UTF-8. Nothing is
 * judged by it: the parser reads the declaration for itself and says what is wrong with it.
 */
export function sniffEncoding(octets: Uint8Array): EncodingName {
  const { family, bom } = detectEncoding(octets);
  if (family === 'UTF-16LE' || family === 'UTF-16BE') return family;
  if (family === 'refused' || bom > 0) return 'UTF-8';
  const name = DECLARED.exec(String.fromCharCode(...octets.subarray(0, HEAD)))?.[1];
  const declared = name === undefined ? null : encodingByName(name);
  // A declaration that reads as ASCII is in no encoding of two octets a unit.
  return declared === null || declared.startsWith('UTF-16') ? 'UTF-8' : (declared as EncodingName);
}

/** Octets 0x80 to 0x9F of windows-1252; 0 where the octet means nothing. */
const WINDOWS_1252: readonly number[] = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/** Input in another encoding as UTF-8, a byte order mark as EF BB BF. */
export interface TranscodedOctets {
  readonly octets: Uint8Array<ArrayBuffer>;
  /**
   * Input offset of the first octet that means nothing in the encoding, where decoding stopped; -1 when all was
   * decoded.
   */
  readonly invalidAt: number;
  /** The input offset of the character that holds offset `offset` of `octets`; the input's length for its end. */
  inputOffset(offset: number): number;
}

/** A checkpoint every so many octets written: bounds the walk of one look-up. */
const CHECKPOINT = 4096;

/** Decodes `input` from `encoding` (not UTF-8) up to the first sequence that means nothing in it. */
export function transcode(input: Uint8Array, encoding: Exclude<EncodingName, 'UTF-8'>): TranscodedOctets {
  const out = new OctetWriter(input.length + (input.length >> 3));
  const written: number[] = [0];
  const read: number[] = [0];
  const reader = readerOf(encoding);
  let nextCheckpoint = CHECKPOINT;
  let i = 0;
  while (i < input.length) {
    const codePoint = reader.read(input, i);
    if (codePoint < 0) break;
    if (out.length >= nextCheckpoint) {
      written.push(out.length);
      read.push(i);
      nextCheckpoint = out.length + CHECKPOINT;
    }
    out.codePoint(codePoint);
    i += reader.size(input, i);
  }
  const octets = out.toOctets();
  const invalidAt = i < input.length ? i : -1;
  const inputEnd = invalidAt < 0 ? input.length : invalidAt;
  /** Walks from the checkpoint before `offset` to the character that holds it. */
  const inputOffset = (offset: number): number => {
    if (offset >= octets.length) return inputEnd;
    const checkpoint = lastNotAbove(written, offset);
    let at = written[checkpoint]!;
    let source = read[checkpoint]!;
    for (let size = utf8SequenceLength(octets, at); at + size <= offset; size = utf8SequenceLength(octets, at)) {
      at += size;
      source += reader.size(input, source);
    }
    return source;
  };
  return { octets, invalidAt, inputOffset };
}

function readerOf(encoding: Exclude<EncodingName, 'UTF-8'>): CharacterReader {
  if (encoding === 'UTF-16LE' || encoding === 'UTF-16BE') {
    const unitAt = encoding === 'UTF-16LE' ? littleEndianAt : bigEndianAt;
    return {
      read: (octets, at) => utf16CodePointAt(octets, at, unitAt),
      size: (octets, at) => (utf16CodePointAt(octets, at, unitAt) >= 0x10000 ? 4 : 2),
    };
  }
  if (isLegacyEncoding(encoding)) return legacyReader(encoding);
  return { read: (octets, at) => singleOctetCodePoint(octets[at]!, encoding), size: () => 1 };
}

/** The character to show an octet as; one that means nothing in the encoding as itself. */
export function singleOctetCharacter(octet: number, encoding: EncodingName): number {
  return encoding === 'windows-1252' && octet >= 0x80 && octet < 0xa0 ? WINDOWS_1252[octet - 0x80]! || octet : octet;
}

/** The octet from 0x80 to 0x9F that stands for a character in windows-1252, or null. */
export function windows1252Octet(codePoint: number): number | null {
  const index = WINDOWS_1252.indexOf(codePoint);
  if (index >= 0 && codePoint !== 0) return 0x80 + index;
  return codePoint >= 0x80 && codePoint < 0xa0 && WINDOWS_1252[codePoint - 0x80] === 0 ? codePoint : null;
}

function singleOctetCodePoint(octet: number, encoding: string): number {
  if (octet < 0x80) return octet;
  if (encoding === 'US-ASCII') return -1;
  if (encoding === 'ISO-8859-1' || octet >= 0xa0) return octet;
  return WINDOWS_1252[octet - 0x80]! || -1;
}

type UnitReader = (octets: Uint8Array, offset: number) => number;

function littleEndianAt(octets: Uint8Array, offset: number): number {
  return octets[offset]! | (octets[offset + 1]! << 8);
}

function bigEndianAt(octets: Uint8Array, offset: number): number {
  return (octets[offset]! << 8) | octets[offset + 1]!;
}

/** The code point at `offset`, or -1 for half a unit or a surrogate without its pair (RFC 2781). */
function utf16CodePointAt(octets: Uint8Array, offset: number, unitAt: UnitReader): number {
  if (offset + 2 > octets.length) return -1;
  const unit = unitAt(octets, offset);
  if (unit < 0xd800 || unit > 0xdfff) return unit;
  if (unit > 0xdbff || offset + 4 > octets.length) return -1;
  const low = unitAt(octets, offset + 2);
  return low < 0xdc00 || low > 0xdfff ? -1 : 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
}
