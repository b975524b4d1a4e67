/**
 * Canonical form of a subtree less excluded subtrees: the fast path, one pass without recursion (Canonical XML 1.0
 * §2.3, Exclusive 1.0 §3).
 */
import { AttributeFlag, NO_NODE, NodeFlag, NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import type { CanonicalWriter } from './canonical-writer.ts';
import { CanonicalOrder } from './canonical-order.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';
import { TagWriter } from './element-tags.ts';
import { NamespaceScope } from './namespace-scope.ts';
import type { SubtreeSet } from './node-set.ts';
import { listedPrefixes, type PrefixTable } from './prefix-table.ts';
import { writeOutlier, writeTextNode } from './write-content.ts';
import { NOTHING_TAKEN_OVER, takenOverFromAncestors } from './xml-attributes.ts';

const DEFAULT_PREFIX = 0;
const XML_PREFIX = 1;

/** Writes the canonical form of `set`. */
export function writeSubtree(
  set: SubtreeSet,
  method: CanonicalizationMethod,
  table: PrefixTable,
  writer: CanonicalWriter,
): void {
  const { document, apex, excluded } = set;
  const { kind, next, parent, nodeFlags } = document;
  const comments = method.comments && set.comments;
  const elements = new ElementWriter(set, method, table, writer);
  const last = next[apex]!;
  let excludedCount = 0;
  let nextExcluded = excluded[0] ?? NO_NODE;
  let open = NO_NODE;
  let node = apex;
  for (;;) {
    while (open !== NO_NODE && node >= next[open]!) {
      elements.end(open);
      const outer = open === apex ? NO_NODE : parent[open]!;
      open = outer === 0 ? NO_NODE : outer;
    }
    if (node >= last) break;
    if (nextExcluded !== NO_NODE && node >= nextExcluded) {
      if (node === nextExcluded) node = next[node]!;
      nextExcluded = excluded[++excludedCount] ?? NO_NODE;
      continue;
    }
    if (kind[node] === NodeKind.element) {
      elements.start(node);
      if ((nodeFlags[node]! & NodeFlag.emptyTag) === 0) open = node;
    } else writeLeaf(writer, document, node, comments);
    node++;
  }
}

/** A node without children: text, a processing instruction, a comment where comments are written. */
function writeLeaf(writer: CanonicalWriter, document: XmlDocument, node: NodeIndex, comments: boolean): void {
  const kind = document.kind[node]!;
  if (kind === NodeKind.text || kind === NodeKind.cdata) {
    // White space outside the document element is no node of the data model.
    if (document.parent[node] !== 0) writeTextNode(writer, document, node);
  } else if (kind === NodeKind.processingInstruction || (kind === NodeKind.comment && comments)) {
    writeOutlier(writer, document, node);
  }
}

/** Writes start and end tags, and keeps what they declare. */
class ElementWriter {
  readonly #document: XmlDocument;
  readonly #apex: NodeIndex;
  readonly #family: CanonicalizationMethod['family'];
  readonly #tags: TagWriter;
  readonly #order: CanonicalOrder;
  readonly #scope: NamespaceScope;
  /** 1 for the prefixes that are treated inclusively; null when all are. */
  readonly #listed: Uint8Array | null;
  /** Prefixes declared above the apex. */
  readonly #inherited: readonly number[];
  /** The last element, plus one, at which each prefix was looked at. */
  readonly #seen: Int32Array;
  readonly #prefixId: Int32Array;
  #attributes = new Int32Array(16);
  #attributeCount = 0;
  #prefixes = new Int32Array(16);
  #prefixCount = 0;

  constructor(set: SubtreeSet, method: CanonicalizationMethod, table: PrefixTable, writer: CanonicalWriter) {
    const { document, apex } = set;
    this.#document = document;
    this.#apex = apex;
    this.#family = method.family;
    this.#tags = new TagWriter(document, writer, table.nameLength);
    this.#order = new CanonicalOrder(document, table.prefixes);
    this.#scope = new NamespaceScope(document, table);
    this.#listed = method.family === 'exclusive-1.0' ? listedPrefixes(method, table) : null;
    this.#inherited = document.kind[apex] === NodeKind.element ? this.#scope.inherit(apex) : [];
    this.#seen = new Int32Array(table.count);
    this.#prefixId = document.names.prefixId;
  }

  /** The start tag; for an empty-element tag the end tag too. */
  start(element: NodeIndex): void {
    const tags = this.#tags;
    this.#readAttributes(element);
    if (this.#family === 'exclusive-1.0') this.#addUtilized(element);
    tags.startTagName(element);
    if (this.#prefixCount > 0) this.#writeNamespaces(element);
    const taken =
      element === this.#apex
        ? takenOverFromAncestors(this.#document, element, this.#family, isOmitted)
        : NOTHING_TAKEN_OVER;
    tags.attributesMerged(element, this.#attributes, this.#attributeCount, taken, this.#order);
    tags.startTagEnd(element);
    if ((this.#document.nodeFlags[element]! & NodeFlag.emptyTag) !== 0) this.#scope.leave(element);
  }

  end(element: NodeIndex): void {
    this.#tags.endTag(element);
    this.#scope.leave(element);
  }

  /**
   * Enters the declarations and collects the attributes, and the prefixes treated inclusively that must be declared
   * here.
   */
  #readAttributes(element: NodeIndex): void {
    const { firstAttribute, attributeCount, attributeFlags } = this.#document;
    const first = firstAttribute[element]!;
    const end = first + attributeCount[element]!;
    this.#attributeCount = 0;
    this.#prefixCount = 0;
    // One prefix for each attribute and each inherited declaration, and the element's own.
    const atMost = end - first + this.#inherited.length + 1;
    if (atMost > this.#prefixes.length) {
      this.#attributes = new Int32Array(atMost * 2);
      this.#prefixes = new Int32Array(atMost * 2);
    }
    for (let a = first; a < end; a++) {
      if ((attributeFlags[a]! & AttributeFlag.namespaceDeclaration) === 0) this.#attributes[this.#attributeCount++] = a;
      else this.#addInclusive(this.#scope.declare(element, a), element);
    }
    // Below the apex, only what is declared on an element can differ there.
    if (element === this.#apex) for (const prefix of this.#inherited) this.#addInclusive(prefix, element);
  }

  #addInclusive(prefix: number, element: NodeIndex): void {
    if (this.#listed === null || this.#listed[prefix] === 1) this.#add(prefix, element);
  }

  /** Adds the prefixes that the element visibly utilizes (Exclusive 1.0 §1.1). */
  #addUtilized(element: NodeIndex): void {
    const { name, attributeName } = this.#document;
    const prefixId = this.#prefixId;
    this.#add(prefixId[name[element]!]!, element);
    for (let i = 0; i < this.#attributeCount; i++) {
      const prefix = prefixId[attributeName[this.#attributes[i]!]!]!;
      if (prefix !== DEFAULT_PREFIX && prefix !== XML_PREFIX) this.#add(prefix, element);
    }
  }

  #add(prefix: number, element: NodeIndex): void {
    if (this.#seen[prefix] === element + 1) return;
    this.#seen[prefix] = element + 1;
    if (this.#scope.differs(prefix)) this.#prefixes[this.#prefixCount++] = prefix;
  }

  #writeNamespaces(element: NodeIndex): void {
    const scope = this.#scope;
    this.#order.sortPrefixes(this.#prefixes, this.#prefixCount);
    for (let i = 0; i < this.#prefixCount; i++) {
      const prefix = this.#prefixes[i]!;
      const uri = scope.uri(prefix);
      this.#tags.namespace(scope.declaration(prefix), uri, element);
      scope.render(element, prefix, uri);
    }
  }
}

/** Every ancestor of a subtree's apex is outside the node-set. */
function isOmitted(): boolean {
  return true;
}
