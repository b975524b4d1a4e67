/**
 * Accept or refuse, against libxml2 (libxml2-wasm), on generated documents and broken ones, repeatable by seed.
 * Each rule below is a row of DIFFERENCES.md; a disagreement that no rule explains fails the test.
 */
import { XmlDocument as LibxmlDocument, XmlParseError } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import type { XmlProblem } from '../../../src/engine/xml/parse-result.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { generateDocument, mutate, Random } from './generate-document.ts';

const DOCUMENTS = 20_000;

interface Complaint {
  readonly message: string;
  /** 1 warning, 2 error, 3 fatal error. */
  readonly level: number;
}

function libxmlComplaints(octets: Uint8Array): Complaint[] {
  try {
    LibxmlDocument.fromBuffer(octets).dispose();
    return [];
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    return error.details;
  }
}

/** D1: warnings break no constraint (PI targets that begin with xml, values of xml:space, relative namespace names). */
const isWarning = ({ level }: Complaint): boolean => level === 1;
/** D2: Namespaces 1.0 makes no constraint of what a namespace name looks like. */
const isUriSyntax = ({ message }: Complaint): boolean => /^xmlns.*is not a valid URI/s.test(message);
/** D3: xml:id's own errors are no well-formedness errors. */
const isXmlId = ({ message }: Complaint): boolean => message.startsWith('xml:id :');
/** D4: once it has complained by D2 or D3, libxml2 no longer looks at what follows the document element. */
const followsRoot = (error: XmlProblem | undefined): boolean =>
  [
    'text-after-root',
    'second-root',
    'illegal-character',
    'name-expected',
    'unexpected-octets',
    'unexpected-end-tag',
  ].includes(String(error?.data['reason'])) || error?.code === 'C14-09';

/** D5: libxml2 takes `1.` for a version number, production [26] does not. */
const versionWithoutMinor = (octets: Uint8Array): boolean =>
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*["']1\.["']/.test(decodeUtf8(octets.subarray(0, 200)));

function explanation(
  complaints: readonly Complaint[],
  error: XmlProblem | undefined,
  afterRoot: boolean,
  octets: Uint8Array,
): string | null {
  const real = complaints.filter(
    (complaint) => !isWarning(complaint) && !isUriSyntax(complaint) && !isXmlId(complaint),
  );
  if ((real.length === 0) === (error === undefined)) {
    return complaints.length > 0 && real.length === 0 ? 'D1-D3' : 'agreed';
  }
  if (
    error !== undefined &&
    afterRoot &&
    followsRoot(error) &&
    complaints.some((complaint) => isUriSyntax(complaint) || isXmlId(complaint))
  ) {
    return 'D4';
  }
  return error?.rule === '[24] VersionInfo' && versionWithoutMinor(octets) ? 'D5' : null;
}

/** How our result and libxml2's complaints go together: a row, `agreed`, or null. */
function compare(octets: Uint8Array): {
  readonly why: string | null;
  readonly accepted: boolean;
  readonly say: string;
} {
  const result = parseXml(octets, { budget: new Budget() });
  const error = result.problems.find((problem) => problem.severity === 'error');
  const { root, end } = result.document;
  const complaints = libxmlComplaints(octets);
  const why = explanation(
    complaints,
    error,
    error !== undefined && root > 0 && error.range.start >= end[root]!,
    octets,
  );
  return {
    why,
    accepted: error === undefined,
    say:
      `${JSON.stringify(decodeUtf8(octets).slice(0, 200))}: ${JSON.stringify(error ?? 'accepted')}, libxml2 ` +
      JSON.stringify(complaints),
  };
}

function compareAll(count: number, document: (seed: number) => Uint8Array): Record<string, number> {
  const tally: Record<string, number> = { accepted: 0, refused: 0 };
  const unexplained: string[] = [];
  for (let seed = 0; seed < count; seed++) {
    const { why, accepted, say } = compare(document(seed));
    tally[accepted ? 'accepted' : 'refused']!++;
    if (why === null) unexplained.push(`seed ${seed}: ${say}`);
    else tally[why] = (tally[why] ?? 0) + 1;
  }
  console.log('libxml2 beside us:', JSON.stringify(tally));
  expect(unexplained).toEqual([]);
  return tally;
}

test(`${DOCUMENTS} generated documents: accepted and refused as libxml2 does, but for the differences explained`, () => {
  const tally = compareAll(DOCUMENTS, (seed) => {
    const random = new Random(seed);
    const text = generateDocument(random, { iris: seed % 10 === 0 });
    return seed % 4 === 0 ? encodeUtf8(text) : mutate(random, text);
  });
  expect(tally['accepted']).toBeGreaterThan(DOCUMENTS / 4);
  expect(tally['refused']).toBeGreaterThan(DOCUMENTS / 4);
});

/** Pieces of markup from which small documents are put together without a plan. */
const TOKENS = [
  '<a>',
  '</a>',
  '<a/>',
  '<p:a>',
  '</p:a>',
  '<a ',
  '<',
  '>',
  '/',
  '/>',
  '=',
  '"',
  "'",
  '&',
  ';',
  '&amp;',
  '&#65;',
  '&#x',
  '&x;',
  ' ',
  '\n',
  '\r',
  'a',
  'p:',
  ':',
  '1',
  '-',
  '--',
  '!',
  '?',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  ']',
  '<?',
  '?>',
  '<?p',
  '<?xml',
  ' version="1.0"',
  ' encoding="UTF-8"',
  ' standalone="no"',
  ' x="1"',
  ' p:x="2"',
  ' xmlns:p="u"',
  ' xmlns="u"',
  ' xmlns=""',
  ' xmlns:p=""',
  '\u0001',
  'é',
  '\uFFFE',
] as const;

test('40000 small documents of random markup: accepted and refused as libxml2 does', () => {
  const tally = compareAll(40_000, (seed) => {
    const random = new Random(-1 - seed);
    let inside = '';
    for (let count = random.below(6); count > 0; count--) inside += random.pick(TOKENS);
    // Half of them inside an element, a start tag, a comment, a PI or a declaration, so that a good part is
    // well-formed.
    const frame = random.pick([
      ['', ''],
      ['', ''],
      ['<a>', '</a>'],
      ['<a xmlns:p="u">', '</a>'],
      ['<a', '/>'],
      ['<a x="', '"/>'],
      ['<a><!--', '--></a>'],
      ['<a><![CDATA[', ']]></a>'],
      ['<?p', '?><a/>'],
      ['<?xml version="1.0"', '?><a/>'],
      ['<a/>', ''],
    ] as const);
    return encodeUtf8(`${frame[0]}${inside}${frame[1]}`);
  });
  expect(tally['accepted']).toBeGreaterThan(5_000);
});
