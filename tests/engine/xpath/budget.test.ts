/** Evaluation ends at the budget's bound, and typical expressions grow with the document, not with its square. */
import { expect, test } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { selectNodes } from '../../../src/engine/xpath/select-nodes.ts';
import { parsed, value } from './evaluating.ts';

const wide = (items: number) => parsed(`<r xmlns:p="urn:p">${'<p:i k="v"><j>t</j></p:i>'.repeat(items)}</r>`);
const deep = (levels: number) => parsed(`${'<d>'.repeat(levels)}x${'</d>'.repeat(levels)}`);

test('a bound is kept to the step', () => {
  const document = wide(10);
  const budget = new Budget();
  selectNodes(document, '//*', new Map(), budget);
  const needed = budget.spent('xpathSteps');
  expect(needed).toBeGreaterThan(20);
  expect(selectNodes(document, '//*', new Map(), new Budget({ ...DEFAULT_LIMITS, xpathSteps: needed })).ok).toBe(true);
  expect(() =>
    selectNodes(document, '//*', new Map(), new Budget({ ...DEFAULT_LIMITS, xpathSteps: needed - 1 })),
  ).toThrow(BudgetExceeded);
});

test.each([
  '//*[count(//*[count(.//node()) > 1]) > 1 and count(preceding::*) > 0]',
  '//*[contains(string(..), .)]',
  '//node()[count(following::node()/preceding::node()) > 1]',
])('an expensive expression runs into the bound: %s', (source) => {
  expect(() => value(wide(3_000), source)).toThrow(BudgetExceeded);
});

test.each([
  ['//node()[not(ancestor-or-self::p:i)]'],
  ['//*//*//*'],
  ['//*[@k = "v"]/ancestor::*'],
  ['//j/following-sibling::* | //j/following::* | //j/preceding::*'],
  ['(//. | //@* | //namespace::*)[ancestor-or-self::p:i]'],
])('steps grow with the document: %s', (source) => {
  const steps = (items: number) => {
    const budget = new Budget();
    expect(selectNodes(wide(items), source, new Map([['p', 'urn:p']]), budget).ok).toBe(true);
    return budget.spent('xpathSteps');
  };
  expect(steps(2_000) / steps(1_000)).toBeLessThan(2.2);
});

test('ancestors are asked once a node, however deep', () => {
  const steps = (levels: number) => {
    const budget = new Budget();
    expect(selectNodes(deep(levels), '//node()[ancestor-or-self::none]', new Map(), budget).ok).toBe(true);
    return budget.spent('xpathSteps');
  };
  expect(steps(250) / steps(125)).toBeLessThan(2.2);
});
