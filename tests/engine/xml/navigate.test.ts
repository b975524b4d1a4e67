/** The accessors that every room reads the tree with. */
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { decodeUtf8, encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { NO_NODE, NodeFlag, NodeKind } from '../../../src/engine/xml/document.ts';
import {
  ancestors,
  attributeRange,
  attributeValue,
  attributeValueRange,
  childElements,
  childElementsNamed,
  descendantElements,
  descendantElementsNamed,
  elementPath,
  findAttribute,
  firstChildElement,
  inScopeNamespaces,
  isElement,
  isWithin,
  localName,
  nodeRange,
  qualifiedName,
  resolvePrefix,
  resolveQName,
  startTagRange,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const TEXT =
  '<?xml version="1.0"?><!-- c --><s:E xmlns:s="urn:s" xmlns="urn:d" a=" x&#10;\n y "><s:B/><B p:id=\'1\' ' +
  'xmlns:p="urn:p">t<![CDATA[<&]]>&gt;\r\n<i xmlns="" xmlns:s="urn:t"><j/></i></B><B/></s:E><?end?>';
const octets = encodeUtf8(TEXT);
const { document: doc } = parseXml(octets, { budget: new Budget() });
const at = (name: string, nth = 0): number =>
  [...descendantElements(doc, 0)].filter((node) => qualifiedName(doc, node) === name)[nth]!;
const slice = ({ start, end }: { start: number; end: number }): string => decodeUtf8(octets, start, end);

test('elements by expanded name', () => {
  expect(isElement(doc, doc.root, 'urn:s', 'E')).toBe(true);
  expect(isElement(doc, doc.root, null, 'E')).toBe(true);
  expect(isElement(doc, doc.root, 'urn:d', 'E')).toBe(false);
  expect(isElement(doc, doc.root, 'urn:s', 's:E')).toBe(false);
  expect(isElement(doc, at('i'), '', 'i')).toBe(true);
  expect(childElements(doc, doc.root).map((node) => qualifiedName(doc, node))).toEqual(['s:B', 'B', 'B']);
  expect(childElements(doc, 0)).toEqual([doc.root]);
  expect(childElementsNamed(doc, doc.root, 'urn:d', 'B')).toEqual([at('B'), at('B', 1)]);
  expect(firstChildElement(doc, doc.root, null, 'B')).toBe(at('s:B'));
  expect(firstChildElement(doc, doc.root, 'urn:d', 'B')).toBe(at('B'));
  expect(firstChildElement(doc, at('s:B'), null, 'B')).toBe(NO_NODE);
  expect(descendantElementsNamed(doc, at('B'), '', 'j')).toEqual([at('j')]);
  expect([...ancestors(doc, at('j'))].map((node) => localName(doc, node))).toEqual(['i', 'B', 'E', '']);
  expect(isWithin(doc, at('j'), at('B'))).toBe(true);
  expect(isWithin(doc, at('B'), at('B'))).toBe(true);
  expect(isWithin(doc, at('B', 1), at('B'))).toBe(false);
});

test('attributes by expanded name, values normalized', () => {
  expect(attributeValue(doc, doc.root, '', 'a')).toBe(' x\n  y ');
  expect(attributeValue(doc, at('B'), 'urn:p', 'id')).toBe('1');
  expect(attributeValue(doc, at('B'), '', 'id')).toBeNull();
  expect(attributeValue(doc, at('B'), null, 'id')).toBe('1');
  expect(findAttribute(doc, at('B', 1), null, 'id')).toBe(-1);
});

test('text with references, CDATA and line ends', () => {
  expect(textContent(doc, at('B'))).toBe('t<&>\n');
  expect(textContent(doc, doc.root)).toBe('t<&>\n');
});

test('namespaces in scope', () => {
  expect(resolvePrefix(doc, at('j'), 's')).toBe('urn:t');
  expect(resolvePrefix(doc, at('j'), '')).toBe('');
  expect(resolvePrefix(doc, at('B', 1), '')).toBe('urn:d');
  expect(resolvePrefix(doc, at('B', 1), 'p')).toBeNull();
  expect(resolvePrefix(doc, 0, 'xml')).toBe('http://www.w3.org/XML/1998/namespace');
  expect(Object.fromEntries(inScopeNamespaces(doc, at('j')))).toEqual({
    xml: 'http://www.w3.org/XML/1998/namespace',
    s: 'urn:t',
    p: 'urn:p',
  });
  expect(resolveQName(doc, at('j'), 's:Fault')).toEqual({ uri: 'urn:t', local: 'Fault' });
  expect(resolveQName(doc, at('B'), 'Fault')).toEqual({ uri: 'urn:d', local: 'Fault' });
  for (const bad of ['x:Fault', ':Fault', 's:', 's:a:b', '']) expect(resolveQName(doc, at('j'), bad)).toBeNull();
});

test('paths count siblings of one name only where they share it', () => {
  expect(elementPath(doc, doc.root)).toBe('/s:E');
  expect(elementPath(doc, at('s:B'))).toBe('/s:E/s:B');
  expect(elementPath(doc, at('j'))).toBe('/s:E/B[1]/i/j');
  expect(elementPath(doc, at('B', 1))).toBe('/s:E/B[2]');
});

test('ranges hold what they name', () => {
  expect(slice(nodeRange(doc, at('i')))).toBe('<i xmlns="" xmlns:s="urn:t"><j/></i>');
  expect(slice(startTagRange(doc, at('B')))).toBe('<B p:id=\'1\' xmlns:p="urn:p">');
  expect(slice(startTagRange(doc, at('B', 1)))).toBe('<B/>');
  expect(slice(attributeRange(doc, findAttribute(doc, at('B'), 'urn:p', 'id')))).toBe("p:id='1'");
  expect(slice(attributeValueRange(doc, findAttribute(doc, at('B'), 'urn:p', 'id')))).toBe('1');
});

test('flags say what canonicalization can copy', () => {
  const textNode = doc.kind.indexOf(NodeKind.text);
  expect(doc.nodeFlags[textNode]).toBe(0);
  const flagsOf = (text: string): number =>
    parseXml(encodeUtf8(`<a>${text}</a>`), { budget: new Budget() }).document.nodeFlags[2]!;
  expect(flagsOf(' \t\n')).toBe(NodeFlag.whitespace);
  expect(flagsOf(' \r\n')).toBe(NodeFlag.whitespace | NodeFlag.needsRewriting);
  for (const text of ['a>b', 'a&amp;b', '\rx', '&#65;']) expect(flagsOf(text), text).toBe(NodeFlag.needsRewriting);
  expect(flagsOf('a"b\'c\td\ne')).toBe(0);
  const attributeFlagsOf = (quoted: string): number =>
    parseXml(encodeUtf8(`<a x=${quoted}/>`), { budget: new Budget() }).document.attributeFlags[0]!;
  for (const quoted of ['"a&#65;"', '"\t"', '"\n"', "'\"'"]) expect(attributeFlagsOf(quoted), quoted).toBe(1);
  for (const quoted of ['"a > \'b\'"', "'a'", '""']) expect(attributeFlagsOf(quoted), quoted).toBe(0);
});

test('a broken message keeps what stood before the error, its open elements ending there', () => {
  const text = '<e><h><t>x</t></h><b>some text &nbsp; more</b></e>';
  const broken = parseXml(encodeUtf8(text), { budget: new Budget() }).document;
  const [e, h] = [broken.root, broken.root + 1];
  expect(broken.nodeFlags[e]! & NodeFlag.unclosed).toBe(NodeFlag.unclosed);
  expect(broken.nodeFlags[h]! & NodeFlag.unclosed).toBe(0);
  expect(broken.end[e]).toBe(text.indexOf('&nbsp;'));
  expect(textContent(broken, e)).toBe('xsome text ');
  expect(elementPath(broken, h)).toBe('/e/h');
});
