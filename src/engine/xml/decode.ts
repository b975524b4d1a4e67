/** From the octets that arrived to UTF-8 (XML 1.0 §4.3.3, Appendix F), with what is to be said about the encoding. */
import {
  type EncodingName,
  type TranscodedOctets,
  detectEncoding,
  encodingByName,
  transcode,
} from '../bytes/encoding.ts';
import { encodeHex } from '../bytes/hex.ts';
import { hasSeveralOctets, isLegacyEncoding, legacyReader } from '../bytes/legacy-encodings.ts';
import { utf8SequenceLength } from '../bytes/utf8.ts';
import type { XmlEncoding } from './parse-result.ts';
import { type XmlDeclaration, readXmlDeclaration } from './xml-declaration.ts';

/** A problem in input offsets, before it has a space. */
export interface EncodingProblem {
  readonly code: string;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly start: number;
  readonly end: number;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

/** The octets to parse. */
export interface DecodedInput {
  readonly octets: Uint8Array;
  readonly encoding: XmlEncoding;
  readonly declaration: XmlDeclaration | null;
  /** Octets of `octets` to leave out at the start: the byte order mark. */
  readonly start: number;
  /** `octets[limit]` begins the first sequence that is ill-formed or no XML character; `octets.length` without one. */
  readonly limit: number;
  /** What is wrong at `limit`. */
  readonly invalid: EncodingProblem | null;
  /** Errors here make the document not well-formed, but it is still read as far as possible. */
  readonly problems: readonly EncodingProblem[];
  readonly inputOffset: (offset: number) => number;
}

const RULE = 'XML 1.0 §4.3.3';

/** Collects what is to be said about the encoding. */
class EncodingProblems {
  readonly list: EncodingProblem[] = [];

  add(
    severity: EncodingProblem['severity'],
    code: string,
    [start, end]: readonly [number, number],
    data: EncodingProblem['data'],
  ): void {
    this.list.push({ code, rule: RULE, severity, start, end, data });
  }
}

/** What the first octets and the XML declaration say. */
interface Head {
  readonly input: Uint8Array;
  /** Octets of the byte order mark. */
  readonly bom: number;
  /** The encoding that the first octets show; UTF-8 where any in which the declaration reads as ASCII would do. */
  readonly real: EncodingName;
  /** The input in UTF-8 where it is in UTF-16, else null. */
  readonly early: TranscodedOctets | null;
  readonly declaration: XmlDeclaration | null;
  /** Input offsets of the encoding's name in the declaration; both 0 without one. */
  readonly declared: readonly [number, number];
}

function readHead(input: Uint8Array, family: 'ascii' | 'UTF-16LE' | 'UTF-16BE', bom: number): Head {
  const early = family === 'ascii' ? null : transcode(input, family);
  const octets = early?.octets ?? input;
  const declaration = readXmlDeclaration(octets, early === null ? bom : bom > 0 ? 3 : 0, octets.length);
  const place = (offset: number) => (early?.inputOffset ?? same)(Math.max(0, offset));
  const declared: readonly [number, number] =
    declaration === null ? [0, 0] : [place(declaration.encodingStart), place(declaration.encodingEnd)];
  return { input, bom, real: family === 'ascii' ? 'UTF-8' : family, early, declaration, declared };
}

/** Whether octets with this head can be in an encoding. */
function fits({ early, real, bom }: Head, encoding: EncodingName | 'UTF-16'): boolean {
  if (early !== null) return encoding === real || encoding === 'UTF-16';
  return !encoding.startsWith('UTF-16') && (bom === 0 || encoding === 'UTF-8');
}

/** The encoding to decode in, or the name of one that is not decoded; tells where statements differ. */
function chooseEncoding(
  head: Head,
  external: string | null,
  problems: EncodingProblems,
): { readonly name: EncodingName } | { readonly unsupported: string } {
  const { bom, real, early, declared } = head;
  const byDeclaration = head.declaration?.encoding ?? null;
  const outside = external === null ? null : encodingByName(external);
  // A byte order mark wins over the transport, which wins over the declaration (RFC 7303 §3).
  const bomWins = bom > 0 && outside !== null && !fits(head, outside);
  if (bomWins) {
    problems.add('warning', 'charset-header-mismatch', [0, bom], { declared: real, external: external ?? '' });
  }
  let name = real;
  const stated = bomWins ? byDeclaration : (external ?? byDeclaration);
  if (stated !== null) {
    const known = encodingByName(stated);
    if (known === null) {
      problems.add('error', 'xml-encoding-unsupported', declared, { name: stated });
      return { unsupported: stated };
    }
    if (!fits(head, known)) {
      problems.add('error', 'xml-encoding-mismatch', declared, { declared: stated, actual: real });
    } else if (early === null) name = known as EncodingName;
    if (external !== null && !bomWins && byDeclaration !== null && encodingByName(byDeclaration) !== known) {
      problems.add('warning', 'charset-header-mismatch', declared, { declared: byDeclaration, external });
    }
  }
  if (early !== null && bom === 0) tellMissingMark(head, stated, problems);
  return { name };
}

/** 4.3.3: without a BOM and without a declaration it has to be UTF-8; with one, receivers differ. */
function tellMissingMark({ input, real }: Head, stated: string | null, problems: EncodingProblems): void {
  const place = [0, Math.min(2, input.length)] as const;
  const data = { declared: stated ?? '', actual: real };
  if (stated === null) problems.add('error', 'xml-encoding-mismatch', place, data);
  else problems.add('warning', 'xml-encoding-no-bom', place, data);
}

/**
 * Decodes `input`. `external` is an encoding from the transport (a `charset` parameter): it wins over the
 * declaration but not over a byte order mark, and a difference is reported.
 */
export function decodeInput(input: Uint8Array, external: string | null): DecodedInput {
  const { family, bom, refused } = detectEncoding(input);
  const problems = new EncodingProblems();
  if (family === 'refused') {
    problems.add('error', 'xml-encoding-unsupported', [0, Math.min(4, input.length)], { name: refused });
    return nothing(input, refused, problems.list);
  }
  const head = readHead(input, family, bom);
  const chosen = chooseEncoding(head, external, problems);
  if ('unsupported' in chosen) return nothing(input, chosen.unsupported, problems.list);
  const { name } = chosen;
  const transcoded = head.early ?? (name === 'UTF-8' ? null : transcode(input, name));
  if (transcoded !== null) {
    const several = isLegacyEncoding(name) && hasSeveralOctets(name);
    problems.add('note', 'xml-encoding-transcoded', head.declared, several ? { name, several } : { name });
  }
  if (transcoded !== null && head.early === null && readsAsUtf8(input)) {
    problems.add('warning', 'C14-09', head.declared, { encoding: name, reads: 'UTF-8' });
  }
  const octets = transcoded?.octets ?? input;
  const inputOffset = transcoded?.inputOffset ?? same;
  const limit = firstIllegalOctet(octets);
  const { declaration } = head;
  return {
    octets,
    declaration,
    problems: problems.list,
    inputOffset,
    limit,
    encoding: { name, bom: bom > 0, declared: declaration?.encoding ?? null },
    start: bom > 0 ? 3 : 0,
    invalid: invalidAt(input, octets, limit, name, transcoded?.invalidAt ?? -1, inputOffset),
  };
}

/** What stops the parse at `limit`: an ill-formed sequence, or a character outside Char [2]. */
function invalidAt(
  input: Uint8Array,
  octets: Uint8Array,
  limit: number,
  name: string,
  undecodable: number,
  inputOffset: (offset: number) => number,
): EncodingProblem | null {
  if (limit < octets.length) {
    const size = utf8SequenceLength(octets, limit);
    const start = inputOffset(limit);
    if (size > 0) {
      const codePoint = size === 1 ? octets[limit]! : 0xffc0 | (octets[limit + 2]! & 0x3f);
      return {
        code: 'not-wellformed-xml',
        rule: '[2] Char',
        severity: 'error',
        start,
        end: inputOffset(limit + size),
        data: { reason: 'illegal-character', character: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}` },
      };
    }
    return ill(start);
  }
  return undecodable < 0 ? null : ill(undecodable);

  function ill(start: number): EncodingProblem {
    const size = isLegacyEncoding(name) ? Math.min(legacyReader(name).size(input, start), input.length - start) : 1;
    return {
      code: 'C14-09',
      rule: RULE,
      severity: 'error',
      start,
      end: start + size,
      data: { encoding: name, octet: encodeHex(input.subarray(start, start + size)).toUpperCase() },
    };
  }
}

/** Whether the octets hold characters outside ASCII and all of them are well-formed UTF-8. */
function readsAsUtf8(octets: Uint8Array): boolean {
  let several = false;
  for (let i = 0; i < octets.length;) {
    const size = octets[i]! < 0x80 ? 1 : utf8SequenceLength(octets, i);
    if (size === 0) return false;
    several ||= size > 1;
    i += size;
  }
  return several;
}

/** 1 for the octets that cannot stand at a character's start as they are: C0 controls but white space. */
const CONTROL = Uint8Array.from({ length: 256 }, (_, octet) =>
  octet >= 0x80 || (octet < 0x20 && octet !== 9 && octet !== 10 && octet !== 13) ? 1 : 0,
);

const NO_WORDS = new Int32Array(0);

/** Offset of the first ill-formed UTF-8 sequence or character outside Char [2]; the length without one. */
function firstIllegalOctet(octets: Uint8Array): number {
  const size = octets.length;
  // Sixteen octets at a time, then four, while all are printable ASCII; words have to be aligned in the buffer.
  const lead = (4 - (octets.byteOffset & 3)) & 3;
  const words =
    size < lead + 4 ? NO_WORDS : new Int32Array(octets.buffer, octets.byteOffset + lead, (size - lead) >> 2);
  let i = 0;
  while (i < size) {
    if (i >= lead && words.length > 0 && ((i - lead) & 3) === 0) {
      let word = (i - lead) >> 2;
      while (
        word < words.length - 3 &&
        (outsideAscii(words[word]!) |
          outsideAscii(words[word + 1]!) |
          outsideAscii(words[word + 2]!) |
          outsideAscii(words[word + 3]!)) ===
          0
      ) {
        word += 4;
      }
      while (word < words.length && outsideAscii(words[word]!) === 0) word++;
      i = lead + 4 * word;
      if (i >= size) break;
    }
    const octet = octets[i]!;
    if (CONTROL[octet] === 0) {
      i++;
      continue;
    }
    if (octet < 0x80) return i;
    const length = utf8SequenceLength(octets, i);
    if (length === 0) return i;
    // U+FFFE and U+FFFF.
    if (octet === 0xef && octets[i + 1] === 0xbf && octets[i + 2]! >= 0xbe) return i;
    i += length;
  }
  return size;
}

/** 0 where no octet of the word is below 0x20 or above 0x7F. */
function outsideAscii(word: number): number {
  return ((word - 0x20202020) | word) & 0x80808080;
}

function nothing(input: Uint8Array, name: string, problems: readonly EncodingProblem[]): DecodedInput {
  return {
    octets: input,
    encoding: { name, bom: false, declared: null },
    declaration: null,
    start: 0,
    limit: 0,
    invalid: null,
    problems,
    inputOffset: same,
  };
}

function same(offset: number): number {
  return offset;
}
