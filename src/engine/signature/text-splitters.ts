/**
 * Comments and processing instructions that stand between two pieces of text: readers differ on what such text is
 * (docs/attacks.md SIG-08).
 */
import { firstIndex } from '../bytes/sorted.ts';
import { NodeFlag, NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { childNodes, hasFlag, nextOf, parentOf } from '../xml/navigate.ts';

/** One pass over the document; only those beside text that is not white space alone on both sides. */
export function findTextSplitters(document: XmlDocument): readonly NodeIndex[] {
  const splitters: NodeIndex[] = [];
  for (let node = 1; node < document.nodeCount; node++) {
    const kind = document.kind[node];
    if (kind !== NodeKind.comment && kind !== NodeKind.processingInstruction) continue;
    const before = node - 1;
    const after = nextOf(document, node);
    const parent = parentOf(document, node);
    if (
      isText(document, before) &&
      document.parent[before] === parent &&
      isText(document, after) &&
      document.parent[after] === parent
    ) {
      splitters.push(node);
    }
  }
  return splitters;
}

function isText(document: XmlDocument, node: NodeIndex): boolean {
  if (node < 1 || node >= document.nodeCount) return false;
  const kind = document.kind[node];
  return (kind === NodeKind.text && !hasFlag(document, node, NodeFlag.whitespace)) || kind === NodeKind.cdata;
}

/** Ranges that a finding shows at most; its count says how many there are. */
export const MOST_SHOWN = 64;

/** The splitters beneath any of `roots`, each once, in document order: the number of all and the first few. */
export function splittersWithin(
  splitters: readonly NodeIndex[],
  document: XmlDocument,
  roots: readonly NodeIndex[],
): { readonly count: number; readonly first: readonly NodeIndex[] } {
  const first: NodeIndex[] = [];
  let count = 0;
  let after = -1;
  for (const root of [...roots].sort((a, b) => a - b)) {
    const end = nextOf(document, root);
    // Subtrees are apart or one inside the other.
    if (end <= after) continue;
    const from = firstFrom(splitters, Math.max(root, after));
    const to = firstFrom(splitters, end);
    count += to - from;
    first.push(...splitters.slice(from, Math.min(to, from + MOST_SHOWN - first.length)));
    after = end;
  }
  return { count, first };
}

/**
 * Comments and processing instructions in elements that hold no element: one reader takes the first text node, another
 * the last.
 */
export function commentsInLeaves(document: XmlDocument, roots: readonly NodeIndex[]): readonly NodeIndex[] {
  const found: NodeIndex[] = [];
  const leaves = new Map<NodeIndex, boolean>();
  for (const root of roots) {
    for (let node = root + 1; node < nextOf(document, root); node++) {
      if (document.kind[node] !== NodeKind.comment && document.kind[node] !== NodeKind.processingInstruction) continue;
      const holder = parentOf(document, node);
      let leaf = leaves.get(holder);
      if (leaf === undefined) leaves.set(holder, (leaf = !hasElement(document, holder)));
      if (leaf) found.push(node);
    }
  }
  return found;
}

function hasElement(document: XmlDocument, holder: NodeIndex): boolean {
  for (const child of childNodes(document, holder)) if (document.kind[child] === NodeKind.element) return true;
  return false;
}

/** Index of the first of `nodes` that does not stand before `node`. */
function firstFrom(nodes: readonly NodeIndex[], node: NodeIndex): number {
  return firstIndex(0, nodes.length, (index) => (nodes[index] ?? Infinity) >= node);
}
