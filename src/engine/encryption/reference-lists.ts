/**
 * Which EncryptedData and EncryptedKey the ReferenceLists of a document name, and from where (XML Encryption 1.1 §3.6;
 * SMS §9.1).
 */
import { SOAP11, SOAP12, XENC } from '../xml/namespaces.ts';
import type { IdIndex } from '../references/id-index.ts';
import { type NodeIndex, type XmlDocument, NO_NODE } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  descendantElementsNamed,
  isElement,
  localName,
  parentOf,
} from '../xml/navigate.ts';

/** One entry of an xenc:ReferenceList (XML Encryption 1.1 §3.6). */
export interface EncryptionReference {
  /** The xenc:DataReference or xenc:KeyReference. */
  readonly node: NodeIndex;
  readonly uri: string | null;
  readonly target: NodeIndex | null;
  /** The xenc:EncryptedKey that holds the list; null for a list of its own. */
  readonly key: NodeIndex | null;
}

/** Every entry of every list that a receiver follows. */
export interface ReferenceLists {
  readonly references: readonly EncryptionReference[];
  /** By the element named. */
  readonly of: ReadonlyMap<NodeIndex, readonly EncryptionReference[]>;
}

/** Whether the root is an Envelope of SOAP 1.1 or 1.2. */
export function isSoapEnvelope(document: XmlDocument, root: NodeIndex): boolean {
  return (
    root !== NO_NODE && (isElement(document, root, SOAP11, 'Envelope') || isElement(document, root, SOAP12, 'Envelope'))
  );
}

/** A Security header or an EncryptedKey; outside SOAP whatever the application chose. */
function holdsLists(document: XmlDocument, holder: NodeIndex): boolean {
  if (holder <= 0 || !isSoapEnvelope(document, document.root)) return true;
  return isElement(document, holder, XENC, 'EncryptedKey') || localName(document, holder) === 'Security';
}

/** @returns the DataReferences and KeyReferences of every list that a receiver looks at */
export function readReferenceLists(document: XmlDocument, ids: IdIndex): ReferenceLists {
  const references: EncryptionReference[] = [];
  const of = new Map<NodeIndex, EncryptionReference[]>();
  for (const list of descendantElementsNamed(document, 0, XENC, 'ReferenceList')) {
    const holder = parentOf(document, list);
    // Elsewhere no receiver looks for one: what it names is named by nobody.
    if (!holdsLists(document, holder)) continue;
    const key = holder > 0 && isElement(document, holder, XENC, 'EncryptedKey') ? holder : null;
    for (const node of childElements(document, list)) {
      if (!isElement(document, node, XENC, 'DataReference') && !isElement(document, node, XENC, 'KeyReference')) {
        continue;
      }
      const uri = attributeValue(document, node, '', 'URI');
      const target = uri?.startsWith('#') === true ? (ids.lookup(uri.slice(1))[0]?.element ?? null) : null;
      const reference = { node, uri, target, key };
      references.push(reference);
      if (target === null) continue;
      const others = of.get(target);
      if (others === undefined) of.set(target, [reference]);
      else others.push(reference);
    }
  }
  return { references, of };
}
