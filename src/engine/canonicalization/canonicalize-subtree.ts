/** Canonical form of a subtree less excluded subtrees: the fast path, one pass without recursion (Canonical XML 1.0 §2.3, Exclusive 1.0 §3). */
import { AttributeFlag, NO_NODE, NodeFlag, NodeKind } from '../xml/document.ts';
import type { CanonicalWriter } from './canonical-writer.ts';
import { CanonicalOrder } from './canonical-order.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';
import { TagWriter } from './element-tags.ts';
import { NamespaceScope } from './namespace-scope.ts';
import type { SubtreeSet } from './node-set.ts';
import { listedPrefixes } from './prefix-table.ts';
import type { PrefixTable } from './prefix-table.ts';
import { writeOutlier, writeTextNode } from './write-content.ts';
import { NOTHING_TAKEN_OVER, takenOverFromAncestors } from './xml-attributes.ts';

const DEFAULT_PREFIX = 0;
const XML_PREFIX = 1;

/** Writes the canonical form of `set`. */
export function writeSubtree(set: SubtreeSet, method: CanonicalizationMethod, table: PrefixTable, writer: CanonicalWriter): void {
  const { document, apex, excluded } = set;
  const { kind, next, parent, name, firstAttribute, attributeCount, attributeFlags, attributeName, nodeFlags } = document;
  const prefixId = document.names.prefixId;
  const comments = method.comments && set.comments;
  const exclusive = method.family === 'exclusive-1.0';
  const tags = new TagWriter(document, writer, table.nameLength);
  const order = new CanonicalOrder(document, table.prefixes);
  const scope = new NamespaceScope(document, table);
  const listed = exclusive ? listedPrefixes(method, table) : null;
  /** The last element, plus one, at which each prefix was looked at. */
  const seen = new Int32Array(table.count);
  let attributes = new Int32Array(16);
  let prefixes = new Int32Array(16);

  const inherited = kind[apex] === NodeKind.element ? scope.inherit(apex) : [];
  const last = next[apex]!;
  let nextExcluded = 0;
  let excludedAt = excluded.length > 0 ? excluded[0]! : NO_NODE;
  let open = NO_NODE;
  let node = apex;
  for (;;) {
    while (open !== NO_NODE && node >= next[open]!) {
      tags.endTag(open);
      scope.leave(open);
      const outer = open === apex ? NO_NODE : parent[open]!;
      open = outer === 0 ? NO_NODE : outer;
    }
    if (node >= last) break;
    if (excludedAt !== NO_NODE && node >= excludedAt) {
      const skip = node === excludedAt;
      excludedAt = ++nextExcluded < excluded.length ? excluded[nextExcluded]! : NO_NODE;
      if (skip) node = next[node]!;
      continue;
    }
    const nodeKind = kind[node]!;
    if (nodeKind !== NodeKind.element) {
      // White space outside the document element is no node of the data model.
      if (nodeKind === NodeKind.text || nodeKind === NodeKind.cdata) {
        if (parent[node] !== 0) writeTextNode(writer, document, node);
      } else if (nodeKind === NodeKind.processingInstruction || (nodeKind === NodeKind.comment && comments)) writeOutlier(writer, document, node);
      node++;
      continue;
    }

    const first = firstAttribute[node]!;
    const end = first + attributeCount[node]!;
    const mark = node + 1;
    let attributeTotal = 0;
    let prefixTotal = 0;
    // One prefix for each attribute and each inherited declaration, and the element's own.
    const atMost = end - first + inherited.length + 1;
    if (atMost > prefixes.length) {
      attributes = new Int32Array(atMost * 2);
      prefixes = new Int32Array(atMost * 2);
    }
    for (let a = first; a < end; a++) {
      if ((attributeFlags[a]! & AttributeFlag.namespaceDeclaration) === 0) {
        attributes[attributeTotal++] = a;
        continue;
      }
      const prefix = scope.declare(node, a);
      // Inclusive: what is declared here is what can differ here.
      if ((listed === null || listed[prefix] === 1) && scope.differs(prefix)) {
        seen[prefix] = mark;
        prefixes[prefixTotal++] = prefix;
      }
    }
    if (node === apex) {
      for (const prefix of inherited) {
        if ((listed === null || listed[prefix] === 1) && seen[prefix] !== mark && scope.differs(prefix)) {
          seen[prefix] = mark;
          prefixes[prefixTotal++] = prefix;
        }
      }
    }
    if (exclusive) {
      const own = prefixId[name[node]!]!;
      if (seen[own] !== mark) {
        seen[own] = mark;
        if (scope.differs(own)) prefixes[prefixTotal++] = own;
      }
      for (let i = 0; i < attributeTotal; i++) {
        const prefix = prefixId[attributeName[attributes[i]!]!]!;
        if (prefix === DEFAULT_PREFIX || prefix === XML_PREFIX || seen[prefix] === mark) continue;
        seen[prefix] = mark;
        if (scope.differs(prefix)) prefixes[prefixTotal++] = prefix;
      }
    }

    tags.startTagName(node);
    if (prefixTotal > 0) {
      order.sortPrefixes(prefixes, prefixTotal);
      for (let i = 0; i < prefixTotal; i++) {
        const prefix = prefixes[i]!;
        const uri = scope.uri(prefix);
        tags.namespace(scope.declaration(prefix), uri, node);
        scope.render(node, prefix, uri);
      }
    }
    const taken = node === apex ? takenOverFromAncestors(document, node, method.family, isOmitted) : NOTHING_TAKEN_OVER;
    if (taken !== NOTHING_TAKEN_OVER) tags.attributesMerged(node, attributes, attributeTotal, taken, order);
    else {
      order.sortAttributes(attributes, attributeTotal);
      for (let i = 0; i < attributeTotal; i++) tags.attribute(attributes[i]!);
    }
    tags.startTagEnd(node);
    if ((nodeFlags[node]! & NodeFlag.emptyTag) !== 0) scope.leave(node);
    else open = node;
    node++;
  }
}

/** Every ancestor of a subtree's apex is outside the node-set. */
function isOmitted(): boolean {
  return true;
}
