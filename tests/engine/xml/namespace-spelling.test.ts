/**
 * One namespace name in several spellings is one namespace (Namespaces 1.0 §2.3: names are compared after
 * normalization).
 */
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const parse = (text: string) => parseXml(encodeUtf8(text), { budget: new Budget() });

test.each([
  '<e xmlns:p="urn:a" xmlns:q="urn:&#97;" p:x="" q:x=""/>',
  '<e xmlns:p="urn:&#97;" xmlns:q="urn:a" p:x="" q:x=""/>',
  '<e xmlns:p="&#117;rn:a" xmlns:q="urn:&#97;" p:x="" q:x=""/>',
])('attributes differ by name, not by spelling: %s', (text) => {
  expect(parse(text).problems[0]?.data).toMatchObject({ reason: 'duplicate-attribute', uri: 'urn:a' });
});

test('each namespace is listed once, declared prefixes among the prefixes', () => {
  const { document } = parse(
    '<a xmlns:p="urn:1" xmlns:q="urn:2"><b xmlns:q="urn:&#49;"/><c xmlns:p="urn:2" xmlns="urn:1"/></a>',
  );
  expect(document.uris.slice(3)).toEqual(['urn:1', 'urn:2']);
  expect(document.prefixes.slice(3)).toEqual(['p', 'q']);
});

test('thousands of names keep their prefixes and local parts apart', () => {
  const count = 3000;
  const { document, wellFormed } = parse(
    `<r>${Array.from({ length: count }, (_, i) => `<p${i}:e${i % 7} xmlns:p${i}="urn:example:${i}"/>`).join('')}</r>`,
  );
  expect(wellFormed).toBe(true);
  const elements = Array.from({ length: count }, (_, i) => 2 + i);
  expect(elements.map((node) => document.names.qualified[document.name[node]!])).toEqual(
    elements.map((_, i) => `p${i}:e${i % 7}`),
  );
  expect(elements.map((node) => document.names.prefix[document.name[node]!])).toEqual(elements.map((_, i) => `p${i}`));
  expect(elements.map((node) => document.names.local[document.name[node]!])).toEqual(
    elements.map((_, i) => `e${i % 7}`),
  );
  expect(elements.map((node) => document.uris[document.uri[node]!])).toEqual(
    elements.map((_, i) => `urn:example:${i}`),
  );
});
