/** Parsing and canonicalizing in tests, with octets shown as text. */
import { expect } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8, decodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { canonicalize } from '../../../src/engine/canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../../src/engine/canonicalization/canonicalize-types.ts';
import { canonicalizationMethod } from '../../../src/engine/canonicalization/methods.ts';
import type { SelectedSet, SubtreeSet } from '../../../src/engine/canonicalization/node-set.ts';
import { type AttributeIndex, type NodeIndex, type XmlDocument, NodeKind } from '../../../src/engine/xml/document.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

export function parsed(xml: string | Uint8Array): XmlDocument {
  const result = parseXml(typeof xml === 'string' ? encodeUtf8(xml) : xml, { budget: new Budget() });
  expect(result.problems.filter((problem) => problem.severity === 'error')).toEqual([]);
  return result.document;
}

export function method(uri: string, prefixes: readonly string[] = []): CanonicalizationMethod {
  const found = canonicalizationMethod(uri, prefixes);
  if (found === null) throw new Error(`no method ${uri}`);
  return found;
}

export function subtree(document: XmlDocument, apex: NodeIndex = 0, excluded: readonly NodeIndex[] = []): SubtreeSet {
  return { type: 'subtree', document, apex, comments: true, excluded };
}

/** The canonical form as text. */
export function canonical(set: SubtreeSet | SelectedSet, algorithm: CanonicalizationMethod): string {
  return decodeUtf8(canonicalize(set, algorithm, new Budget()).octets);
}

/** The first element with that qualified name. */
export function elementNamed(document: XmlDocument, qualified: string): NodeIndex {
  for (let node = 1; node < document.nodeCount; node++) {
    if (document.kind[node] === NodeKind.element && document.names.qualified[document.name[node]!] === qualified) {
      return node;
    }
  }
  throw new Error(`no element ${qualified}`);
}

export interface Selection {
  node?: (node: NodeIndex) => boolean;
  attribute?: (attribute: AttributeIndex) => boolean;
  namespace?: (element: NodeIndex, prefix: string) => boolean;
}

/** A node-set made by hand; whatever is not named is in it. */
export function selected(document: XmlDocument, selection: Selection): SelectedSet {
  return {
    type: 'selected',
    document,
    hasNode: selection.node ?? (() => true),
    hasAttribute: selection.attribute ?? (() => true),
    hasNamespace: (element, prefixId) => selection.namespace?.(element, document.prefixes[prefixId]!) ?? true,
  };
}
