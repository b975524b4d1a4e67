/** A node-set of the XPath data model as canonicalization wants it: one octet a node, attribute or namespace node. */
import type { SelectedSet } from '../canonicalization/node-set.ts';
import { type AttributeIndex, type NodeIndex, type XmlDocument, NO_NODE } from '../xml/document.ts';
import { isText, type NodeNumbers, type XPathNode } from './node-numbers.ts';

/** Grows as nodes are added to it. */
export class NodeSelection implements SelectedSet {
  readonly type = 'selected';
  readonly document: XmlDocument;
  readonly #nodes: NodeNumbers;
  readonly #members: Uint8Array;

  constructor(nodes: NodeNumbers, all = false) {
    this.document = nodes.document;
    this.#nodes = nodes;
    this.#members = new Uint8Array(nodes.namespaceBase + nodes.namespaces().owner.length);
    if (all) this.#members.fill(1);
  }

  /** Adds a node; a text node with all its pieces. */
  add(node: XPathNode): void {
    this.#members[node] = 1;
    if (node === 0 || node >= this.#nodes.attributeBase || !isText(this.document.kind[node]!)) return;
    this.#members.fill(1, node, this.#nodes.textEnd(node));
  }

  has(node: XPathNode): boolean {
    return this.#members[node] === 1;
  }

  hasNode(node: NodeIndex): boolean {
    return this.#members[node] === 1;
  }

  hasAttribute(attribute: AttributeIndex): boolean {
    return this.#members[this.#nodes.attributeBase + attribute] === 1;
  }

  hasNamespace(element: NodeIndex, prefixId: number): boolean {
    const node = this.#nodes.namespaceNode(element, prefixId);
    return node !== NO_NODE && this.#members[node] === 1;
  }

  /** Adds everything below each member, attributes and namespace nodes included (XPath Filter 2.0 §3.2). */
  expandSubtrees(): void {
    const members = this.#members;
    const { parent, nodeCount } = this.document;
    // Parents come first in document order, so one pass carries membership all the way down.
    for (let node = 1; node < nodeCount; node++) if (members[parent[node]!] === 1) members[node] = 1;
    for (let node = nodeCount; node < members.length; node++) {
      if (members[this.#nodes.owner(node)] === 1) members[node] = 1;
    }
  }

  /** Combines with another selection over the same nodes. */
  combine(operation: 'intersect' | 'subtract' | 'union', other: NodeSelection): void {
    const members = this.#members;
    for (let node = 0; node < members.length; node++) {
      const there = other.#members[node]!;
      members[node] =
        operation === 'intersect'
          ? members[node]! & there
          : operation === 'union'
            ? members[node]! | there
            : members[node]! & (1 - there);
    }
  }
}
