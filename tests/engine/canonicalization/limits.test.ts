/** Canonicalization spends the run's budget, is not stopped by depth, and reports relative namespace URIs. */
import { C14N_10, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { canonicalize } from '../../../src/engine/canonicalization/canonicalize.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { canonical, elementNamed, method, parsed, selected, subtree } from './documents.ts';

describe('derivedOctets', () => {
  const document = parsed('<a xmlns="urn:a"><b/></a>');
  const size = '<a xmlns="urn:a"><b></b></a>'.length;
  const budget = (derivedOctets: number) => new Budget({ ...DEFAULT_LIMITS, derivedOctets });
  it('at the limit', () => {
    const spent = budget(size);
    expect(canonicalize(subtree(document), method(C14N_10), spent).octets.length).toBe(size);
    expect(spent.spent('derivedOctets')).toBe(size);
  });
  it('one past it', () => {
    expect(() => canonicalize(subtree(document), method(C14N_10), budget(size - 1))).toThrow(BudgetExceeded);
  });
  it('adds up over the run, and asking for the origin costs nothing', () => {
    const spent = budget(2 * size);
    canonicalize(subtree(document), method(C14N_10), spent).origin();
    canonicalize(subtree(document), method(C14N_10), spent).origin();
    expect(() => canonicalize(subtree(document, 1), method(C14N_10), spent)).toThrow(BudgetExceeded);
  });
  it('also holds for what a node-set makes work for', () => {
    const many = parsed(
      `<r ${Array.from({ length: 100 }, (_, i) => `xmlns:p${i}="urn:${i}"`).join(' ')}>${'<e/>'.repeat(100)}</r>`,
    );
    expect(() =>
      canonicalize(selected(many, { node: () => false, namespace: () => false }), method(C14N_10), budget(5000)),
    ).toThrow(BudgetExceeded);
  });
});

it('does not recurse', () => {
  const depth = 200_000;
  const xml = '<a>'.repeat(depth) + '</a>'.repeat(depth);
  const document = parseXml(encodeUtf8(xml), {
    budget: new Budget({ ...DEFAULT_LIMITS, elementDepth: depth }),
  }).document;
  expect(canonical(subtree(document), method(EXCLUSIVE_C14N))).toBe(xml);
  expect(canonical(selected(document, {}), method(C14N_10))).toBe(xml);
});

it('relative namespace URIs in scope or inside, each once', () => {
  const document = parsed(
    '<a xmlns:p="../rel" xmlns:q="urn:q" xmlns=""><b xmlns="x"/><c xmlns="1"><d xmlns="1"/></c><e/></a>',
  );
  const of = (apex: number, excluded: number[] = []) =>
    canonicalize(subtree(document, apex, excluded), method(C14N_10), new Budget()).relativeNamespaces;
  expect(of(0)).toEqual({ uris: ['../rel', 'x', '1'], within: true });
  expect(of(elementNamed(document, 'c'))).toEqual({ uris: ['../rel', '1'], within: true });
  expect(of(elementNamed(document, 'e'))).toEqual({ uris: ['../rel'], within: false });
  expect(of(0, [elementNamed(document, 'c')])).toEqual({ uris: ['../rel', 'x'], within: true });
  expect(canonicalize(selected(document, {}), method(C14N_10), new Budget()).relativeNamespaces).toEqual({
    uris: ['../rel', 'x', '1'],
    within: true,
  });
});

it('a document that broke off has a canonical form as far as it goes', () => {
  const document = parseXml(encodeUtf8('<a xmlns="urn:a"><b>text &amp; more'), { budget: new Budget() }).document;
  expect(canonical(subtree(document), method(C14N_10))).toMatch(/^<a xmlns="urn:a"><b>.*<\/b><\/a>$/);
});
