/**
 * Operations on node-sets that several transforms need: members, exclusion of a subtree, and the ranges they stand for.
 */
import type { SourceRange } from '../bytes/source-range.ts';
import type { NodeSet, SelectedSet, SubtreeSet } from '../canonicalization/node-set.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { endOf, isWithin, nextOf, ownerOf, startOf } from '../xml/navigate.ts';
import { nodeSpan, startTagSpan } from '../xml/node-spans.ts';

/** The set less a whole subtree with its attributes and namespace nodes. */
export function without(set: NodeSet, root: NodeIndex): NodeSet {
  const { document } = set;
  if (set.type === 'subtree') {
    // An apex inside the subtree: XPath sees nothing of it (merlin-xpath-filter2-three), yet canonicalization, which
    // meets exclusions on the way down, writes it, as the JDK and Santuario do (envelopingSignatureEd448).
    if (set.apex > root && isWithin(document, set.apex, root)) return { ...set, excluded: [root] };
    if (!isWithin(document, root, set.apex) || set.excluded.some((excluded) => isWithin(document, root, excluded))) {
      return set;
    }
    const excluded = [...set.excluded.filter((other) => !isWithin(document, other, root)), root];
    return { ...set, excluded: excluded.sort((a, b) => a - b) };
  }
  const end = nextOf(document, root);
  const outside = (node: NodeIndex): boolean => node < root || node >= end;
  const selected: SelectedSet = {
    type: 'selected',
    document,
    hasNode: (node) => outside(node) && set.hasNode(node),
    hasAttribute: (attribute) => outside(ownerOf(document, attribute)) && set.hasAttribute(attribute),
    hasNamespace: (element, prefixId) => outside(element) && set.hasNamespace(element, prefixId),
  };
  return selected;
}

/** Whether a node of the tree is in the set. Linear in the excluded subtrees, of which there are few. */
export function holds(set: NodeSet, node: NodeIndex): boolean {
  if (set.type === 'selected') return set.hasNode(node);
  return (
    isWithin(set.document, node, set.apex) &&
    (set.comments || set.document.kind[node] !== NodeKind.comment) &&
    !set.excluded.some((excluded) => isWithin(set.document, node, excluded))
  );
}

/** The first node at which the set can have members, and one past the last. */
export function extent(set: NodeSet): readonly [NodeIndex, NodeIndex] {
  return set.type === 'subtree' ? [set.apex, nextOf(set.document, set.apex)] : [0, set.document.nodeCount];
}

/** A subtree of a document; node 0 for all of it. */
export function subtreeSet(document: XmlDocument, apex: NodeIndex, comments: boolean): SubtreeSet {
  return { type: 'subtree', document, apex, comments, excluded: [] };
}

const MOST_RANGES = 64;

/** Where in its source the set stands, for views: at most 64 ranges in document order, adjacent ones joined. */
export function setRanges(set: NodeSet): readonly SourceRange[] {
  const { document } = set;
  const ranges: SourceRange[] = [];
  const add = (start: number, end: number): void => {
    if (end <= start) return;
    const range = document.range(start, end);
    const last = ranges.at(-1);
    if (last !== undefined && last.space === range.space && last.end === range.start) {
      ranges[ranges.length - 1] = { ...last, end: range.end };
    } else ranges.push(range);
  };
  if (set.type === 'subtree') {
    let from = startOf(document, set.apex);
    for (const excluded of set.excluded.slice(0, MOST_RANGES)) {
      add(from, startOf(document, excluded));
      from = endOf(document, excluded);
    }
    add(from, endOf(document, set.apex));
    return ranges;
  }
  for (let node = 1; node < document.nodeCount && ranges.length < MOST_RANGES; node++) {
    if (!set.hasNode(node)) continue;
    const { start, end } =
      document.kind[node] === NodeKind.element ? startTagSpan(document, node) : nodeSpan(document, node);
    add(start, end);
  }
  return ranges;
}
