/** The origin map of canonical octets: total over them, true to the source, and complete over the source too. */
import { C14N_10, C14N_11, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { composeOrigins } from '../../../src/engine/bytes/origin-compose.ts';
import type { OriginSegment } from '../../../src/engine/bytes/origin-map.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { canonicalize } from '../../../src/engine/canonicalization/canonicalize.ts';
import type { NodeSet } from '../../../src/engine/canonicalization/node-set.ts';
import type { CanonicalizationMethod } from '../../../src/engine/canonicalization/canonicalize-types.ts';
import { generateDocument, Random } from '../xml/generate-document.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { elementNamed, method, parsed, selected, subtree } from './documents.ts';
import { METHOD_URIS, randomPrefixList, withRelativeBases } from './random-methods.ts';

/** Says what is wrong with a map, or nothing. */
function faultOf(set: NodeSet, algorithm: CanonicalizationMethod, first: number, last: number): string | null {
  const canonical = canonicalize(set, algorithm, new Budget());
  const { source, segments } = canonical.origin();
  if (source !== set.document.space) return 'space';
  let end = 0;
  const covered: (readonly [number, number])[] = [];
  for (const segment of segments) {
    const { start, sourceStart, sourceEnd, kind } = segment;
    if (start !== end) return `gap at ${start}`;
    end = segment.end;
    if (sourceEnd < sourceStart || end < start) return `backwards at ${start}`;
    if (kind === 'removed' ? start !== end || sourceStart === sourceEnd : start === end) {
      return `${kind} of ${end - start} at ${start}`;
    }
    if (kind === 'added' && sourceStart !== sourceEnd) return `added with a source at ${start}`;
    if (kind === 'copied') {
      if (end - start !== sourceEnd - sourceStart) return `copy of another length at ${start}`;
      for (let i = start; i < end; i++) {
        if (canonical.octets[i] !== set.document.octets[sourceStart + i - start]) return `copy differs at ${i}`;
      }
    }
    if (kind === 'rewritten' && sourceStart === sourceEnd) return `rewritten from nothing at ${start}`;
    if (kind !== 'added') covered.push([sourceStart, sourceEnd]);
  }
  if (end !== canonical.octets.length) return `ends at ${end} of ${canonical.octets.length}`;
  covered.sort((a, b) => a[0] - b[0]);
  let at = first;
  for (const [from, to] of covered) {
    if (from > at) return `source ${at} to ${from} left out`;
    at = Math.max(at, to);
  }
  return at < last ? `source from ${at} left out` : null;
}

describe.each([0, 1, 2, 3])('generated documents, part %i', (part) => {
  it('have total and true maps', () => {
    for (let seed = part; seed < 2000; seed += 4) {
      const random = new Random(seed);
      const document = parsed(withRelativeBases(generateDocument(random), random));
      const algorithm = method(random.pick(METHOD_URIS), randomPrefixList(random));
      const apex = random.chance(30) ? 0 : random.below(document.nodeCount);
      const within = document.next[apex]! - apex;
      const excluded = random.chance(30) && within > 1 ? [apex + 1 + random.below(within - 1)] : [];
      const [first, last] = apex === 0 ? [0, document.octets.length] : [document.start[apex]!, document.end[apex]!];
      expect({ seed, fault: faultOf(subtree(document, apex, excluded), algorithm, first, last) }).toEqual({
        seed,
        fault: null,
      });
      const some = selected(document, {
        node: (node) => (node * 7919 + seed) % 5 !== 0,
        attribute: (a) => (a * 31 + seed) % 4 !== 0,
        namespace: (e) => (e + seed) % 3 !== 0,
      });
      expect({ seed, fault: faultOf(some, algorithm, 0, document.octets.length) }).toEqual({ seed, fault: null });
    }
  }, 30_000);
});

/** The map as pieces of text. */
function told(xml: string, apex: string, algorithm: CanonicalizationMethod): string[] {
  const document = parsed(xml);
  const canonical = canonicalize(subtree(document, elementNamed(document, apex)), algorithm, new Budget());
  return canonical.origin().segments.map(({ start, end, sourceStart, sourceEnd, kind }: OriginSegment) => {
    const derived = decodeUtf8(canonical.octets, start, end);
    const source = decodeUtf8(document.octets, sourceStart, sourceEnd);
    return kind === 'copied'
      ? derived
      : kind === 'added'
        ? `+${derived}`
        : kind === 'removed'
          ? `-${source}`
          : `${source}→${derived}`;
  });
}

it('tells what happened to each part', () => {
  expect(
    told(`<r xmlns:p="urn:p"><p:a  c='2' b="1"><e/>x&#x41;\r\n</p:a ></r>`, 'p:a', method(EXCLUSIVE_C14N)),
  ).toEqual([
    '<p:a',
    '- ',
    '+ xmlns:p="urn:p"',
    ' b="1"',
    ' c=',
    `'→"`,
    '2',
    `'→"`,
    '><e',
    '/>→></e>',
    'x',
    '&#x41;→A',
    '\r\n→\n',
    '</p:a',
    '- ',
    '>',
  ]);
});

it('a canonical document is one copy', () => {
  const document = parsed('<a xmlns="urn:a" b="1"><c>x &amp; y</c><!--z--></a>');
  expect(canonicalize(subtree(document), method(`${C14N_10}#WithComments`), new Budget()).origin()).toEqual({
    source: 'input',
    segments: [
      { start: 0, end: document.octets.length, sourceStart: 0, sourceEnd: document.octets.length, kind: 'copied' },
    ],
  });
});

it('an inherited and a joined attribute are told apart', () => {
  expect(told('<a xml:base="x/" xml:lang="en"><b xml:base="y"/></a>', 'b', method(C14N_11))).toEqual([
    '<b xml:base="',
    'y→x/y',
    '"',
    '+ xml:lang="en"',
    '/>→></b>',
  ]);
});

it('leads to the octets of a UTF-16 input', () => {
  const text = '\uFEFF<a><b>é</b></a>';
  const input = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    [input[2 * i], input[2 * i + 1]] = [text.charCodeAt(i) & 0xff, text.charCodeAt(i) >> 8];
  }
  const document = parsed(input);
  const canonical = canonicalize(subtree(document, elementNamed(document, 'b')), method(C14N_10), new Budget());
  expect(canonical.octets).toEqual(encodeUtf8('<b>é</b>'));
  expect(canonical.origin().segments).toEqual([{ start: 0, end: 9, sourceStart: 8, sourceEnd: 24, kind: 'rewritten' }]);
});

it('composes: canonical octets of canonical octets lead back to the input', () => {
  for (let seed = 0; seed < 500; seed++) {
    const random = new Random(seed);
    const document = parsed(generateDocument(random));
    const first = canonicalize(subtree(document), method(`${C14N_10}#WithComments`), new Budget());
    const derived = parseXml(first.octets, { budget: new Budget(), space: 's1' }).document;
    const apex = derived.root + random.below(derived.next[derived.root]! - derived.root);
    const second = canonicalize(subtree(derived, apex), method(EXCLUSIVE_C14N), new Budget());
    const composed = composeOrigins(second.origin().segments, first.origin().segments);
    let end = 0;
    for (const { start, end: after, sourceStart, kind } of composed) {
      expect({ seed, start }).toEqual({ seed, start: end });
      end = after;
      if (kind === 'copied') {
        expect(decodeUtf8(second.octets, start, after)).toBe(
          decodeUtf8(document.octets, sourceStart, sourceStart + after - start),
        );
      }
    }
    expect(end).toBe(second.octets.length);
  }
}, 30_000);
