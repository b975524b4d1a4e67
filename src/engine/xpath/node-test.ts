/** Node tests, decided once a name of the document (XML Path Language 1.0 §2.3). */
import { NodeKind } from '../xml/document.ts';
import type { Axis, NodeTest } from './expression.ts';
import { isText, type NodeNumbers, type XPathNode } from './node-numbers.ts';

/** A function that tells whether a node of `axis` passes `test`. */
export function nodeMatcher(test: NodeTest, axis: Axis, nodes: NodeNumbers): (node: XPathNode) => boolean {
  const { document, attributeBase, namespaceBase } = nodes;
  const { kind, names, uris } = document;
  switch (test.kind) {
    case 'node':
      return () => true;
    case 'text':
      return (node) => node < attributeBase && isText(kind[node]!);
    case 'comment':
      return (node) => node < attributeBase && kind[node] === NodeKind.comment;
    case 'processing-instruction': {
      const { target } = test;
      return (node) =>
        node < attributeBase &&
        kind[node] === NodeKind.processingInstruction &&
        (target === null || names.qualified[document.name[node]!] === target);
    }
    case 'any':
      if (axis === 'attribute') return (node) => node >= attributeBase && node < namespaceBase;
      if (axis === 'namespace') return (node) => node >= namespaceBase;
      return (node) => node < attributeBase && kind[node] === NodeKind.element;
    case 'namespace':
    case 'name': {
      if (axis === 'namespace') {
        // A namespace node's expanded name is its prefix, in no namespace.
        const local = test.kind === 'name' && test.uri === '' ? test.local : null;
        return (node) =>
          node >= namespaceBase && nodes.prefixes[nodes.namespaces().prefix[node - namespaceBase]!] === local;
      }
      const uriId = uris.indexOf(test.uri);
      if (uriId < 0) return () => false;
      const local = test.kind === 'name' ? test.local : null;
      const matches = names.local.map((name) => local === null || name === local);
      if (axis === 'attribute') {
        return (node) =>
          node >= attributeBase &&
          node < namespaceBase &&
          document.attributeUri[node - attributeBase] === uriId &&
          matches[document.attributeName[node - attributeBase]!]!;
      }
      return (node) =>
        node < attributeBase &&
        kind[node] === NodeKind.element &&
        document.uri[node] === uriId &&
        matches[document.name[node]!]!;
    }
  }
}
