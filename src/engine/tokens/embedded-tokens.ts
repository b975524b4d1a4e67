/** Tokens that stand inside a reference: a wsse:SecurityTokenReference's wsse:Embedded (SMS 1.1 §7.4). */
import { DS, WSSE } from '../xml/namespaces.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { childElements, childElementsNamed, isElement } from '../xml/navigate.ts';

/**
 * The embedded elements of a header's child, in document order: of a reference itself, and of those in the KeyInfo of a
 * signature. They speak as much as tokens that stand free.
 */
export function embeddedTokens(document: XmlDocument, child: NodeIndex): readonly NodeIndex[] {
  if (isElement(document, child, WSSE, 'SecurityTokenReference')) return embeddedIn(document, child);
  if (!isElement(document, child, DS, 'Signature')) return [];
  return childElementsNamed(document, child, DS, 'KeyInfo')
    .flatMap((keyInfo) => childElementsNamed(document, keyInfo, WSSE, 'SecurityTokenReference'))
    .flatMap((reference) => embeddedIn(document, reference));
}

function embeddedIn(document: XmlDocument, reference: NodeIndex): readonly NodeIndex[] {
  return childElementsNamed(document, reference, WSSE, 'Embedded').flatMap((node) => childElements(document, node));
}
