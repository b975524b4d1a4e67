/** The canonicalization cases of the shared corpus: expected octets made by others. */
import { C14N_10, C14N_11, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import type { NodeSet } from '../../../src/engine/canonicalization/node-set.ts';
import type { NodeIndex, XmlDocument } from '../../../src/engine/xml/document.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { canonical, elementNamed, method, parsed, selected, subtree } from './documents.ts';

const CORPUS = '../shared/corpus';

interface Case {
  readonly id: string;
  readonly file: string;
  readonly kind: string;
  readonly features: readonly string[];
  readonly related: readonly { readonly file: string; readonly role: string }[];
}

const manifest = existsSync(`${CORPUS}/manifest.json`)
  ? (JSON.parse(readFileSync(`${CORPUS}/manifest.json`, 'utf8')) as Case[])
  : [];
const canonicalization = manifest.filter(({ kind }) => kind === 'c14n');
if (canonicalization.length === 0) console.log('skipped: ../shared/corpus is not there');

/** Which elements the XPath `ancestor-or-self::ietf:a or ancestor-or-self::ietf:b` names. */
function below(document: XmlDocument, names: readonly string[]): NodeSet {
  const roots = names.map((name) => elementNamed(document, name));
  const inside = (node: NodeIndex) => roots.some((root) => node >= root && node < document.next[root]!);
  return selected(document, {
    node: inside,
    attribute: (attribute) => inside(document.attributeOwner[attribute]!),
    namespace: inside,
  });
}

describe.skipIf(canonicalization.length === 0)('corpus', () => {
  it.each(canonicalization.filter(({ features }) => !features.includes('doctype')))('$id', ({ file, related }) => {
    const expected = readFileSync(`${CORPUS}/${related.find(({ role }) => role === 'expected output')!.file}`, 'utf8');
    const document = parsed(new Uint8Array(readFileSync(`${CORPUS}/${file}`)));
    const xpath = related.find(({ role }) => role === 'XPath subset');
    if (xpath !== undefined) {
      const names = [...readFileSync(`${CORPUS}/${xpath.file}`, 'utf8').matchAll(/ancestor-or-self::(ietf:\w+)/g)].map(
        (match) => match[1]!,
      );
      expect(names.length).toBeGreaterThan(0);
      expect(canonical(below(document, names), method(C14N_11))).toBe(expected);
      return;
    }
    if (file.includes('/inExcl/')) {
      // The files do not say which element they canonicalize; its name begins the expected octets.
      const apex = elementNamed(document, /^<([\w:]+)/.exec(expected)![1]!);
      const exclusive = related[0]!.file.includes('exclusive') || file.endsWith('example2_4.xml');
      expect(
        canonical({ ...subtree(document, apex), comments: false }, method(exclusive ? EXCLUSIVE_C14N : C14N_10)),
      ).toBe(expected);
      return;
    }
    if (file.includes('default_ns_redefinition')) {
      const apex = /^<([\w:]+)/.exec(expected)![1]!;
      expect(canonical(subtree(document, elementNamed(document, apex)), method(C14N_10))).toBe(expected);
      return;
    }
    expect(canonical(subtree(document), method(C14N_10))).toBe(expected);
  });

  it.each(canonicalization.filter(({ features }) => features.includes('doctype')))(
    '$id has a DOCTYPE and is refused',
    ({ file }) => {
      const result = parseXml(new Uint8Array(readFileSync(`${CORPUS}/${file}`)), { budget: new Budget() });
      expect(result.wellFormed).toBe(false);
      expect(result.problems.map(({ code }) => code)).toContain('doctype-or-entity-refused');
    },
  );
});
