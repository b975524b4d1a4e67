/** Every ds:Signature of a document, each once, with the place it speaks from (XML Signature §2; SMS §8). */
import type { Budget } from '../bytes/budget.ts';
import { DS, SAML1, SAML2 } from '../xml/namespaces.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { descendantElementsNamed, isElement, isWithin, parentOf } from '../xml/navigate.ts';
import type { SignaturePlace } from './judged-signature.ts';

/** A ds:Signature and where it stands. */
export interface FoundSignature {
  readonly node: NodeIndex;
  readonly place: SignaturePlace;
}

/** Where signatures are looked for. */
export interface SignatureSearch {
  readonly document: XmlDocument;
  /** Null outside SOAP: then every signature speaks for the document. */
  readonly envelope: NodeIndex | null;
  /** The Security headers that this receiver processes. */
  readonly ours: readonly NodeIndex[];
  readonly budget: Budget;
}

/** In document order, those inside other signatures' ds:Object and KeyInfo too. */
export function findSignatures(search: SignatureSearch): readonly FoundSignature[] {
  const { document } = search;
  const found: FoundSignature[] = [];
  if (!document.names.local.includes('Signature')) return found;
  for (const node of descendantElementsNamed(document, 0, DS, 'Signature')) {
    search.budget.spend('signatures', 1, document.start[node]);
    found.push({ node, place: placeOf(node, search) });
  }
  return found;
}

function placeOf(node: NodeIndex, search: SignatureSearch): SignaturePlace {
  const { document } = search;
  const parent = parentOf(document, node);
  const assertion = isElement(document, parent, SAML2, 'Assertion') || isElement(document, parent, SAML1, 'Assertion');
  if (search.envelope === null) return assertion ? 'saml-assertion' : 'document';
  if (search.ours.includes(parent)) return 'security-header';
  return assertion && search.ours.some((header) => isWithin(document, parent, header)) ? 'saml-assertion' : 'elsewhere';
}
