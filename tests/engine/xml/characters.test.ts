/** Characters in names, text and references, at every edge of the productions and at random, against libxml2. */
import { XmlDocument as LibxmlDocument } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { OctetWriter } from '../../../src/engine/bytes/octet-writer.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { Random } from './generate-document.ts';

/**
 * Edges of Char [2], NameStartChar [4] and NameChar [4a] as the recommendation prints them, and of the UTF-8 lengths.
 */
const EDGES = [
  0x9, 0xa, 0xd, 0x20, 0xd7ff, 0xe000, 0xfffd, 0x10000, 0x10ffff, 0x3a, 0x41, 0x5a, 0x5f, 0x61, 0x7a, 0xc0, 0xd6, 0xd8,
  0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f, 0x2c00, 0x2fef, 0x3001, 0xd7ff,
  0xf900, 0xfdcf, 0xfdf0, 0xeffff, 0x2d, 0x2e, 0x30, 0x39, 0xb7, 0x300, 0x36f, 0x203f, 0x2040, 0x7f, 0x80, 0x85, 0x7ff,
  0x800, 0x2028, 0xfeff, 0xffff,
];

function codePoints(): number[] {
  const random = new Random(5);
  const all = new Set<number>(Array.from({ length: 0x180 }, (_, i) => i));
  for (const edge of EDGES) for (const near of [edge - 1, edge, edge + 1]) all.add(near);
  for (let i = 0; i < 1500; i++) all.add(random.below(0x3000)).add(random.below(0x110000));
  return [...all].filter(
    (codePoint) => codePoint >= 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff),
  );
}

function octetsOf(...parts: readonly (string | number)[]): Uint8Array<ArrayBuffer> {
  const out = new OctetWriter();
  for (const part of parts) {
    if (typeof part === 'number') out.codePoint(part);
    else out.ascii(part);
  }
  return out.toOctets();
}

/** Whether libxml2 has no complaint but one of level 1. */
function libxmlAccepts(octets: Uint8Array): boolean {
  try {
    LibxmlDocument.fromBuffer(octets).dispose();
    return true;
  } catch {
    return false;
  }
}

const PLACES: Readonly<Record<string, (codePoint: number) => Uint8Array>> = {
  'first in an element name': (c) => octetsOf('<', c, 'x/>'),
  'later in an element name': (c) => octetsOf('<x', c, '/>'),
  'first in an attribute name': (c) => octetsOf('<x ', c, 'x=""/>'),
  'first after a prefix': (c) => octetsOf('<p:', c, 'x xmlns:p="u"/>'),
  'later in a PI target': (c) => octetsOf('<?x', c, '?><x/>'),
  'in text': (c) => octetsOf('<x>', c, '</x>'),
  'in an attribute value': (c) => octetsOf('<x a="', c, '"/>'),
  'in a comment': (c) => octetsOf('<x><!--', c, ' --></x>'),
  'in CDATA': (c) => octetsOf('<x><![CDATA[', c, ']]></x>'),
  'as a reference': (c) => octetsOf('<x>&#', String(c), ';&#x', c.toString(16), ';</x>'),
};

test.each(Object.keys(PLACES))('%s', (place) => {
  const differing = codePoints().filter((codePoint) => {
    const octets = PLACES[place]!(codePoint);
    return parseXml(octets, { budget: new Budget() }).wellFormed !== libxmlAccepts(octets);
  });
  expect(differing.map((codePoint) => codePoint.toString(16))).toEqual([]);
});
