/**
 * The nodes of the XPath data model over our tree, each a number (XML Path Language 1.0 §5): first the tree's nodes,
 * then attributes, then namespace nodes. Adjacent text and CDATA are one text node, known by its first piece.
 */
import type { Budget } from '../bytes/budget.ts';
import { firstIndex } from '../bytes/sorted.ts';
import { prefixTable } from '../canonicalization/prefix-table.ts';
import { NodeKind, NO_NODE, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeText, textContent } from '../xml/navigate.ts';

/** A node of the XPath data model. */
export type XPathNode = number;

const XML_PREFIX = 1;
const XML_URI = 1;

/** Namespace nodes of all elements. Those of an element stand together, from `first[element]` on, by prefix id. */
interface NamespaceTable {
  readonly first: Int32Array;
  readonly count: Int32Array;
  readonly owner: Int32Array;
  readonly prefix: Int32Array;
  readonly uri: Int32Array;
}

/** The nodes of one document by number: tree nodes, then attributes, then namespace nodes. */
export class NodeNumbers {
  readonly document: XmlDocument;
  /** Tree nodes are below this, attributes from here on. */
  readonly attributeBase: number;
  /** Namespace nodes are at or above this. */
  readonly namespaceBase: number;
  readonly prefixes: readonly string[];
  readonly #budget: Budget;
  readonly #prefixOfDeclaration: Int32Array;
  #namespaces: NamespaceTable | null = null;

  constructor(document: XmlDocument, budget: Budget) {
    this.document = document;
    this.#budget = budget;
    this.attributeBase = document.nodeCount;
    this.namespaceBase = document.nodeCount + document.attributeTotal;
    const table = prefixTable(document);
    this.prefixes = table.prefixes;
    this.#prefixOfDeclaration = table.ofDeclaration;
  }

  isAttribute(node: XPathNode): boolean {
    return node >= this.attributeBase && node < this.namespaceBase;
  }

  isNamespace(node: XPathNode): boolean {
    return node >= this.namespaceBase;
  }

  /** The element that bears an attribute or namespace node, else the node itself. */
  owner(node: XPathNode): NodeIndex {
    if (node < this.attributeBase) return node;
    if (node < this.namespaceBase) return this.document.attributeOwner[node - this.attributeBase]!;
    return this.namespaces().owner[node - this.namespaceBase]!;
  }

  /** The parent in the data model; {@link NO_NODE} for the root. */
  parent(node: XPathNode): XPathNode {
    return node < this.attributeBase ? this.document.parent[node]! : this.owner(node);
  }

  /**
   * Whether a tree node is a node of the data model: not a later piece of a text node, not text outside the root
   * element, not empty.
   */
  isModelNode(node: NodeIndex): boolean {
    const { kind, parent } = this.document;
    if (!isText(kind[node]!)) return true;
    if (parent[node] === 0) return false;
    const continues = isText(kind[node - 1]!) && parent[node - 1] === parent[node];
    return !continues && !this.#isEmptyRun(node);
  }

  #isEmptyRun(node: NodeIndex): boolean {
    const after = this.textEnd(node);
    for (let piece = node; piece < after; piece++) {
      if (this.document.contentEnd[piece]! > this.document.contentStart[piece]!) return false;
    }
    return true;
  }

  /** One past the last piece of the text node that starts at `node`. */
  textEnd(node: NodeIndex): NodeIndex {
    const { kind, parent } = this.document;
    const end = this.document.next[parent[node]!]!;
    let after = node + 1;
    while (after < end && isText(kind[after]!)) after += 1;
    return after;
  }

  /** The attribute number of an attribute, for the attribute axis: declarations are no attributes (§5.3). */
  isDeclaration(attribute: AttributeIndex): boolean {
    return this.document.declaredUri[attribute] !== -1;
  }

  namespaces(): NamespaceTable {
    this.#namespaces ??= this.#buildNamespaces();
    return this.#namespaces;
  }

  /** The namespace node of `element` for a prefix, or {@link NO_NODE}. */
  namespaceNode(element: NodeIndex, prefixId: number): XPathNode {
    const { first, count, prefix } = this.namespaces();
    const from = first[element]!;
    const past = from + count[element]!;
    const index = firstIndex(from, past, (at) => prefix[at]! >= prefixId);
    return index < past && prefix[index] === prefixId ? this.namespaceBase + index : NO_NODE;
  }

  /**
   * A key that sorts nodes of any kind in document order: element, its namespace nodes, its attributes, its content
   * (§5).
   */
  orderKey(node: XPathNode): number {
    if (node < this.attributeBase) return node;
    const owner = this.owner(node);
    const rank =
      node < this.namespaceBase
        ? this.prefixes.length + 1 + node - this.attributeBase - this.document.firstAttribute[owner]!
        : 1 + node - this.namespaceBase - this.namespaces().first[owner]!;
    // Owner and fraction together stay within the 53 bits of a double up to the hard limit of nodes.
    return owner + rank / (this.document.attributeTotal + this.prefixes.length + 2);
  }

  /** The string-value (§5). Costs steps by the size of what it reads. */
  stringValue(node: XPathNode): string {
    const { document } = this;
    if (node >= this.namespaceBase) return document.uris[this.namespaces().uri[node - this.namespaceBase]!]!;
    if (node >= this.attributeBase) return attributeText(document, node - this.attributeBase);
    const kind = document.kind[node]!;
    if (kind === NodeKind.element || kind === NodeKind.document) {
      this.#budget.spend(
        'xpathSteps',
        document.next[node]! - node + ((document.end[node]! - document.start[node]!) >>> 8),
        document.start[node],
      );
      return textContent(document, kind === NodeKind.document ? Math.max(document.root, 0) : node);
    }
    this.#budget.spend('xpathSteps', 1 + ((document.end[node]! - document.start[node]!) >>> 8), document.start[node]);
    if (!isText(kind)) return textContent(document, node);
    const after = this.textEnd(node);
    let text = textContent(document, node);
    for (let piece = node + 1; piece < after; piece++) text += textContent(document, piece);
    return text;
  }

  #buildNamespaces(): NamespaceTable {
    const { document } = this;
    const { kind, parent, firstAttribute, attributeCount, declaredUri, attributeName } = document;
    const scopes: { readonly prefixes: readonly number[]; readonly uris: readonly number[] }[] = [
      { prefixes: [XML_PREFIX], uris: [XML_URI] },
    ];
    const scopeOf = new Int32Array(document.nodeCount);
    const first = new Int32Array(document.nodeCount);
    const count = new Int32Array(document.nodeCount);
    let total = 0;
    for (let node = 1; node < document.nodeCount; node++) {
      if (kind[node] !== NodeKind.element) continue;
      let scope = scopeOf[parent[node]!]!;
      const start = firstAttribute[node]!;
      const end = start + attributeCount[node]!;
      let bindings: Map<number, number> | null = null;
      for (let attribute = start; attribute < end; attribute++) {
        const uri = declaredUri[attribute]!;
        if (uri === -1) continue;
        const prefix = this.#prefixOfDeclaration[attributeName[attribute]!]!;
        if (prefix === XML_PREFIX) continue;
        if (bindings === null) {
          const inherited = scopes[scope]!;
          bindings = new Map(inherited.prefixes.map((id, index) => [id, inherited.uris[index]!]));
        }
        // Only `xmlns=""` undeclares; it leaves no namespace node.
        if (uri === 0) bindings.delete(prefix);
        else bindings.set(prefix, uri);
      }
      if (bindings !== null) {
        scope = scopes.length;
        const prefixes = [...bindings.keys()].sort((a, b) => a - b);
        scopes.push({ prefixes, uris: prefixes.map((prefix) => bindings.get(prefix)!) });
        this.#budget.spend('xpathSteps', bindings.size >>> 2, document.start[node]);
      }
      scopeOf[node] = scope;
      first[node] = total;
      count[node] = scopes[scope]!.prefixes.length;
      total += count[node]!;
      this.#budget.check('nodes', total, document.start[node]);
    }
    const owner = new Int32Array(total);
    const prefix = new Int32Array(total);
    const uri = new Int32Array(total);
    for (let node = 1; node < document.nodeCount; node++) {
      if (kind[node] !== NodeKind.element) continue;
      const scope = scopes[scopeOf[node]!]!;
      for (let index = 0; index < count[node]!; index++) {
        owner[first[node]! + index] = node;
        prefix[first[node]! + index] = scope.prefixes[index]!;
        uri[first[node]! + index] = scope.uris[index]!;
      }
    }
    return { first, count, owner, prefix, uri };
  }
}

/** Whether a tree node is text for XPath: character data or a CDATA section (§5.7). */
export function isText(kind: number): boolean {
  return kind === NodeKind.text || kind === NodeKind.cdata;
}
