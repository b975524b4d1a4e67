/** Whether a node-set that was digested holds an element: whole, in part, or not. */
import type { NodeSet, SelectedSet } from '../canonicalization/node-set.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributes, isNamespaceDeclaration, isWithin } from '../xml/navigate.ts';

export type Held = 'full' | 'partial' | 'none';

/**
 * @param signature the ds:Signature whose reference it is: that it leaves itself out takes nothing from what it covers
 */
export function holds(set: NodeSet, document: XmlDocument, element: NodeIndex, signature: NodeIndex): Held {
  if (set.document !== document) return 'none';
  if (set.type === 'selected') return heldBySelection(set, element, signature);
  if (!isWithin(document, element, set.apex)) return isWithin(document, set.apex, element) ? 'partial' : 'none';
  if (set.excluded.some((root) => isWithin(document, element, root))) return 'none';
  return set.excluded.some((root) => root !== signature && isWithin(document, root, element)) ? 'partial' : 'full';
}

function heldBySelection(set: SelectedSet, element: NodeIndex, signature: NodeIndex): Held {
  const { document } = set;
  let kept = false;
  let left = false;
  const end = document.next[element]!;
  for (let node = element; node < end && !(kept && left); node++) {
    if (node === signature) {
      node = document.next[node]! - 1;
      continue;
    }
    // Comments never carry what a receiver acts on.
    if (document.kind[node] === NodeKind.comment) continue;
    if (set.hasNode(node)) kept = true;
    else left = true;
    if (document.kind[node] !== NodeKind.element) continue;
    for (const attribute of attributes(document, node)) {
      if (!isNamespaceDeclaration(document, attribute) && !set.hasAttribute(attribute)) left = true;
    }
  }
  if (!kept) return 'none';
  return left ? 'partial' : 'full';
}
