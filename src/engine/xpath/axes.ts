/** The thirteen axes over our tree, each node once, in the axis's own order (XML Path Language 1.0 §2.2). */
import { NodeKind, NO_NODE, type NodeIndex } from '../xml/document.ts';
import type { Axis } from './expression.ts';
import { isText, type NodeNumbers, type XPathNode } from './node-numbers.ts';

/** Calls `visit` for each node of the axis from `node`, until it answers true. */
export function visitAxis(axis: Axis, node: XPathNode, nodes: NodeNumbers, visit: (node: XPathNode) => boolean): void {
  const { document, attributeBase } = nodes;
  const inTree = node < attributeBase;
  switch (axis) {
    case 'self':
      visit(node);
      return;
    case 'parent': {
      const parent = nodes.parent(node);
      if (parent !== NO_NODE) visit(parent);
      return;
    }
    case 'ancestor':
    case 'ancestor-or-self':
      for (let at = axis === 'ancestor' ? nodes.parent(node) : node; at !== NO_NODE; at = nodes.parent(at)) {
        if (visit(at)) return;
      }
      return;
    case 'child':
      if (inTree) visitSiblings(node + 1, document.next[node]!, nodes, visit);
      return;
    case 'descendant':
    case 'descendant-or-self':
      if (axis === 'descendant-or-self' && visit(node)) return;
      // Text has no descendants; its further pieces are part of itself.
      if (inTree) visitRange(node + 1, document.next[node]!, nodes, visit);
      return;
    case 'following':
      visitRange(followingStart(node, nodes), document.nodeCount, nodes, visit);
      return;
    case 'preceding':
      visitPreceding(nodes.owner(node), nodes, visit);
      return;
    case 'following-sibling':
      if (inTree && node !== 0) {
        visitSiblings(
          isText(document.kind[node]!) ? nodes.textEnd(node) : document.next[node]!,
          document.next[document.parent[node]!]!,
          nodes,
          visit,
        );
      }
      return;
    case 'preceding-sibling':
      if (inTree && node !== 0) visitPrecedingSiblings(node, nodes, visit);
      return;
    case 'attribute':
      if (inTree && document.kind[node] === NodeKind.element) {
        const first = document.firstAttribute[node]!;
        const after = first + document.attributeCount[node]!;
        for (let attribute = first; attribute < after; attribute++) {
          if (!nodes.isDeclaration(attribute) && visit(attributeBase + attribute)) return;
        }
      }
      return;
    case 'namespace':
      if (inTree && document.kind[node] === NodeKind.element) {
        const { first, count } = nodes.namespaces();
        const after = first[node]! + count[node]!;
        for (let index = first[node]!; index < after; index++) if (visit(nodes.namespaceBase + index)) return;
      }
  }
}

/** Where the following axis begins in the tree: an attribute's owner's content follows the attribute. */
export function followingStart(node: XPathNode, nodes: NodeNumbers): NodeIndex {
  if (node >= nodes.attributeBase) return nodes.owner(node) + 1;
  return node !== 0 && isText(nodes.document.kind[node]!) ? nodes.textEnd(node) : nodes.document.next[node]!;
}

/** Tree nodes in `[from, to)`. */
export function visitRange(
  from: NodeIndex,
  to: NodeIndex,
  nodes: NodeNumbers,
  visit: (node: XPathNode) => boolean,
): void {
  const { kind } = nodes.document;
  for (let at = from; at < to; at++) if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
}

function visitSiblings(from: NodeIndex, to: NodeIndex, nodes: NodeNumbers, visit: (node: XPathNode) => boolean): void {
  const { kind, next } = nodes.document;
  for (let at = from; at < to; at = next[at]!) if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
}

function visitPreceding(from: NodeIndex, nodes: NodeNumbers, visit: (node: XPathNode) => boolean): void {
  const { kind, next } = nodes.document;
  for (let at = from - 1; at > 0; at--) {
    // A node whose subtree holds the place where we started is an ancestor.
    if (next[at]! > from) continue;
    if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
  }
}

function visitPrecedingSiblings(node: NodeIndex, nodes: NodeNumbers, visit: (node: XPathNode) => boolean): void {
  const { kind, parent } = nodes.document;
  const up = parent[node]!;
  for (let at = node - 1; at > up; at--) {
    // From the last descendant of the sibling before up to that sibling.
    while (parent[at] !== up) at = parent[at]!;
    if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
  }
}
