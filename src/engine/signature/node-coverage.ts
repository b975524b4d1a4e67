/** Whether a node-set that was digested holds an element: whole, in part, or not. */
import type { NodeSet, SelectedSet } from '../canonicalization/node-set.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributes, isNamespaceDeclaration, isWithin, nextOf, prefixIdOf } from '../xml/navigate.ts';

import { allReferences, isVerified, type JudgedReference, type JudgedSignature } from './judged-signature.ts';

/** How much of an element is in a set of nodes. */
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

/** Whether what a reference digested, or would have, holds `element`. */
export function heldBy(reference: JudgedReference, element: NodeIndex, signature: JudgedSignature): Held {
  const { document } = signature;
  const { processed } = reference;
  if (processed.status === 'octets') {
    if (processed.alsoCovers.some((node) => isWithin(document, element, node))) return 'full';
    return processed.kept === null ? 'none' : holds(processed.kept, document, element, signature.node);
  }
  // A reference that gave no octets still tells what the signer meant to cover.
  const { target } = processed;
  return target !== null && isWithin(document, element, target) ? 'full' : 'none';
}

/** Whether a verified reference of the signature holds the whole element. */
export function covers(signature: JudgedSignature, element: NodeIndex): boolean {
  return (
    isVerified(signature) &&
    allReferences(signature).some(
      (reference) => reference.report.digest === 'pass' && heldBy(reference, element, signature) === 'full',
    )
  );
}

function heldBySelection(set: SelectedSet, element: NodeIndex, signature: NodeIndex): Held {
  const { document } = set;
  let kept = false;
  let left = false;
  const end = nextOf(document, element);
  for (let node = element; node < end && !(kept && left); node++) {
    if (node === signature) {
      node = nextOf(document, node) - 1;
      continue;
    }
    // Comments never carry what a receiver acts on.
    if (document.kind[node] === NodeKind.comment) continue;
    if (set.hasNode(node)) kept = true;
    else left = true;
    if (document.kind[node] !== NodeKind.element) continue;
    // Without its namespace node an element is digested by a name that nothing binds.
    const prefix = prefixIdOf(document, node);
    if (document.uri[node] !== 0 && !set.hasNamespace(node, prefix)) left = true;
    for (const attribute of attributes(document, node)) {
      if (!isNamespaceDeclaration(document, attribute) && !set.hasAttribute(attribute)) left = true;
    }
  }
  if (!kept) return 'none';
  return left ? 'partial' : 'full';
}
