/** The encrypted parts of a message and what carries their keys (XML Encryption §3; SMS §9). */
import { XENC } from '../xml/namespaces.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { descendantElementsNamed } from '../xml/navigate.ts';

/** The encrypted elements of a document. */
export interface EncryptedParts {
  /** Every xenc:EncryptedData, in document order. */
  readonly data: readonly NodeIndex[];
  /** Every xenc:EncryptedKey, in document order. */
  readonly keys: readonly NodeIndex[];
}

/** Finds the encrypted elements of a document, wherever they stand. */
export function findEncryptedParts(document: XmlDocument): EncryptedParts {
  // The table of names is short; the tree is searched only where a name stands in it.
  const named = (local: string) =>
    document.names.local.includes(local) ? descendantElementsNamed(document, 0, XENC, local) : [];
  return { data: named('EncryptedData'), keys: named('EncryptedKey') };
}
