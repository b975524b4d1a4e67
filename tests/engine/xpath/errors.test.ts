/** Expressions that are wrong are data with a place, whatever they hold. */
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../src/engine/xpath/parse-expression.ts';
import { parsed, value } from './evaluating.ts';

const document = parsed('<a><b/></a>');

describe('errors with their position', () => {
  test.each([
    ['', 'xpath-syntax@0'],
    ['a b', 'xpath-syntax@2'],
    ['a[', 'xpath-syntax@2'],
    ['a]', 'xpath-syntax@1'],
    ["'open", 'xpath-syntax@0'],
    ['a/', 'xpath-syntax@2'],
    ['//', 'xpath-syntax@2'],
    ['a::b', 'xpath-axis-unknown@0'],
    ['x:y', 'xpath-prefix-undeclared@0'],
    ['a/@x:*', 'xpath-prefix-undeclared@3'],
    ['$v', 'xpath-variable-unbound@0'],
    ['1 + foo()', 'xpath-function-unknown@4'],
    ['x:here()', 'xpath-function-unknown@0'],
    ['not()', 'xpath-arguments@0'],
    ['substring(1,2,3,4)', 'xpath-arguments@0'],
    ['count(1)', 'xpath-type@0'],
    ['1 | a', 'xpath-type@0'],
    ["'a'/b", 'xpath-type@0'],
    ['true()[1]', 'xpath-type@0'],
    ['#', 'xpath-syntax@0'],
    ['here()', 'xpath-here-unavailable@-1'],
  ])('%s', (source, error) => {
    expect(value(document, source)).toBe(error);
  });
});

test('nesting is bounded, chains are not', () => {
  const deep = (levels: number) => `${'('.repeat(levels)}1${')'.repeat(levels)}`;
  expect(value(document, deep(64))).toBe(1);
  expect(value(document, deep(65))).toBe('xpath-too-deep@65');
  expect(value(document, Array.from({ length: 10_000 }, () => '1').join(' + '))).toBe(10_000);
  expect(value(document, Array.from({ length: 5_000 }, () => 'false()').join(' or '))).toBe(false);
  expect(value(document, `${'-'.repeat(10_001)}1`)).toBe(-1);
});

test('length is bounded', () => {
  expect(parseExpression(' '.repeat(65_535) + '1', new Map()).ok).toBe(true);
  expect(parseExpression(' '.repeat(65_536) + '1', new Map()).ok).toBe(false);
});

test('an id that stands twice is an error of id()', () => {
  const twice = { here: null, elementsById: (id: string) => (id === 'x' ? [1, 2] : []) };
  expect(value(document, "id('x')", {}, undefined, twice)).toBe('dup-id@-1');
  expect(value(document, "count(id('y'))", {}, undefined, twice)).toBe(0);
});
