/**
 * Canonical form of an arbitrary node-set (Canonical XML 1.0 §2.3 and §2.4, 1.1 §2.4, Exclusive 1.0 §3): elements may
 * be absent while their attributes, namespace nodes or children are present, and the reverse.
 */
import type { Budget } from '../bytes/budget.ts';
import { AttributeFlag, NO_NODE, NodeFlag, NodeKind } from '../xml/document.ts';
import type { CanonicalWriter } from './canonical-writer.ts';
import { CanonicalOrder } from './canonical-order.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';
import { TagWriter } from './element-tags.ts';
import { NamespaceScope } from './namespace-scope.ts';
import type { SelectedSet } from './node-set.ts';
import { listedPrefixes } from './prefix-table.ts';
import type { PrefixTable } from './prefix-table.ts';
import { writeOutlier, writeTextNode } from './write-content.ts';
import { NOTHING_TAKEN_OVER, takenOverFromAncestors } from './xml-attributes.ts';

const DEFAULT_PREFIX = 0;
const XML_PREFIX = 1;

/**
 * Writes the canonical form of `set`. Every element costs its in-scope prefixes, because each has a namespace node
 * that may be in the set or not; that work is spent from the budget.
 */
export function writeSelected(set: SelectedSet, method: CanonicalizationMethod, table: PrefixTable, writer: CanonicalWriter, budget: Budget): void {
  const { document } = set;
  const { kind, next, parent, name, firstAttribute, attributeCount, attributeFlags, attributeName, nodeFlags } = document;
  const prefixId = document.names.prefixId;
  const exclusive = method.family === 'exclusive-1.0';
  const tags = new TagWriter(document, writer, table.nameLength);
  const order = new CanonicalOrder(document, table.prefixes);
  /** `rendered` keeps the namespace node that the nearest output ancestor has in the set; exclusive: the nearest that utilizes the prefix. */
  const scope = new NamespaceScope(document, table);
  const listed = exclusive ? listedPrefixes(method, table) : null;
  const omitted = (ancestor: number) => !set.hasNode(ancestor);
  /** Prefixes other than the default with a declaration on the path, in the order met, without repetition. */
  const active: number[] = [];
  const isActive = new Uint8Array(table.count);
  const activeBefore: number[] = [];
  const seen = new Int32Array(table.count);
  let attributes = new Int32Array(16);
  let prefixes = new Int32Array(16);

  let open = NO_NODE;
  let node = 1;
  for (;;) {
    while (open !== NO_NODE && node >= next[open]!) {
      if (set.hasNode(open) && (nodeFlags[open]! & NodeFlag.emptyTag) === 0) tags.endTag(open);
      scope.leave(open);
      const before = activeBefore.pop()!;
      while (active.length > before) isActive[active.pop()!] = 0;
      const outer = parent[open]!;
      open = outer === 0 ? NO_NODE : outer;
    }
    if (node >= document.nodeCount) break;
    const nodeKind = kind[node]!;
    const included = set.hasNode(node);
    if (nodeKind !== NodeKind.element) {
      if (included) {
        if (nodeKind === NodeKind.text || nodeKind === NodeKind.cdata) {
          if (parent[node] !== 0) writeTextNode(writer, document, node);
        } else if (nodeKind === NodeKind.processingInstruction || method.comments) writeOutlier(writer, document, node);
      }
      node++;
      continue;
    }

    activeBefore.push(active.length);
    const first = firstAttribute[node]!;
    const end = first + attributeCount[node]!;
    if (end - first > attributes.length) attributes = new Int32Array((end - first) * 2);
    let attributeTotal = 0;
    for (let a = first; a < end; a++) {
      if ((attributeFlags[a]! & AttributeFlag.namespaceDeclaration) === 0) {
        if (set.hasAttribute(a)) attributes[attributeTotal++] = a;
        continue;
      }
      const prefix = scope.declare(node, a);
      if (prefix === DEFAULT_PREFIX || prefix === XML_PREFIX || isActive[prefix] === 1) continue;
      isActive[prefix] = 1;
      active.push(prefix);
    }
    if (active.length + 1 > prefixes.length) prefixes = new Int32Array((active.length + 1) * 2);
    budget.spend('derivedOctets', active.length);

    const mark = node + 1;
    if (exclusive) {
      seen[prefixId[name[node]!]!] = included ? mark : 0;
      for (let i = 0; i < attributeTotal; i++) {
        const prefix = prefixId[attributeName[attributes[i]!]!]!;
        if (prefix !== DEFAULT_PREFIX && included) seen[prefix] = mark;
      }
    }
    let prefixTotal = 0;
    for (let i = -1; i < active.length; i++) {
      const prefix = i === -1 ? DEFAULT_PREFIX : active[i]!;
      const inclusively = listed === null || listed[prefix] === 1;
      // Exclusive: without its element a namespace node is not rendered, and neither is one that is not utilized.
      if (!inclusively && seen[prefix] !== mark) continue;
      const uri = scope.uri(prefix);
      const value = uri !== 0 && set.hasNamespace(node, prefix) ? uri : 0;
      if (value === scope.rendered(prefix)) continue;
      if (value !== 0 || (prefix === DEFAULT_PREFIX && included)) prefixes[prefixTotal++] = prefix;
      if (included) scope.render(node, prefix, value);
    }

    if (included) tags.startTagName(node);
    if (prefixTotal > 0) {
      order.sortPrefixes(prefixes, prefixTotal);
      for (let i = 0; i < prefixTotal; i++) {
        const prefix = prefixes[i]!;
        const present = scope.uri(prefix) !== 0 && set.hasNamespace(node, prefix);
        if (present) tags.namespace(scope.declaration(prefix), scope.uri(prefix), node);
        else tags.namespace(scope.uri(prefix) === 0 ? scope.declaration(prefix) : NO_NODE, 0, node);
      }
    }
    const taken = included ? takenOverFromAncestors(document, node, method.family, omitted) : NOTHING_TAKEN_OVER;
    if (taken !== NOTHING_TAKEN_OVER) tags.attributesMerged(node, attributes, attributeTotal, taken, order);
    else {
      order.sortAttributes(attributes, attributeTotal);
      for (let i = 0; i < attributeTotal; i++) tags.attribute(attributes[i]!);
    }
    if (included) tags.startTagEnd(node);
    open = node++;
  }
}
