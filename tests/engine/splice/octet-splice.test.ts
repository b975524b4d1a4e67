/** Splices against a naive oracle: a list of octets that each know where they came from. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { OriginIndex } from '../../../src/engine/bytes/origin-index.ts';
import { OriginBuilder } from '../../../src/engine/bytes/origin-map.ts';
import { spliceOctets, splicedMap, spliceOrigin, type Splice } from '../../../src/engine/splice/octet-splice.ts';
import { spliceDocument } from '../../../src/engine/splice/spliced-document.ts';
import { childElements, elementPath } from '../../../src/engine/xml/navigate.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (octets: Uint8Array) => new TextDecoder().decode(octets);

/** Splices in order of their places: [octets before, octets replaced, octets put there]. */
const plan = fc.array(fc.tuple(fc.nat(5), fc.nat(4), fc.nat(5)), { maxLength: 15 });

/** The source holds its own offsets, what is put in the numbers from 200 on. */
function laidOut(steps: readonly (readonly [number, number, number])[]): {
  readonly splices: readonly Splice[];
  readonly length: number;
} {
  const splices: Splice[] = [];
  let at = 0;
  for (const [before, replaced, put] of steps) {
    const start = at + before;
    at = start + replaced;
    splices.push({ start, end: at, octets: new Uint8Array(put).fill(200) });
  }
  return { splices, length: at + 3 };
}

describe('splices', () => {
  test('put octets where they say and tell the origin of every octet', () => {
    fc.assert(
      fc.property(plan, (steps) => {
        const { splices, length } = laidOut(steps);
        const source = Uint8Array.from({ length }, (_, octet) => octet);
        const expected: number[] = [];
        const origins: { kind: string; start: number; end: number }[] = [];
        let from = 0;
        const copy = (end: number) => {
          for (; from < end; from++) {
            expected.push(from);
            origins.push({ kind: 'copied', start: from, end: from + 1 });
          }
        };
        for (const { start, end, octets } of splices) {
          copy(start);
          for (const octet of octets) {
            expected.push(octet);
            origins.push({ kind: start === end ? 'added' : 'rewritten', start, end });
          }
          from = end;
        }
        copy(length);
        const segments = spliceOrigin(splices, { start: 0, end: length });
        const index = new OriginIndex(segments);
        expect([...spliceOctets(source, splices)]).toEqual(expected);
        expect(expected.map((_, at) => ({ kind: index.segmentAt(at)?.kind, ...index.sourceOf(at, at + 1) }))).toEqual(
          origins,
        );
        const removed = segments.filter((segment) => segment.kind === 'removed');
        const deleted = splices.filter(({ start, end, octets }) => start < end && octets.length === 0);
        const size = (list: readonly { start: number; end: number }[]) =>
          list.reduce((sum, { start, end }) => sum + end - start, 0);
        expect(size(removed.map(({ sourceStart: start, sourceEnd: end }) => ({ start, end })))).toBe(size(deleted));
      }),
      { seed: 20261127, numRuns: 1000 },
    );
  });

  test('of a part are those of the whole, cut to it', () => {
    const source = encode('<a>one</a><b>two</b>');
    const splices = [{ start: 13, end: 16, octets: encode('2') }];
    const within = { start: 10, end: 20 };
    expect(decode(spliceOctets(source, splices, within))).toBe('<b>2</b>');
    expect(new OriginIndex(spliceOrigin(splices, within)).sourceOf(3, 4)).toEqual({ start: 13, end: 16 });
  });

  test('that overlap or stand outside are a defect of the caller', () => {
    const source = new Uint8Array(10);
    const none = new Uint8Array(0);
    const wrong: readonly (readonly Splice[])[] = [
      [
        { start: 2, end: 6, octets: none },
        { start: 5, end: 7, octets: none },
      ],
      [
        { start: 4, end: 5, octets: none },
        { start: 1, end: 2, octets: none },
      ],
      [{ start: 8, end: 11, octets: none }],
      [{ start: 6, end: 5, octets: none }],
    ];
    for (const splices of wrong) {
      expect(() => spliceOctets(source, splices)).toThrow(RangeError);
      expect(() => spliceOrigin(splices, { start: 0, end: 10 })).toThrow(RangeError);
    }
  });

  test('of derived octets lead to the source of these', () => {
    const before = new OriginBuilder();
    before.copy(100, 104);
    before.rewrite(3, 104, 110);
    const splices = [{ start: 2, end: 2, octets: encode('++') }];
    expect(splicedMap({ source: 'input', segments: before.segments }, 7, splices)).toEqual({
      source: 'input',
      segments: [
        { start: 0, end: 2, sourceStart: 100, sourceEnd: 102, kind: 'copied' },
        { start: 2, end: 4, sourceStart: 102, sourceEnd: 102, kind: 'added' },
        { start: 4, end: 6, sourceStart: 102, sourceEnd: 104, kind: 'copied' },
        { start: 6, end: 9, sourceStart: 104, sourceEnd: 110, kind: 'rewritten' },
      ],
    });
  });
});

describe('a document after splices', () => {
  test('has its elements where they were, those put in where they were put', () => {
    const source = parseXml(encode('<a><b>long text</b><c/><d/></a>'), { budget: new Budget() }).document;
    const splices = [
      { start: 6, end: 15, octets: encode('x') },
      { start: 19, end: 19, octets: encode('<new/>') },
      { start: 19, end: 23, octets: new Uint8Array(0) },
    ];
    const { document, wellFormed } = spliceDocument(source, splices, new Budget());
    expect(wellFormed).toBe(true);
    expect(decode(document.octets)).toBe('<a><b>x</b><new/><d/></a>');
    const places = childElements(document, document.root).map((node) => ({
      path: elementPath(document, node),
      ...document.range(document.start[node]!, document.end[node]!),
    }));
    expect(places).toEqual([
      { path: '/a/b', space: 'input', start: 3, end: 19 },
      { path: '/a/new', space: 'input', start: 19, end: 19 },
      { path: '/a/d', space: 'input', start: 23, end: 27 },
    ]);
  });
});
