/**
 * What the tree says, against libxml2 on generated documents: names, namespaces, declarations in scope, attribute
 * values, text, comments, PIs.
 */
import { XmlDocument as LibxmlDocument, XmlElement } from 'libxml2-wasm';
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { NodeKind, type XmlDocument } from '../../../src/engine/xml/document.ts';
import {
  attributeLocalName,
  attributeNamespaceUri,
  attributes,
  attributeText,
  declaredPrefix,
  inScopeNamespaces,
  isNamespaceDeclaration,
  localName,
  namespaceUri,
  qualifiedName,
  textContent,
} from '../../../src/engine/xml/navigate.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { generateDocument, Random } from './generate-document.ts';

const DOCUMENTS = 1_500;

const sorted = (map: Iterable<readonly [string, string]>): [string, string][] =>
  [...map].map(([k, v]): [string, string] => [k, v]).sort(([a], [b]) => (a < b ? -1 : 1));

function describeOurs(doc: XmlDocument, node: number): unknown {
  const own = attributes(doc, node);
  return {
    name: qualifiedName(doc, node),
    local: localName(doc, node),
    uri: namespaceUri(doc, node),
    text: textContent(doc, node),
    attributes: own
      .filter((a) => !isNamespaceDeclaration(doc, a))
      .map((a) => [attributeNamespaceUri(doc, a), attributeLocalName(doc, a), attributeText(doc, a)]),
    declarations: sorted(
      own
        .filter((a) => isNamespaceDeclaration(doc, a))
        .map((a) => [declaredPrefix(doc, a), doc.uris[doc.declaredUri[a]!]!]),
    ),
    scope: sorted([...inScopeNamespaces(doc, node)].filter(([prefix]) => prefix !== 'xml')),
  };
}

/** Above `node`, the declarations as libxml2 has them on each element; the nearest one counts. */
function theirScope(node: XmlElement): [string, string][] {
  const scope = new Map<string, string>();
  for (let at: XmlElement | null = node; at !== null; at = at.parent instanceof XmlElement ? at.parent : null) {
    for (const [prefix, uri] of Object.entries(at.nsDeclarations)) if (!scope.has(prefix)) scope.set(prefix, uri);
  }
  return sorted([...scope].filter(([, uri]) => uri !== ''));
}

function describeTheirs(node: XmlElement): unknown {
  return {
    name: node.prefix === '' ? node.name : `${node.prefix}:${node.name}`,
    local: node.name,
    uri: node.namespaceUri,
    text: node.content,
    attributes: node.attrs.map((a) => [a.namespaceUri, a.name, a.value]),
    declarations: sorted(Object.entries(node.nsDeclarations)),
    scope: theirScope(node),
  };
}

test(`${DOCUMENTS} generated documents: the same tree as libxml2's`, () => {
  for (let seed = 0; seed < DOCUMENTS; seed++) {
    const octets = encodeUtf8(generateDocument(new Random(seed)));
    const { document: doc } = parseXml(octets, { budget: new Budget() });
    const of = (kind: number): number[] =>
      Array.from({ length: doc.nodeCount }, (_, node) => node).filter((node) => doc.kind[node] === kind);
    const libxml = LibxmlDocument.fromBuffer(octets);
    const elements = libxml.root.find('descendant-or-self::*') as XmlElement[];
    expect(
      of(NodeKind.element).map((node) => describeOurs(doc, node)),
      `seed ${seed}`,
    ).toEqual(elements.map(describeTheirs));
    expect(
      of(NodeKind.comment).map((node) => textContent(doc, node)),
      `seed ${seed}`,
    ).toEqual(libxml.find('//comment()').map((node) => node.content));
    expect(
      of(NodeKind.processingInstruction).map((node) => textContent(doc, node)),
      `seed ${seed}`,
    ).toEqual(libxml.find('//processing-instruction()').map((node) => node.content));
    libxml.dispose();
  }
});
