/** Which attributes are Ids, which id is an element's own, and what counts as a duplicate. */
import { expect, test } from 'vitest';
import { indexIds } from '../../../src/engine/references/index-ids.ts';
import { qualifiedName } from '../../../src/engine/xml/navigate.ts';
import { parsed } from '../xpath/evaluating.ts';

const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';

function names(xml: string, id: string, extra: readonly string[] = []): readonly string[] {
  const document = parsed(xml);
  return indexIds(document, extra)
    .lookup(id)
    .map((entry) => qualifiedName(document, entry.element));
}

test.each([
  [`<r xmlns:u="${WSU}" u:Id="x"/>`],
  ['<r xml:id="x"/>'],
  ['<r Id="x"/>'],
  ['<r ID="x"/>'],
  ['<r id="x"/>'],
  ['<r AssertionID="x"/>'],
  ['<r xmlns="urn:oasis:names:tc:SAML:1.0:protocol" ResponseID="x"/>'],
])('%s', (xml) => {
  expect(names(xml, 'x')).toEqual(['r']);
});

test.each([
  ['an Id of another namespace', '<r xmlns:o="urn:o" o:Id="x"/>'],
  ['another name', '<r Ref="x"/>'],
  ['a ResponseID elsewhere', '<r ResponseID="x"/>'],
  ['other case', '<r iD="x"/>'],
  ['a declaration', '<r xmlns="x"/>'],
  ['an empty value', '<r Id=""/>'],
])('no Id: %s', (_, xml) => {
  expect(names(xml, 'x')).toEqual([]);
  expect(names(xml, '')).toEqual([]);
});

test('configured names: local, as written, by namespace', () => {
  expect(names('<r Ref="x"/>', 'x', ['Ref'])).toEqual(['r']);
  expect(names('<r xmlns:o="urn:o" o:Ref="x"/>', 'x', ['Ref'])).toEqual([]);
  expect(names('<r xmlns:o="urn:o" o:Ref="x"/>', 'x', ['o:Ref'])).toEqual(['r']);
  expect(names('<r xmlns:q="urn:o" q:Ref="x"/>', 'x', ['{urn:o}Ref'])).toEqual(['r']);
  expect(names('<r xmlns:q="urn:p" q:Ref="x"/>', 'x', ['{urn:o}Ref'])).toEqual([]);
});

test('duplicates across names and values; one element with the same id twice is none', () => {
  const document = parsed(`<r xmlns:u="${WSU}"><a u:Id="x" Id="x"/><b ID="y"/><c id="y"/></r>`);
  const ids = indexIds(document, []);
  expect(ids.duplicates).toEqual(['y']);
  expect(ids.lookup('y').map((entry) => qualifiedName(document, entry.element))).toEqual(['b', 'c']);
  expect(ids.lookup('x')).toHaveLength(1);
});

test('character references in an id count as what they stand for', () => {
  expect(names('<r Id="a&#x62;c"/>', 'abc')).toEqual(['r']);
});

test('wsu:Id is the own id before others', () => {
  const document = parsed(`<r xmlns:u="${WSU}" ID="second" u:Id="first"/>`);
  expect(indexIds(document, []).idOf(1)).toBe('first');
  expect(indexIds(document, []).idOf(0)).toBe(null);
});
