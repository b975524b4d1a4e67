/**
 * Generated documents are accepted as they are, and no change to their octets makes the parser throw, loop or point
 * outside the input.
 */
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import type { XmlDocument } from '../../../src/engine/xml/document.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { generateDocument, mutate, Random } from './generate-document.ts';

const DOCUMENTS = 3_000;

/** Every offset inside, children inside their parents, document order kept. */
function checkTree(doc: XmlDocument, name: string): void {
  const broken = (what: string, node: number): never => {
    throw new Error(`${name}: ${what} at node ${node}`);
  };
  for (let node = 1; node < doc.nodeCount; node++) {
    const parent = doc.parent[node]!;
    const [start, end] = [doc.start[node]!, doc.end[node]!];
    if (
      !(
        start >= 0 &&
        start <= doc.contentStart[node]! &&
        doc.contentStart[node]! <= doc.contentEnd[node]! &&
        doc.contentEnd[node]! <= end
      )
    ) {
      broken('offsets out of order', node);
    }
    if (!(end <= doc.octets.length && start < end)) broken('outside the octets', node);
    if (parent < 0 || parent >= node || start < doc.contentStart[parent]! || end > doc.contentEnd[parent]!) {
      broken('outside its parent', node);
    }
    if (!(doc.next[node]! > node && doc.next[node]! <= doc.next[parent]!)) broken('next', node);
    for (let a = doc.firstAttribute[node]!; a < doc.firstAttribute[node]! + doc.attributeCount[node]!; a++) {
      if (doc.attributeOwner[a] !== node) broken('attribute owner', node);
      if (doc.attributeNameStart[a]! < start || doc.attributeValueEnd[a]! >= doc.contentStart[node]!) {
        broken('attribute offsets', node);
      }
    }
  }
  if (doc.next[0] !== doc.nodeCount) broken('next of the document', 0);
}

test('generated documents are well-formed', () => {
  for (let seed = 0; seed < DOCUMENTS; seed++) {
    const text = generateDocument(new Random(seed));
    const result = parseXml(encodeUtf8(text), { budget: new Budget() });
    if (!result.wellFormed) {
      throw new Error(`seed ${seed}: ${JSON.stringify(result.problems)}\n${JSON.stringify(text)}`);
    }
    checkTree(result.document, `seed ${seed}`);
  }
});

test('changed documents give a tree and problems inside the input, and never an exception', () => {
  let refused = 0;
  for (let seed = 0; seed < DOCUMENTS; seed++) {
    const random = new Random(seed);
    const octets = mutate(random, generateDocument(random));
    const result = parseXml(octets, { budget: new Budget() });
    checkTree(result.document, `seed ${seed}`);
    if (!result.wellFormed) refused++;
    expect(result.wellFormed).toBe(!result.problems.some((problem) => problem.severity === 'error'));
    for (const { range } of result.problems) {
      expect(range.start, `seed ${seed}`).toBeGreaterThanOrEqual(0);
      expect(range.end, `seed ${seed}`).toBeGreaterThanOrEqual(range.start);
      expect(range.end, `seed ${seed}`).toBeLessThanOrEqual(octets.length);
    }
  }
  expect(refused).toBeGreaterThan(DOCUMENTS / 2);
  expect(refused).toBeLessThan(DOCUMENTS);
});

test('octets changed at random in any encoding: a tree, and ranges inside the input', () => {
  for (let seed = 0; seed < DOCUMENTS; seed++) {
    const random = new Random(seed);
    const text = generateDocument(random, { prolog: false, elements: 8 });
    const declaration =
      '<?xml version="1.0" ' +
      `encoding="${random.pick(['UTF-8', 'UTF-16', 'ISO-8859-1', 'windows-1252', 'US-ASCII', 'EBCDIC-CP-US'])}"?>`;
    const whole = `${random.chance(50) ? '\uFEFF' : ''}${random.chance(70) ? declaration : ''}${text}`;
    const octets = Uint8Array.from(Buffer.from(whole, random.pick(['utf8', 'utf16le', 'latin1'])));
    for (let changes = random.below(5); changes > 0; changes--) octets[random.below(octets.length)] = random.below(256);
    const input = octets.subarray(
      random.chance(10) ? 1 : 0,
      random.chance(20) ? random.below(octets.length) + 1 : octets.length,
    );
    const result = parseXml(input, { budget: new Budget() });
    checkTree(result.document, `seed ${seed}`);
    const outside = (range: { start: number; end: number }): boolean =>
      !(range.start >= 0 && range.start <= range.end && range.end <= input.length);
    for (const problem of result.problems) {
      if (outside(problem.range)) throw new Error(`seed ${seed}: ${JSON.stringify(problem)} in ${input.length} octets`);
    }
    const doc = result.document;
    for (let node = 0; node < doc.nodeCount; node++) {
      if (outside(doc.range(doc.start[node]!, doc.end[node]!))) throw new Error(`seed ${seed}: node ${node} outside`);
    }
  }
});
