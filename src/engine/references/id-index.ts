/** One table over every attribute that can be an Id (docs/attacks.md XSW-02, XSW-03). */
import type { AttributeIndex, NodeIndex } from '../xml/document.ts';

/** An attribute that is an Id, and its element. */
export interface IdEntry {
  readonly element: NodeIndex;
  readonly attribute: AttributeIndex;
}

/** Elements of a document by Id. */
export interface IdIndex {
  /**
   * Every element with this id, in document order. More than one is a duplicate: an error as soon as the id is used.
   */
  lookup(id: string): readonly IdEntry[];
  /** Ids that stand more than once. */
  readonly duplicates: readonly string[];
  /** The element's own id value (wsu:Id first), or null. */
  idOf(element: NodeIndex): string | null;
}
