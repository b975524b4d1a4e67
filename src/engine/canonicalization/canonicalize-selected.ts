/**
 * Canonical form of an arbitrary node-set (Canonical XML 1.0 §2.3 and §2.4, 1.1 §2.4, Exclusive 1.0 §3): elements may
 * be absent while their attributes, namespace nodes or children are present, and the reverse.
 */
import type { Budget } from '../bytes/budget.ts';
import { AttributeFlag, NO_NODE, NodeFlag, NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import type { CanonicalWriter } from './canonical-writer.ts';
import { CanonicalOrder } from './canonical-order.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';
import { TagWriter } from './element-tags.ts';
import { NamespaceScope } from './namespace-scope.ts';
import type { SelectedSet } from './node-set.ts';
import { listedPrefixes, type PrefixTable } from './prefix-table.ts';
import { writeOutlier, writeTextNode } from './write-content.ts';
import { isInheritable, NOTHING_TAKEN_OVER, takenOverFromAncestors } from './xml-attributes.ts';

const DEFAULT_PREFIX = 0;
const XML_PREFIX = 1;

/**
 * Writes the canonical form of `set`. Every element costs its in-scope prefixes, because each has a namespace node
 * that may be in the set or not, and an element whose parent is absent costs its depth: both are spent from the budget.
 */
export function writeSelected(
  set: SelectedSet,
  method: CanonicalizationMethod,
  table: PrefixTable,
  writer: CanonicalWriter,
  budget: Budget,
): void {
  const { document } = set;
  const { kind, next, parent, nodeCount } = document;
  const elements = new SelectedElementWriter(set, method, table, writer, budget);
  let open = NO_NODE;
  let node = 1;
  for (;;) {
    while (open !== NO_NODE && node >= next[open]!) {
      elements.end(open);
      const outer = parent[open]!;
      open = outer === 0 ? NO_NODE : outer;
    }
    if (node >= nodeCount) break;
    const nodeKind = kind[node]!;
    if (nodeKind === NodeKind.element) {
      elements.start(node);
      open = node;
    } else if (set.hasNode(node)) {
      if (nodeKind === NodeKind.text || nodeKind === NodeKind.cdata) {
        if (parent[node] !== 0) writeTextNode(writer, document, node);
      } else if (nodeKind === NodeKind.processingInstruction || method.comments) writeOutlier(writer, document, node);
    }
    node++;
  }
}

/** Writes what of an element and its axes is in the set. Every element is started and ended, present or not. */
class SelectedElementWriter {
  readonly #set: SelectedSet;
  readonly #document: XmlDocument;
  readonly #family: CanonicalizationMethod['family'];
  readonly #budget: Budget;
  readonly #tags: TagWriter;
  readonly #order: CanonicalOrder;
  /**
   * `rendered` keeps the namespace node that the nearest output ancestor has in the set; exclusive: the nearest that
   * utilizes the prefix.
   */
  readonly #scope: NamespaceScope;
  /** 1 for the prefixes that are treated inclusively; null when all are. */
  readonly #listed: Uint8Array | null;
  /**
   * Prefixes other than the default with a declaration on the path, and for each open element how many there were
   * before it.
   */
  readonly #active: number[] = [];
  readonly #activeBefore: number[] = [];
  readonly #isActive: Uint8Array;
  /** The last element, plus one, that visibly utilizes each prefix. */
  readonly #utilized: Int32Array;
  readonly #isOmitted: (ancestor: NodeIndex) => boolean;
  #attributes = new Int32Array(16);
  #attributeCount = 0;
  #prefixes = new Int32Array(16);
  #prefixCount = 0;

  constructor(
    set: SelectedSet,
    method: CanonicalizationMethod,
    table: PrefixTable,
    writer: CanonicalWriter,
    budget: Budget,
  ) {
    const { document } = set;
    this.#set = set;
    this.#document = document;
    this.#family = method.family;
    this.#budget = budget;
    this.#tags = new TagWriter(document, writer, table.nameLength);
    this.#order = new CanonicalOrder(document, table.prefixes);
    this.#scope = new NamespaceScope(document, table);
    this.#listed = method.family === 'exclusive-1.0' ? listedPrefixes(method, table) : null;
    this.#isActive = new Uint8Array(table.count);
    this.#utilized = new Int32Array(table.count);
    this.#isOmitted = (ancestor) => !set.hasNode(ancestor);
  }

  start(element: NodeIndex): void {
    const included = this.#set.hasNode(element);
    const tags = this.#tags;
    this.#readAttributes(element, included && this.#isOrphan(element));
    if (included && this.#listed !== null) this.#markUtilized(element);
    this.#choosePrefixes(element, included);
    if (included) tags.startTagName(element);
    this.#writeNamespaces(element);
    const taken = included ? this.#takenOver(element) : NOTHING_TAKEN_OVER;
    tags.attributesMerged(element, this.#attributes, this.#attributeCount, taken, this.#order);
    if (included) tags.startTagEnd(element);
  }

  end(element: NodeIndex): void {
    const emptyTag = (this.#document.nodeFlags[element]! & NodeFlag.emptyTag) !== 0;
    if (!emptyTag && this.#set.hasNode(element)) this.#tags.endTag(element);
    this.#scope.leave(element);
    const before = this.#activeBefore.pop()!;
    while (this.#active.length > before) this.#isActive[this.#active.pop()!] = 0;
  }

  /**
   * Whether Canonical XML 1.1 looks for inheritable attributes of an element: it is in the set and its parent, the root
   * node too, is not. Those that it bears itself count then whether they are in the set or not, as the implementations
   * of the W3C's interoperability tests agree (xmlbase-c14n11spec3-103).
   */
  #isOrphan(element: NodeIndex): boolean {
    return this.#family === 'c14n-1.1' && this.#isOmitted(this.#document.parent[element]!);
  }

  /** Enters the declarations and collects the attributes that are in the set. */
  #readAttributes(element: NodeIndex, orphan: boolean): void {
    const { firstAttribute, attributeCount, attributeFlags } = this.#document;
    const first = firstAttribute[element]!;
    const end = first + attributeCount[element]!;
    if (end - first > this.#attributes.length) this.#attributes = new Int32Array((end - first) * 2);
    this.#attributeCount = 0;
    this.#activeBefore.push(this.#active.length);
    for (let a = first; a < end; a++) {
      if ((attributeFlags[a]! & AttributeFlag.namespaceDeclaration) === 0) {
        if (this.#set.hasAttribute(a) || (orphan && isInheritable(this.#document, a))) {
          this.#attributes[this.#attributeCount++] = a;
        }
        continue;
      }
      const prefix = this.#scope.declare(element, a);
      if (prefix === DEFAULT_PREFIX || prefix === XML_PREFIX || this.#isActive[prefix] === 1) continue;
      this.#isActive[prefix] = 1;
      this.#active.push(prefix);
    }
    this.#budget.spend('derivedOctets', this.#active.length);
  }

  /** Exclusive 1.0 §1.1: by the name of an element in the set, and by its attributes in the set. */
  #markUtilized(element: NodeIndex): void {
    const { name, attributeName, names } = this.#document;
    this.#utilized[names.prefixId[name[element]!]!] = element + 1;
    for (let i = 0; i < this.#attributeCount; i++) {
      const prefix = names.prefixId[attributeName[this.#attributes[i]!]!]!;
      if (prefix !== DEFAULT_PREFIX) this.#utilized[prefix] = element + 1;
    }
  }

  /** Which declarations are written, and what descendants can rely on from here. */
  #choosePrefixes(element: NodeIndex, included: boolean): void {
    if (this.#active.length + 1 > this.#prefixes.length) this.#prefixes = new Int32Array((this.#active.length + 1) * 2);
    this.#prefixCount = 0;
    this.#choosePrefix(DEFAULT_PREFIX, element, included);
    for (const prefix of this.#active) this.#choosePrefix(prefix, element, included);
  }

  #choosePrefix(prefix: number, element: NodeIndex, included: boolean): void {
    const inclusively = this.#listed === null || this.#listed[prefix] === 1;
    // Exclusive: without its element a namespace node is not written, and neither is one that is not utilized.
    if (!inclusively && this.#utilized[prefix] !== element + 1) return;
    const uri = this.#namespaceInSet(prefix, element);
    if (uri === this.#scope.rendered(prefix)) return;
    if (uri !== 0 || (prefix === DEFAULT_PREFIX && included)) this.#prefixes[this.#prefixCount++] = prefix;
    // An absent element declares nothing for its descendants.
    if (included) this.#scope.render(element, prefix, uri);
  }

  /** The URI id of the namespace node, 0 where there is none or it is not in the set. */
  #namespaceInSet(prefix: number, element: NodeIndex): number {
    const uri = this.#scope.uri(prefix);
    return uri !== 0 && this.#set.hasNamespace(element, prefix) ? uri : 0;
  }

  #writeNamespaces(element: NodeIndex): void {
    const scope = this.#scope;
    this.#order.sortPrefixes(this.#prefixes, this.#prefixCount);
    for (let i = 0; i < this.#prefixCount; i++) {
      const prefix = this.#prefixes[i]!;
      const uri = this.#namespaceInSet(prefix, element);
      // An undeclared default is written as it stands only where it stands as xmlns="".
      const declaration = uri === scope.uri(prefix) ? scope.declaration(prefix) : NO_NODE;
      this.#tags.namespace(declaration, uri, element);
    }
  }

  #takenOver(element: NodeIndex) {
    if (this.#family === 'exclusive-1.0') return NOTHING_TAKEN_OVER;
    if (this.#isOmitted(this.#document.parent[element]!)) {
      this.#budget.spend('derivedOctets', this.#activeBefore.length);
    }
    return takenOverFromAncestors(this.#document, element, this.#family, this.#isOmitted);
  }
}
