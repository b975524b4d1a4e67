/**
 * Each bound of the budget that parsing spends or checks: at the limit the document is read, one past it BudgetExceeded
 * names bound and place.
 */
import { describe, expect, test } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS, type Limits } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const nested = (depth: number): string => '<a>'.repeat(depth - 1) + '<a/>' + '</a>'.repeat(depth - 1);
const attributes = (count: number): string =>
  `<a ${Array.from({ length: count }, (_, i) => (i % 2 === 0 ? `a${i}="1"` : `xmlns:p${i}="urn:p"`)).join(' ')}/>`;

/** bound, its value, a document of that size, the offset at which one more is noticed. */
const table: readonly (readonly [keyof Limits, number, (size: number) => string, number])[] = [
  ['inputOctets', 100, (size) => `<a>${'x'.repeat(size - 7)}</a>`, 100],
  ['elementDepth', 20, nested, 60],
  ['elementDepth', DEFAULT_LIMITS.elementDepth, nested, 3 * DEFAULT_LIMITS.elementDepth],
  ['elementDepth', 20, (size) => '<a>'.repeat(size) + '</a>'.repeat(size), 60],
  ['attributesPerElement', 10, attributes, attributes(10).length - 1],
  [
    'attributesPerElement',
    DEFAULT_LIMITS.attributesPerElement,
    attributes,
    attributes(DEFAULT_LIMITS.attributesPerElement).length - 1,
  ],
  ['nodes', 50, (size) => `<a>${'<b/>'.repeat(size - 1)}</a>`, 3 + 49 * 4],
  ['nodes', 50, (size) => `<a>${'<!---->'.repeat(size - 1)}</a>`, 3 + 49 * 7],
  ['nameLength', 30, (size) => `<${'n'.repeat(size)}/>`, 1],
  ['nameLength', 30, (size) => `<a ${'n'.repeat(size)}="1"/>`, 3],
  ['nameLength', DEFAULT_LIMITS.nameLength, (size) => `<?${'n'.repeat(size)}?><a/>`, 2],
];

describe('bounds', () => {
  test.each(table)('%s %i', (bound, limit, document, offset) => {
    const limits = { ...DEFAULT_LIMITS, [bound]: limit };
    expect(parseXml(encodeUtf8(document(limit)), { budget: new Budget(limits) }).wellFormed).toBe(true);
    try {
      parseXml(encodeUtf8(document(limit + 1)), { budget: new Budget(limits) });
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(BudgetExceeded);
      expect(error).toMatchObject({ bound, limit, offset });
    }
  });
});

test('nodes add up over the documents of one run', () => {
  const budget = new Budget({ ...DEFAULT_LIMITS, nodes: 10 });
  const document = encodeUtf8('<a><b/>text<!-- c --><?d?></a>');
  expect(parseXml(document, { budget }).wellFormed).toBe(true);
  expect(budget.spent('nodes')).toBe(5);
  expect(parseXml(document, { budget }).wellFormed).toBe(true);
  expect(() => parseXml(document, { budget })).toThrow(BudgetExceeded);
});

test('a place is an offset of the input in its own encoding', () => {
  const octets = Uint8Array.from(Buffer.from(`\uFEFF${nested(21)}`, 'utf16le'));
  try {
    parseXml(octets, { budget: new Budget({ ...DEFAULT_LIMITS, elementDepth: 20 }) });
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ bound: 'elementDepth', offset: 2 + 120 });
  }
});

test('a broken document spends the nodes that it has', () => {
  const budget = new Budget();
  parseXml(encodeUtf8('<a><b/><c></a>'), { budget });
  expect(budget.spent('nodes')).toBe(3);
});
