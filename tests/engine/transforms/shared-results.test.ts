/**
 * A part that many references name with the same transforms is made once and paid for once (docs/limits.md, "Bounds").
 */
import { expect, test } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import type { CanonicalizationMethod } from '../../../src/engine/canonicalization/canonicalize-types.ts';
import { SharedResults } from '../../../src/engine/transforms/shared-results.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { EXCLUSIVE } from '../../building/names.ts';

const exclusive: CanonicalizationMethod = {
  uri: EXCLUSIVE,
  family: 'exclusive-1.0',
  comments: false,
  inclusivePrefixes: [],
};
const { document } = parseXml(encodeUtf8('<a xmlns:p="urn:p"><b>1</b><p:c>2</p:c></a>'), { budget: new Budget() });
const whole = { type: 'subtree', document, apex: 0, comments: false, excluded: [] } as const;

test('the same nodes under the same method are written and paid for once', () => {
  const shared = new SharedResults();
  const budget = new Budget();
  const first = shared.canonical(whole, exclusive, budget);
  const paid = budget.spent('derivedOctets');
  expect(shared.canonical({ ...whole }, { ...exclusive }, budget).octets).toBe(first.octets);
  expect(budget.spent('derivedOctets')).toBe(paid);
});

test('another method, prefix list, place or exclusion makes other octets', () => {
  const shared = new SharedResults();
  const budget = new Budget();
  const { octets } = shared.canonical(whole, exclusive, budget);
  const text = (set: Parameters<SharedResults['canonical']>[0], method = exclusive) =>
    Buffer.from(shared.canonical(set, method, budget).octets).toString();
  expect(Buffer.from(octets).toString()).toBe('<a><b>1</b><p:c xmlns:p="urn:p">2</p:c></a>');
  expect(text(whole, { ...exclusive, inclusivePrefixes: ['p'] })).toBe('<a xmlns:p="urn:p"><b>1</b><p:c>2</p:c></a>');
  expect(text({ ...whole, apex: 2 })).toBe('<b>1</b>');
  expect(text({ ...whole, excluded: [2] })).toBe('<a><p:c xmlns:p="urn:p">2</p:c></a>');
  // What stands outside is not left out of anything.
  expect(shared.canonical({ ...whole, apex: 2, excluded: [4] }, exclusive, budget).octets).toBe(
    shared.canonical({ ...whole, apex: 2 }, exclusive, budget).octets,
  );
});

test('content of an attachment is made once, and says under each reference where it came from', () => {
  const shared = new SharedResults();
  const budget = new Budget({ ...DEFAULT_LIMITS, derivedOctets: 8 });
  const octets = encodeUtf8('a\nb\n');
  const one = shared.content(octets, 'text', 's1', budget);
  const two = shared.content(octets, 'text', 's2', budget);
  expect(two?.octets).toBe(one?.octets);
  expect([one?.origin().source, two?.origin().source]).toEqual(['s1', 's2']);
  expect(shared.content(encodeUtf8('<a'), 'xml', 's3', budget)).toBeNull();
});
