/** From the octets that arrived to UTF-8 (XML 1.0 §4.3.3, Appendix F), with what is to be said about the encoding. */
import { type EncodingName, detectEncoding, encodingByName, transcode } from '../bytes/encoding.ts';
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
  readonly data: Readonly<Record<string, string | number>>;
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

/**
 * Decodes `input`. `external` is an encoding from the transport (a `charset` parameter): it wins over the
 * declaration but not over a byte order mark, and a difference is reported.
 */
export function decodeInput(input: Uint8Array, external: string | null): DecodedInput {
  const detected = detectEncoding(input);
  const problems: EncodingProblem[] = [];
  const report = (
    severity: EncodingProblem['severity'],
    code: string,
    start: number,
    end: number,
    data: EncodingProblem['data'],
  ): void => {
    problems.push({ code, rule: RULE, severity, start, end, data });
  };
  if (detected.family === 'refused') {
    report('error', 'xml-encoding-unsupported', 0, Math.min(4, input.length), { name: detected.refused });
    return nothing(input, detected.refused, problems);
  }
  const wide = detected.family !== 'ascii';
  const early = wide ? transcode(input, detected.family) : null;
  const declaration =
    early !== null
      ? readXmlDeclaration(early.octets, detected.bom > 0 ? 3 : 0, early.octets.length)
      : readXmlDeclaration(input, detected.bom, input.length);
  const declared = declaration?.encoding ?? null;
  const offset = early?.inputOffset ?? same;
  const declaredStart = declaration === null ? 0 : offset(Math.max(0, declaration.encodingStart));
  const declaredEnd = declaration === null ? 0 : offset(Math.max(0, declaration.encodingEnd));
  const real: EncodingName = detected.family !== 'ascii' ? detected.family : 'UTF-8';

  const fits = (known: EncodingName | 'UTF-16'): boolean =>
    wide
      ? known === real || known === 'UTF-16'
      : known !== 'UTF-16' && known !== 'UTF-16LE' && known !== 'UTF-16BE' && (detected.bom === 0 || known === 'UTF-8');
  const outside = external === null ? null : encodingByName(external);
  // A byte order mark wins over the transport, which wins over the declaration (RFC 7303 §3).
  const bomWins = detected.bom > 0 && outside !== null && !fits(outside);
  if (bomWins) {
    report('warning', 'charset-header-mismatch', 0, detected.bom, { declared: real, external: external ?? '' });
  }

  let name: EncodingName = real;
  const stated = bomWins ? declared : (external ?? declared);
  if (stated !== null) {
    const known = encodingByName(stated);
    if (known === null) {
      report('error', 'xml-encoding-unsupported', declaredStart, declaredEnd, { name: stated });
      return nothing(input, stated, problems);
    }
    if (!fits(known)) {
      report('error', 'xml-encoding-mismatch', declaredStart, declaredEnd, { declared: stated, actual: real });
    } else if (!wide) name = known as EncodingName;
    if (external !== null && !bomWins && declared !== null && encodingByName(declared) !== known) {
      report('warning', 'charset-header-mismatch', declaredStart, declaredEnd, { declared, external });
    }
  }
  if (wide && detected.bom === 0) {
    // 4.3.3: without a BOM and without a declaration it has to be UTF-8; with one, receivers differ.
    report(
      stated === null ? 'error' : 'warning',
      stated === null ? 'xml-encoding-mismatch' : 'xml-encoding-no-bom',
      0,
      Math.min(2, input.length),
      {
        declared: stated ?? '',
        actual: real,
      },
    );
  }
  const transcoded = early ?? (name === 'UTF-8' ? null : transcode(input, name));
  if (transcoded !== null) report('note', 'xml-encoding-transcoded', declaredStart, declaredEnd, { name });
  if (transcoded !== null && !wide && readsAsUtf8(input)) {
    report('warning', 'C14-09', declaredStart, declaredEnd, { encoding: name, reads: 'UTF-8' });
  }
  const octets = transcoded?.octets ?? input;
  const inputOffset = transcoded?.inputOffset ?? same;
  const limit = firstIllegalOctet(octets);
  return {
    octets,
    declaration,
    problems,
    inputOffset,
    limit,
    encoding: { name, bom: detected.bom > 0, declared },
    start: detected.bom > 0 ? 3 : 0,
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
    return {
      code: 'C14-09',
      rule: RULE,
      severity: 'error',
      start,
      end: start + 1,
      data: { encoding: name, octet: input[start]!.toString(16).toUpperCase().padStart(2, '0') },
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

/** Offset of the first ill-formed UTF-8 sequence or character outside Char [2]; the length without one. */
function firstIllegalOctet(octets: Uint8Array): number {
  const size = octets.length;
  // Sixteen octets at a time, then four, while all are printable ASCII; words have to be aligned in the buffer.
  const lead = Math.min(size, (4 - (octets.byteOffset & 3)) & 3);
  const words = new Int32Array(octets.buffer, octets.byteOffset + lead, (size - lead) >> 2);
  let i = 0;
  while (i < size) {
    if (((i - lead) & 3) === 0) {
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
