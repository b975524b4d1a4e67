/** XPath node-sets over our tree, as the transforms and canonicalization use them (XML Signature §4.4.3.2). */
import type { AttributeIndex, NodeIndex, XmlDocument } from '../xml/document.ts';

/**
 * A node with all its descendants, attributes and namespace nodes, less whole excluded subtrees: what a
 * same-document reference yields. The fast path of canonicalization.
 */
export interface SubtreeSet {
  readonly type: 'subtree';
  readonly document: XmlDocument;
  /** 0 for the whole document. */
  readonly apex: NodeIndex;
  /** False where the reference drops comments (`""` and `#id`, XML Signature §4.4.3.3). */
  readonly comments: boolean;
  /** Roots of excluded subtrees, in document order (the enveloped-signature transform). */
  readonly excluded: readonly NodeIndex[];
}

/** Any node-set: what an XPath transform yields. */
export interface SelectedSet {
  readonly type: 'selected';
  readonly document: XmlDocument;
  hasNode(node: NodeIndex): boolean;
  hasAttribute(attribute: AttributeIndex): boolean;
  /** Whether the namespace node for `prefixId` on `element` is in the set. */
  hasNamespace(element: NodeIndex, prefixId: number): boolean;
}

/** What is canonicalized. */
export type NodeSet = SubtreeSet | SelectedSet;
