/** What XPath 1.0 says in so many words: its own examples and the corners of its data model. */
import { describe, expect, test } from 'vitest';
import { parsed, value } from './evaluating.ts';

const empty = parsed('<a/>');

describe('examples of the specification', () => {
  test.each([
    ['substring-before("1999/04/01","/")', '1999'],
    ['substring-after("1999/04/01","/")', '04/01'],
    ['substring-after("1999/04/01","19")', '99/04/01'],
    ['substring("12345", 2, 3)', '234'],
    ['substring("12345", 2)', '2345'],
    ['substring("12345", 1.5, 2.6)', '234'],
    ['substring("12345", 0, 3)', '12'],
    ['substring("12345", 0 div 0, 3)', ''],
    ['substring("12345", 1, 0 div 0)', ''],
    ['substring("12345", -42, 1 div 0)', '12345'],
    ['substring("12345", -1 div 0, 1 div 0)', ''],
    ['translate("bar","abc","ABC")', 'BAr'],
    ['translate("--aaa--","abc-","ABC")', 'AAA'],
    ['5 mod 2', 1],
    ['5 mod -2', 1],
    ['-5 mod 2', -1],
    ['-5 mod -2', -1],
  ])('%s', (source, expected) => {
    expect(value(empty, source)).toBe(expected);
  });
});

describe('numbers as text', () => {
  test.each([
    ['string(0 div 0)', 'NaN'],
    ['string(-0)', '0'],
    ['string(1 div 0)', 'Infinity'],
    ['string(-1 div 0)', '-Infinity'],
    ['string(-1.50)', '-1.5'],
    ['string(1000000000000000000000000)', '1000000000000000000000000'],
    ['string(0.0000001)', '0.0000001'],
    ['string(-0.00000012)', '-0.00000012'],
    ['string(number("1e3"))', 'NaN'],
    ['string(number("+1"))', 'NaN'],
    ['string(number(" -.5 "))', '-0.5'],
    ['string(number("1."))', '1'],
    ['string(number("- 1"))', 'NaN'],
    ['string(round(-0.2))', '0'],
    ['string(1 div round(-0.2))', '-Infinity'],
    ['string(round(-2.5))', '-2'],
    ['string(round(2.5))', '3'],
  ])('%s', (source, expected) => {
    expect(value(empty, source)).toBe(expected);
  });
});

test('adjacent text and CDATA are one text node, an empty one is none', () => {
  const document = parsed('<a>x<![CDATA[y]]>z<b/><![CDATA[]]><c>t</c><![CDATA[]]>u<!-- -->v</a>');
  expect(value(document, 'count(/a/text())')).toBe(3);
  expect(value(document, 'string(/a/text()[1])')).toBe('xyz');
  expect(value(document, 'string(/a/text()[2])')).toBe('u');
  expect(value(document, 'string(/a/b/preceding-sibling::text())')).toBe('xyz');
  expect(value(document, 'name(/a/text()[1]/following-sibling::*[1])')).toBe('b');
  expect(value(document, 'count(//text()[. = "xyz"]/following::node())')).toBe(6);
});

test('white space around the root element is no text node', () => {
  expect(value(parsed('\n<!-- c -->\n<a/>\n'), 'count(/node())')).toBe(2);
});

test('declarations are no attributes; namespace nodes are inherited, and xmlns="" leaves none', () => {
  const document = parsed('<a xmlns="urn:d" xmlns:p="urn:p" p:k="1"><b xmlns=""/></a>');
  expect(value(document, '//@*')).toEqual(['1@p:k']);
  expect(value(document, '/*/namespace::*')).toEqual(['1#', '1#xml', '1#p']);
  expect(value(document, '//b/namespace::*')).toEqual(['2#xml', '2#p']);
  expect(value(document, 'string(//b/namespace::p)')).toBe('urn:p');
  expect(value(document, 'namespace-uri(//b/namespace::p)')).toBe('');
});

test('document order: an element, its namespace nodes, its attributes, its content', () => {
  const document = parsed('<a k="1"><b k="2"/></a>');
  expect(value(document, '//b | //@k | //namespace::* | //a')).toEqual(['1', '1#xml', '1@k', '2', '2#xml', '2@k']);
});

test('names without prefix are in no namespace', () => {
  expect(value(parsed('<a xmlns="urn:d"/>'), 'count(//a)')).toBe(0);
  expect(value(parsed('<a xmlns="urn:d"/>'), 'count(//d:a)', { d: 'urn:d' })).toBe(1);
});

test('operators and names are told apart by what stands before them', () => {
  const document = parsed('<div><and>6</and><or>3</or></div>');
  expect(value(document, 'div/and div div/or')).toBe(2);
  expect(value(document, '*/* = 3 and */or * 2 = 6')).toBe(true);
});
