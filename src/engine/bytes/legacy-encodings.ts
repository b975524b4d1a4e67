/**
 * Encodings of the time before Unicode, by the platform's own tables: one octet a character, or several in East Asia.
 * Octets below 0x80 are ASCII in all of them. Where the tables of Node and browsers differ, a character that one of them
 * lacks means nothing here, so that a message is read alike in both.
 */
import { decoderByLabel, type PlatformDecoder } from './platform-text.ts';

/** How long a character is. */
type Shape = 'single' | 'shift-jis' | 'euc-jp' | 'euc-kr' | 'big5' | 'gbk' | 'gb18030';

interface Row {
  readonly shape: Shape;
  /** The platform's label, where it is not the name itself. */
  readonly label?: string;
  /** Single octets that the platforms read otherwise than the encoding has them; 0 for one that means nothing. */
  readonly octets?: Readonly<Record<number, number>>;
  /** 0x80 to 0x9F are the controls of ISO 6429, and nothing else. */
  readonly controls?: true;
}

const single: Row = { shape: 'single' };

/** By the names of the IANA registry. */
const ROWS = {
  'ISO-8859-2': single,
  'ISO-8859-3': single,
  'ISO-8859-4': single,
  'ISO-8859-5': single,
  'ISO-8859-6': single,
  'ISO-8859-7': single,
  'ISO-8859-8': single,
  'ISO-8859-9': { shape: 'single', label: 'windows-1254', controls: true },
  'ISO-8859-10': single,
  'ISO-8859-11': { shape: 'single', label: 'windows-874', controls: true },
  'ISO-8859-13': single,
  'ISO-8859-14': single,
  'ISO-8859-15': single,
  IBM866: single,
  'KOI8-R': single,
  // RFC 2319: browsers have two Belarusian letters there.
  'KOI8-U': { shape: 'single', octets: { 0xae: 0x255d, 0xbe: 0x256c } },
  macintosh: single,
  'windows-874': single,
  'windows-1250': single,
  'windows-1251': single,
  'windows-1253': { shape: 'single', octets: { 0xaa: 0 } },
  'windows-1254': single,
  'windows-1255': { shape: 'single', octets: { 0xca: 0 } },
  'windows-1256': single,
  'windows-1257': single,
  'windows-1258': single,
  'x-mac-cyrillic': single,
  // Of GB 18030, which holds it, the platforms agree.
  GBK: { shape: 'gbk', label: 'gb18030' },
  GB18030: { shape: 'gb18030' },
  Big5: { shape: 'big5' },
  'EUC-JP': { shape: 'euc-jp' },
  Shift_JIS: { shape: 'shift-jis' },
  'EUC-KR': { shape: 'euc-kr' },
} as const satisfies Readonly<Record<string, Row>>;

/** The name of such an encoding. */
export type LegacyEncodingName = keyof typeof ROWS;

const NAMES = Object.keys(ROWS) as readonly LegacyEncodingName[];
const rowOf = (name: LegacyEncodingName): Row => ROWS[name];

/** Names that the platforms take for a Windows code page, which is more than they say. */
const OWN: Readonly<Record<string, LegacyEncodingName>> = {
  'iso-8859-9': 'ISO-8859-9',
  'iso_8859-9': 'ISO-8859-9',
  'iso8859-9': 'ISO-8859-9',
  iso88599: 'ISO-8859-9',
  latin5: 'ISO-8859-9',
  l5: 'ISO-8859-9',
  csisolatin5: 'ISO-8859-9',
  'iso-ir-148': 'ISO-8859-9',
  'iso-8859-11': 'ISO-8859-11',
  'iso8859-11': 'ISO-8859-11',
  iso885911: 'ISO-8859-11',
  'tis-620': 'ISO-8859-11',
};

/** The encoding that a name means, by the names that browsers know (WHATWG Encoding §4.2); null for none of these. */
export function legacyEncodingByName(name: string): LegacyEncodingName | null {
  const key = name.toLowerCase();
  if (Object.hasOwn(OWN, key)) return OWN[key] ?? null;
  const canonical = decoderByLabel(key)?.encoding.toLowerCase().replace('iso-8859-8-i', 'iso-8859-8');
  return NAMES.find((one) => one.toLowerCase() === canonical) ?? null;
}

/** Whether it is one of these. */
export function isLegacyEncoding(name: string): name is LegacyEncodingName {
  return Object.hasOwn(ROWS, name);
}

/** Whether characters take more than one octet. */
export function hasSeveralOctets(name: LegacyEncodingName): boolean {
  return rowOf(name).shape !== 'single';
}

/** Reads characters one by one. */
export interface CharacterReader {
  /** The code point at `at`; -1 where the octets mean nothing, the end of the octets inside a character too. */
  read(octets: Uint8Array, at: number): number;
  /** Octets of the character that begins at `at`. */
  size(octets: Uint8Array, at: number): number;
}

const readers = new Map<LegacyEncodingName, CharacterReader>();

/** The reader of an encoding, made once. */
export function legacyReader(name: LegacyEncodingName): CharacterReader {
  let reader = readers.get(name);
  if (reader === undefined) {
    const row = rowOf(name);
    const decoder = decoderByLabel(row.label ?? name);
    reader = row.shape === 'single' ? singleReader(name, row, decoder) : severalReader(row.shape, decoder);
    readers.set(name, reader);
  }
  return reader;
}

/** The characters that stand for themselves in no encoding: fonts' own. */
const isPrivate = (codePoint: number) => codePoint >= 0xe000 && codePoint <= 0xf8ff;

function decoded(decoder: PlatformDecoder | null, octets: Uint8Array): number {
  let text: string;
  try {
    text = decoder?.decode(octets) ?? '';
  } catch {
    return -1;
  }
  const first = text.codePointAt(0) ?? -1;
  if (first < 0 || isPrivate(first)) return -1;
  return text.length === (first >= 0x10000 ? 2 : 1) ? first : -1;
}

function singleReader(name: string, row: Row, decoder: PlatformDecoder | null): CharacterReader {
  const codePointOf = (octet: number): number => {
    const control = octet < 0xa0;
    if (row.controls === true && control) return octet;
    const own = row.octets?.[octet];
    if (own !== undefined) return own === 0 ? -1 : own;
    const codePoint = decoded(decoder, Uint8Array.of(octet));
    // What a Windows code page leaves open, browsers fill with controls and others refuse.
    return control && codePoint === octet && name.startsWith('windows-') ? -1 : codePoint;
  };
  const table = Array.from({ length: 0x80 }, (_, index) => codePointOf(0x80 + index));
  return {
    size: () => 1,
    read: (octets, at) => {
      const octet = octets[at] ?? 0;
      return octet < 0x80 ? octet : (table[octet - 0x80] ?? -1);
    },
  };
}

/** Octets of a character by its first, and whether they are where all platforms have a character, or none at all. */
const SHAPES: Readonly<
  Record<
    Exclude<Shape, 'single'>,
    { size(first: number, second: number): number; within(first: number, second: number): boolean }
  >
> = {
  'shift-jis': {
    size: (first) => (first >= 0xa1 && first <= 0xdf ? 1 : 2),
    within: (first) => first !== 0x80 && first !== 0xa0 && first < 0xfd,
  },
  'euc-jp': {
    size: (first) => (first === 0x8f ? 3 : 2),
    // JIS X 0201's katakana, then JIS X 0212 to its row 77.
    within: (first, second) =>
      first === 0x8e
        ? second >= 0xa1 && second <= 0xdf
        : first === 0x8f
          ? second >= 0xa1 && second <= 0xed
          : first >= 0xa1 && second >= 0xa1,
  },
  'euc-kr': {
    size: () => 2,
    // The euro and registered signs came later, and not everywhere.
    within: (first, second) =>
      first >= 0xa1 && second >= 0xa1 && !(first === 0xa2 && (second === 0xe6 || second === 0xe7)),
  },
  big5: {
    size: () => 2,
    // Without the extensions in rows C6 to C8, and those beyond F9D5; of row A3 without pictures of controls.
    within: (first, second) =>
      first >= 0xa1 &&
      first <= 0xf9 &&
      second >= 0x40 &&
      !((first === 0xc6 && second >= 0xa1) || first === 0xc7 || first === 0xc8) &&
      !(first === 0xf9 && second >= 0xd6) &&
      !(first === 0xa3 && second >= 0xc0 && second <= 0xe1),
  },
  gbk: { size: () => 2, within: (first, second) => first >= 0x81 && second >= 0x40 },
  gb18030: {
    size: (_first, second) => (second >= 0x30 && second <= 0x39 ? 4 : 2),
    within: (first, second) => first >= 0x81 && second >= 0x30,
  },
};

function severalReader(shape: Exclude<Shape, 'single'>, decoder: PlatformDecoder | null): CharacterReader {
  const rule = SHAPES[shape];
  const known = new Map<number, number>();
  const size = (octets: Uint8Array, at: number): number => {
    const first = octets[at] ?? 0;
    return first < 0x80 ? 1 : rule.size(first, octets[at + 1] ?? 0);
  };
  return {
    size,
    read: (octets, at) => {
      const first = octets[at] ?? 0;
      if (first < 0x80) return first;
      const length = size(octets, at);
      if (at + length > octets.length || !rule.within(first, octets[at + 1] ?? 0)) return -1;
      let key = 0;
      for (let next = at; next < at + length; next++) key = key * 256 + (octets[next] ?? 0);
      let codePoint = known.get(key);
      if (codePoint === undefined) {
        codePoint = decoded(decoder, octets.subarray(at, at + length));
        known.set(key, codePoint);
      }
      return codePoint;
    },
  };
}

const writers = new Map<LegacyEncodingName, ReadonlyMap<number, readonly number[]>>();

/** The octets of a character, null where the encoding has none; the first of several that it has. */
export function legacyOctets(codePoint: number, name: LegacyEncodingName): readonly number[] | null {
  if (codePoint < 0x80) return [codePoint];
  let writer = writers.get(name);
  if (writer === undefined) {
    writer = writerOf(name);
    writers.set(name, writer);
  }
  return writer.get(codePoint) ?? null;
}

/** Every character of one octet or two, by its code point. */
function writerOf(name: LegacyEncodingName): ReadonlyMap<number, readonly number[]> {
  const reader = legacyReader(name);
  const out = new Map<number, readonly number[]>();
  const add = (...octets: readonly number[]) => {
    const character = Uint8Array.from(octets);
    if (reader.size(character, 0) !== octets.length) return;
    const codePoint = reader.read(character, 0);
    if (codePoint >= 0x80 && !out.has(codePoint)) out.set(codePoint, octets);
  };
  for (let first = 0x80; first < 0x100; first++) {
    add(first);
    if (hasSeveralOctets(name)) for (let second = 0x30; second < 0x100; second++) add(first, second);
  }
  return out;
}
