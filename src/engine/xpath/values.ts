/** Values of XPath 1.0 and their conversions and comparisons (XML Path Language 1.0 §3.4, §4.2 to §4.4). */
import type { ComparisonOperator } from './expression.ts';
import type { NodeNumbers, XPathNode } from './node-numbers.ts';
import { isSpace } from './tokenize.ts';

/** Node-sets are sorted in document order, without repetition. */
export type XPathValue = readonly XPathNode[] | string | number | boolean;

/** boolean() (§4.3). */
export function toBoolean(value: XPathValue): boolean {
  if (typeof value === 'object') return value.length > 0;
  return typeof value === 'number' ? value !== 0 && !Number.isNaN(value) : Boolean(value);
}

/** string() (§4.2). */
export function toText(value: XPathValue, nodes: NodeNumbers): string {
  if (typeof value === 'object') {
    const [first] = value;
    return first === undefined ? '' : nodes.stringValue(first);
  }
  if (typeof value === 'number') return numberText(value);
  return String(value);
}

/** number() (§4.4). */
export function toNumber(value: XPathValue, nodes: NodeNumbers): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return parseNumber(toText(value, nodes));
}

/** §4.4: optional white space, optional minus sign, Number, optional white space; anything else is NaN. */
function parseNumber(text: string): number {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  const trimmed = text.slice(start, end);
  return /^-?(?:\d+(?:\.\d*)?|\.\d+)$/.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** §4.2: decimal without exponent, as many digits as tell the number from all others. */
function numberText(value: number): string {
  if (value === 0) return '0';
  const text = String(value);
  const exponentAt = text.indexOf('e');
  if (exponentAt < 0) return text;
  const exponent = Number(text.slice(exponentAt + 1));
  const sign = text.startsWith('-') ? '-' : '';
  const mantissa = text.slice(sign.length, exponentAt);
  const point = mantissa.indexOf('.');
  const digits = mantissa.replace('.', '');
  const integerDigits = (point < 0 ? mantissa.length : point) + exponent;
  if (integerDigits <= 0) return `${sign}0.${'0'.repeat(-integerDigits)}${digits}`;
  return `${sign}${digits.padEnd(integerDigits, '0')}`;
}

/** §3.4. Linear in the members of both sides. */
export function compare(
  operator: ComparisonOperator,
  left: XPathValue,
  right: XPathValue,
  nodes: NodeNumbers,
): boolean {
  if (typeof left === 'object') {
    return typeof right === 'object'
      ? compareSets(operator, left, right, nodes)
      : compareSetWith(operator, left, right, nodes);
  }
  if (typeof right === 'object') return compareSetWith(MIRRORED[operator], right, left, nodes);
  if (operator !== '=' && operator !== '!=') return ordered(operator, toNumber(left, nodes), toNumber(right, nodes));
  if (typeof left === 'boolean' || typeof right === 'boolean') {
    return (toBoolean(left) === toBoolean(right)) === (operator === '=');
  }
  if (typeof left === 'number' || typeof right === 'number') {
    return (toNumber(left, nodes) === toNumber(right, nodes)) === (operator === '=');
  }
  return (left === right) === (operator === '=');
}

const MIRRORED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

function ordered(operator: ComparisonOperator, left: number, right: number): boolean {
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '=':
      return left === right;
    case '!=':
      return left !== right;
  }
}

function compareSetWith(
  operator: ComparisonOperator,
  set: readonly XPathNode[],
  other: string | number | boolean,
  nodes: NodeNumbers,
): boolean {
  if (typeof other === 'boolean') return compare(operator, set.length > 0, other, nodes);
  if (typeof other === 'number' || (operator !== '=' && operator !== '!=')) {
    const number = toNumber(other, nodes);
    return set.some((node) => ordered(operator, parseNumber(nodes.stringValue(node)), number));
  }
  return set.some((node) => (nodes.stringValue(node) === other) === (operator === '='));
}

/** True where some pair of members compares true; never by trying every pair. */
function compareSets(
  operator: ComparisonOperator,
  left: readonly XPathNode[],
  right: readonly XPathNode[],
  nodes: NodeNumbers,
): boolean {
  if (left.length === 0 || right.length === 0) return false;
  if (operator === '=' || operator === '!=') {
    const values = new Set(left.map((node) => nodes.stringValue(node)));
    if (operator === '=') return right.some((node) => values.has(nodes.stringValue(node)));
    // Two different values on one side differ from anything on the other.
    return values.size > 1 || right.some((node) => !values.has(nodes.stringValue(node)));
  }
  const less = operator === '<' || operator === '<=';
  const [a, b] = [extreme(left, less, nodes), extreme(right, !less, nodes)];
  return ordered(operator, a, b);
}

/** The least or greatest number in a set, NaN left out; NaN where nothing else is there. */
function extreme(set: readonly XPathNode[], least: boolean, nodes: NodeNumbers): number {
  let best = Number.NaN;
  for (const node of set) {
    const value = parseNumber(nodes.stringValue(node));
    if (Number.isNaN(best) || (least ? value < best : value > best)) best = Number.isNaN(value) ? best : value;
  }
  return best;
}
