/** Node-sets that XPath selects have the canonical form that the W3C interop agreed on. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { canonicalize } from '../../../src/engine/canonicalization/canonicalize.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { selectNodes } from '../../../src/engine/xpath/select-nodes.ts';
import { parsed } from './evaluating.ts';

const CORPUS = '../shared/corpus';
const present = existsSync(`${CORPUS}/manifest.json`);
if (!present) console.log('skipped: ../shared/corpus is not here');

interface Case {
  readonly id: string;
  readonly file: string;
  readonly related: readonly { readonly file: string; readonly role: string }[];
  readonly features: readonly string[];
}

test.skipIf(!present)('Canonical XML 1.1 of selected nodes', () => {
  const all = JSON.parse(readFileSync(`${CORPUS}/manifest.json`, 'utf8')) as readonly Case[];
  const cases = all.filter(
    ({ related, features }) => related.some(({ role }) => role === 'XPath subset') && !features.includes('doctype'),
  );
  expect(cases.length).toBeGreaterThan(5);
  for (const one of cases) {
    const read = (role: string) =>
      new Uint8Array(readFileSync(`${CORPUS}/${one.related.find((related) => related.role === role)!.file}`));
    const budget = new Budget();
    const { document } = parseXml(new Uint8Array(readFileSync(`${CORPUS}/${one.file}`)), { budget });
    const selected = selectNodes(
      document,
      new TextDecoder().decode(read('XPath subset')),
      new Map([['ietf', 'http://www.ietf.org']]),
      budget,
    );
    if (!selected.ok) throw new Error(`${one.id} ${JSON.stringify(selected.error)}`);
    const { octets } = canonicalize(
      selected.set,
      { uri: 'http://www.w3.org/2006/12/xml-c14n11', family: 'c14n-1.1', comments: false, inclusivePrefixes: [] },
      budget,
    );
    expect(new TextDecoder().decode(octets), one.id).toBe(new TextDecoder().decode(read('expected output')));
  }
});

test('exactly the nodes named, and an error for what is no node-set', () => {
  const document = parsed('<a k="1"><b/>text<![CDATA[more]]></a>');
  const selected = selectNodes(document, '/a | /a/text() | /a/namespace::xml', new Map(), new Budget());
  if (!selected.ok) throw new Error(selected.error.code);
  expect(selected.count).toBe(3);
  expect([0, 1, 2, 3, 4].map((node) => selected.set.hasNode(node))).toEqual([false, true, false, true, true]);
  expect(selected.set.hasAttribute(0)).toBe(false);
  expect(selected.set.hasNamespace(1, 1)).toBe(true);
  expect(selected.set.hasNamespace(2, 1)).toBe(false);
  expect(selectNodes(document, 'count(a)', new Map(), new Budget())).toEqual({
    ok: false,
    error: { code: 'xpath-type', position: 0, data: { expected: 'node-set', found: 'number' } },
  });
});
