/** The thirteen axes over our tree, each node once, in the axis's own order (XML Path Language 1.0 §2.2). */
import { NodeKind, NO_NODE, type NodeIndex } from '../xml/document.ts';
import type { Axis } from './expression.ts';
import { isText, type NodeNumbers, type XPathNode } from './node-numbers.ts';

/** Takes a node; true ends the walk. */
type Visit = (node: XPathNode) => boolean;

/** Calls `visit` for each node of the axis from `node`, until it answers true. */
export function visitAxis(axis: Axis, node: XPathNode, nodes: NodeNumbers, visit: Visit): void {
  WALKS[axis](node, nodes, visit);
}

const WALKS: Readonly<Record<Axis, (node: XPathNode, nodes: NodeNumbers, visit: Visit) => void>> = {
  self: (node, _nodes, visit) => {
    visit(node);
  },
  parent: (node, nodes, visit) => {
    const parent = nodes.parent(node);
    if (parent !== NO_NODE) visit(parent);
  },
  ancestor: (node, nodes, visit) => visitAncestors(nodes.parent(node), nodes, visit),
  'ancestor-or-self': visitAncestors,
  child: (node, nodes, visit) => {
    if (inTree(node, nodes)) visitSiblings(node + 1, nodes.document.next[node]!, nodes, visit);
  },
  descendant: visitDescendants,
  'descendant-or-self': (node, nodes, visit) => {
    if (!visit(node)) visitDescendants(node, nodes, visit);
  },
  following: (node, nodes, visit) => {
    visitRange(followingStart(node, nodes), nodes.document.nodeCount, nodes, visit);
  },
  preceding: (node, nodes, visit) => visitPreceding(nodes.owner(node), nodes, visit),
  'following-sibling': (node, nodes, visit) => {
    if (!inTree(node, nodes) || node === 0) return;
    const { kind, next, parent } = nodes.document;
    const from = isText(kind[node]!) ? nodes.textEnd(node) : next[node]!;
    visitSiblings(from, next[parent[node]!]!, nodes, visit);
  },
  'preceding-sibling': (node, nodes, visit) => {
    if (inTree(node, nodes) && node !== 0) visitPrecedingSiblings(node, nodes, visit);
  },
  attribute: visitAttributes,
  namespace: visitNamespaces,
};

/** Attributes and namespaces have numbers above those of the tree. */
function inTree(node: XPathNode, nodes: NodeNumbers): boolean {
  return node < nodes.attributeBase;
}

function visitAncestors(from: XPathNode, nodes: NodeNumbers, visit: Visit): void {
  for (let at = from; at !== NO_NODE; at = nodes.parent(at)) if (visit(at)) return;
}

/** Text has no descendants; its further pieces are part of itself. */
function visitDescendants(node: XPathNode, nodes: NodeNumbers, visit: Visit): void {
  if (inTree(node, nodes)) visitRange(node + 1, nodes.document.next[node]!, nodes, visit);
}

function visitAttributes(node: XPathNode, nodes: NodeNumbers, visit: Visit): void {
  const { kind, firstAttribute, attributeCount } = nodes.document;
  if (!inTree(node, nodes) || kind[node] !== NodeKind.element) return;
  const first = firstAttribute[node]!;
  const after = first + attributeCount[node]!;
  for (let attribute = first; attribute < after; attribute++) {
    if (!nodes.isDeclaration(attribute) && visit(nodes.attributeBase + attribute)) return;
  }
}

function visitNamespaces(node: XPathNode, nodes: NodeNumbers, visit: Visit): void {
  if (!inTree(node, nodes) || nodes.document.kind[node] !== NodeKind.element) return;
  const { first, count } = nodes.namespaces();
  const after = first[node]! + count[node]!;
  for (let index = first[node]!; index < after; index++) if (visit(nodes.namespaceBase + index)) return;
}

/** Where the following axis begins in the tree: an attribute's owner's content follows the attribute. */
export function followingStart(node: XPathNode, nodes: NodeNumbers): NodeIndex {
  if (node >= nodes.attributeBase) return nodes.owner(node) + 1;
  return node !== 0 && isText(nodes.document.kind[node]!) ? nodes.textEnd(node) : nodes.document.next[node]!;
}

/** Tree nodes in `[from, to)`. */
export function visitRange(from: NodeIndex, to: NodeIndex, nodes: NodeNumbers, visit: Visit): void {
  const { kind } = nodes.document;
  for (let at = from; at < to; at++) if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
}

function visitSiblings(from: NodeIndex, to: NodeIndex, nodes: NodeNumbers, visit: Visit): void {
  const { kind, next } = nodes.document;
  for (let at = from; at < to; at = next[at]!) if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
}

function visitPreceding(from: NodeIndex, nodes: NodeNumbers, visit: Visit): void {
  const { kind, next } = nodes.document;
  for (let at = from - 1; at > 0; at--) {
    // A node whose subtree holds the place where we started is an ancestor.
    if (next[at]! > from) continue;
    if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
  }
}

function visitPrecedingSiblings(node: NodeIndex, nodes: NodeNumbers, visit: Visit): void {
  const { kind, parent } = nodes.document;
  const up = parent[node]!;
  for (let at = node - 1; at > up; at--) {
    // From the last descendant of the sibling before up to that sibling.
    while (parent[at] !== up) at = parent[at]!;
    if ((!isText(kind[at]!) || nodes.isModelNode(at)) && visit(at)) return;
  }
}
