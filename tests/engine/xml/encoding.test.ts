/** Encodings: what the octets are, what they say they are, and ranges in octets of the input whatever the encoding. */
import { XmlDocument as LibxmlDocument } from 'libxml2-wasm';
import { describe, expect, it, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { concatOctets } from '../../../src/engine/bytes/octets.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import {
  attributes,
  attributeText,
  attributeValueRange,
  childElements,
  contentRange,
  nodeRange,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import type { ParseResult } from '../../../src/engine/xml/parse-result.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { generateDocument, Random } from './generate-document.ts';

type Wide = 'utf-16le' | 'utf-16be';

function utf16(text: string, order: Wide, bom: boolean): Uint8Array<ArrayBuffer> {
  const buffer = Buffer.from((bom ? '\uFEFF' : '') + text, 'utf16le');
  if (order === 'utf-16be') buffer.swap16();
  return Uint8Array.from(buffer);
}

const parse = (octets: Uint8Array, externalEncoding?: string): ParseResult =>
  parseXml(octets, { budget: new Budget(), ...(externalEncoding === undefined ? {} : { externalEncoding }) });
const declared = (name: string): string => `<?xml version="1.0" encoding="${name}"?>`;
const single = (text: string, ...octets: number[]): Uint8Array<ArrayBuffer> =>
  concatOctets(encodeUtf8(text), Uint8Array.from(octets), encodeUtf8('</a>'));
const codes = (result: ParseResult): string[] => result.problems.map((problem) => problem.code);

function libxmlAccepts(octets: Uint8Array): boolean {
  try {
    LibxmlDocument.fromBuffer(octets).dispose();
    return true;
  } catch {
    return false;
  }
}

describe('which documents are accepted', () => {
  /** name, octets, whether we accept, codes expected, row of DIFFERENCES.md where libxml2 decides otherwise. */
  const table: readonly (readonly [string, Uint8Array, boolean, readonly string[], string?])[] = [
    ['UTF-8 with BOM', encodeUtf8('\uFEFF<a/>'), true, []],
    ['UTF-8 with BOM, declared', encodeUtf8(`\uFEFF${declared('utf-8')}<a/>`), true, []],
    ['two BOMs', encodeUtf8('\uFEFF\uFEFF<a/>'), false, ['not-wellformed-xml']],
    ['UTF-16LE with BOM', utf16('<a/>', 'utf-16le', true), true, ['xml-encoding-transcoded']],
    ['UTF-16BE with BOM', utf16('<a/>', 'utf-16be', true), true, ['xml-encoding-transcoded']],
    [
      'UTF-16LE with BOM, declared UTF-16',
      utf16(`${declared('UTF-16')}<a/>`, 'utf-16le', true),
      true,
      ['xml-encoding-transcoded'],
    ],
    [
      'UTF-16LE without BOM, declared UTF-16LE',
      utf16(`${declared('UTF-16LE')}<a/>`, 'utf-16le', false),
      true,
      ['xml-encoding-no-bom', 'xml-encoding-transcoded'],
    ],
    [
      'UTF-16BE without BOM, declared UTF-16',
      utf16(`${declared('utf-16')}<a/>`, 'utf-16be', false),
      true,
      ['xml-encoding-no-bom', 'xml-encoding-transcoded'],
    ],
    [
      'UTF-16LE without BOM, declared UTF-8',
      utf16(`${declared('UTF-8')}<a/>`, 'utf-16le', false),
      false,
      ['xml-encoding-mismatch', 'xml-encoding-no-bom', 'xml-encoding-transcoded'],
      'E2',
    ],
    [
      'UTF-16LE without BOM or declaration',
      utf16('<a/>', 'utf-16le', false),
      false,
      ['xml-encoding-mismatch', 'xml-encoding-transcoded'],
    ],
    [
      'UTF-16LE with BOM, declared UTF-8',
      utf16(`${declared('UTF-8')}<a/>`, 'utf-16le', true),
      false,
      ['xml-encoding-mismatch', 'xml-encoding-transcoded'],
      'E1',
    ],
    [
      'UTF-16LE with BOM, declared UTF-16BE',
      utf16(`${declared('UTF-16BE')}<a/>`, 'utf-16le', true),
      false,
      ['xml-encoding-mismatch', 'xml-encoding-transcoded'],
      'E1',
    ],
    ['UTF-8 declared UTF-16', encodeUtf8(`${declared('utf-16')}<a/>`), false, ['xml-encoding-mismatch']],
    [
      'UTF-8 with BOM, declared ISO-8859-1',
      encodeUtf8(`\uFEFF${declared('ISO-8859-1')}<a/>`),
      false,
      ['xml-encoding-mismatch'],
      'E1',
    ],
    ['ISO-8859-1', single(`${declared('ISO-8859-1')}<a>`, 0xe9, 0x80), true, ['xml-encoding-transcoded']],
    ['ISO-8859-1 by its alias', single(`${declared('latin1')}<a>`, 0xe9), true, ['xml-encoding-transcoded']],
    [
      'UTF-8 declared ISO-8859-1',
      single(`${declared('ISO-8859-1')}<a>`, 0xc3, 0xa9, 0x41),
      true,
      ['xml-encoding-transcoded', 'C14-09'],
    ],
    ['windows-1252', single(`${declared('windows-1252')}<a>`, 0x80, 0x93), true, ['xml-encoding-transcoded']],
    [
      'windows-1252 with an octet it has not',
      single(`${declared('windows-1252')}<a>`, 0x81),
      false,
      ['xml-encoding-transcoded', 'C14-09'],
      'E3',
    ],
    ['US-ASCII', single(`${declared('US-ASCII')}<a>`, 0x41), true, ['xml-encoding-transcoded']],
    [
      'US-ASCII with an octet it has not',
      single(`${declared('US-ASCII')}<a>`, 0xe9),
      false,
      ['xml-encoding-transcoded', 'C14-09'],
    ],
    ['ISO-8859-1 octets without a declaration', single('<a>', 0xe9), false, ['C14-09']],
    [
      'half a UTF-16 unit',
      concatOctets(utf16('<a/>', 'utf-16le', true), Uint8Array.of(0x20)),
      false,
      ['xml-encoding-transcoded', 'C14-09'],
    ],
    [
      'lone surrogate in UTF-16',
      concatOctets(utf16('<a>', 'utf-16le', true), Uint8Array.of(0x00, 0xd8), utf16('</a>', 'utf-16le', false)),
      false,
      ['xml-encoding-transcoded', 'C14-09'],
    ],
    ['overlong slash', single('<a>', 0xc0, 0xaf), false, ['C14-09']],
    ['surrogate in UTF-8', single('<a>', 0xed, 0xa0, 0x80), false, ['C14-09']],
    ['above U+10FFFF', single('<a>', 0xf4, 0x90, 0x80, 0x80), false, ['C14-09']],
    ['truncated sequence', single('<a>', 0xe2, 0x82), false, ['C14-09']],
    ['U+FFFE', encodeUtf8('<a>\uFFFE</a>'), false, ['not-wellformed-xml']],
    ['unknown name', encodeUtf8(`${declared('x-made-up')}<a/>`), false, ['xml-encoding-unsupported']],
    ['UTF-32', Uint8Array.of(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0), false, ['xml-encoding-unsupported']],
    ['EBCDIC', Uint8Array.of(0x4c, 0x6f, 0xa7, 0x94, 0x93), false, ['xml-encoding-unsupported']],
  ];
  for (const [name, octets, accepted, expected, difference] of table) {
    test(name, () => {
      const result = parse(octets);
      expect(result.wellFormed).toBe(accepted);
      expect(codes(result)).toEqual(expected);
      expect(libxmlAccepts(octets)).toBe(difference === undefined ? accepted : !accepted);
    });
  }
});

test('an ill-formed sequence is shown at its own octet, and what stood before it is in the tree', () => {
  const octets = single('<a><b/>text', 0xe9, 0x20);
  const { document: doc, problems } = parse(octets);
  expect(problems[0]).toMatchObject({
    code: 'C14-09',
    range: { space: 'input', start: 11, end: 12 },
    data: { encoding: 'UTF-8', octet: 'E9' },
  });
  expect(doc.names.qualified).toEqual(['a', 'b']);
  expect(doc.nodeCount).toBe(4);
  expect(textContent(doc, 3)).toBe('text');
});

test('in UTF-16 an undecodable octet is shown at its input offset', () => {
  const start = utf16('<a>é', 'utf-16be', true);
  const octets = concatOctets(start, Uint8Array.of(0xdc, 0x00), utf16('</a>', 'utf-16be', false));
  expect(parse(octets).problems.at(-1)).toMatchObject({ code: 'C14-09', range: { start: start.length } });
});

test('a charset from the transport wins over the declaration, and the difference is told', () => {
  const octets = single(`${declared('UTF-8')}<a>`, 0xe9);
  const result = parse(octets, 'ISO-8859-1');
  expect(result.wellFormed).toBe(true);
  expect(codes(result)).toEqual(['charset-header-mismatch', 'xml-encoding-transcoded']);
  expect(textContent(result.document, 1)).toBe('é');
  expect(result.encoding).toEqual({ name: 'ISO-8859-1', bom: false, declared: 'UTF-8' });
});

test('a byte order mark wins over a charset from the transport', () => {
  const result = parse(encodeUtf8(`\uFEFF${declared('UTF-8')}<a>é</a>`), 'ISO-8859-1');
  expect(result.wellFormed).toBe(true);
  expect(codes(result)).toEqual(['charset-header-mismatch']);
  expect(textContent(result.document, 1)).toBe('é');
  expect(codes(parse(utf16('<a/>', 'utf-16be', true), 'UTF-16'))).toEqual(['xml-encoding-transcoded']);
  expect(parse(encodeUtf8('<a/>'), 'made-up').problems[0]).toMatchObject({
    code: 'xml-encoding-unsupported',
    data: { name: 'made-up' },
  });
});

test('windows-1252 reads as its code page', () => {
  expect(textContent(parse(single(`${declared('windows-1252')}<a>`, 0x80, 0x93, 0x94, 0xff)).document, 1)).toBe('€“”ÿ');
});

test.each<Wide>(['utf-16le', 'utf-16be'])(
  'generated documents in %s: the same tree as in UTF-8, and every range holds the same characters of the input',
  (order) => {
    for (let seed = 0; seed < 300; seed++) {
      // Long text now and then, so that look-ups pass checkpoints.
      const text = generateDocument(new Random(seed), { prolog: false, iris: true }).replace(
        '</',
        `${seed % 10 === 0 ? 'aé名\u{1F600}'.repeat(900) : ''}</`,
      );
      const plain = parse(encodeUtf8(text));
      const input = utf16(text, order, true);
      const wide = parse(input);
      expect(wide.wellFormed).toBe(plain.wellFormed);
      expect(wide.document.nodeCount).toBe(plain.document.nodeCount);
      const decode = (range: { start: number; end: number }): string =>
        new TextDecoder(order, { fatal: true, ignoreBOM: true }).decode(input.subarray(range.start, range.end));
      const doc = plain.document;
      for (let node = 1; node < doc.nodeCount; node++) {
        expect(decode(nodeRange(wide.document, node))).toBe(decodeUtf8(doc.octets, doc.start[node], doc.end[node]));
        expect(decode(contentRange(wide.document, node))).toBe(
          decodeUtf8(doc.octets, doc.contentStart[node], doc.contentEnd[node]),
        );
      }
      for (let attribute = 0; attribute < doc.attributeTotal; attribute++) {
        expect(decode(attributeValueRange(wide.document, attribute))).toBe(
          decodeUtf8(doc.octets, doc.attributeValueStart[attribute], doc.attributeValueEnd[attribute]),
        );
        expect(attributeText(wide.document, attribute)).toBe(attributeText(doc, attribute));
      }
    }
  },
);

describe('encodings before Unicode', () => {
  it('give a tree in UTF-8 and places in the octets that arrived', () => {
    const head = declared('Shift_JIS');
    // <日本 語="一">二</日本>
    const body = '3c93fa967b208cea3d2288ea223e93f13c2f93fa967b3e';
    const input = concatOctets(encodeUtf8(head), Uint8Array.from(Buffer.from(body, 'hex')));
    const { document, wellFormed, problems, encoding } = parse(input);
    expect(wellFormed).toBe(true);
    expect(encoding).toMatchObject({ name: 'Shift_JIS', declared: 'Shift_JIS' });
    expect(problems).toMatchObject([{ code: 'xml-encoding-transcoded', data: { name: 'Shift_JIS', several: true } }]);
    const [root] = childElements(document, 0);
    expect(textContent(document, root!)).toBe('二');
    const at = head.length;
    expect(contentRange(document, root!)).toMatchObject({ start: at + 14, end: at + 16 });
    expect(attributeValueRange(document, attributes(document, root!)[0]!)).toMatchObject({
      start: at + 10,
      end: at + 12,
    });
  });

  it('stop where the octets mean nothing, with their place', () => {
    const input = single(`${declared('EUC-KR')}<a>`, 0xc7, 0xd1, 0x81, 0x41);
    const { problems, wellFormed } = parse(input);
    const start = declared('EUC-KR').length + 5;
    expect(wellFormed).toBe(false);
    expect(problems.at(-1)).toMatchObject({
      code: 'C14-09',
      severity: 'error',
      range: { start, end: start + 2 },
      data: { encoding: 'EUC-KR', octet: '8141' },
    });
    // A character cut off by the end of the input.
    const cut = concatOctets(encodeUtf8(`${declared('Big5')}<a>`), Uint8Array.of(0xa4));
    expect(parse(cut).problems.at(-1)).toMatchObject({ code: 'C14-09', data: { octet: 'A4' } });
  });

  it('are taken from the transport, too', () => {
    const { document } = parse(single('<a>', 0xb1, 0xe6), 'ISO-8859-2');
    expect(textContent(document, childElements(document, 0)[0]!)).toBe('ąć');
  });
});
