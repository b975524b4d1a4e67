/**
 * Ids that signatures use and that some receivers do not take: no NCName (xs:ID), or not the assertion's own (SAML).
 */
import { allReferences, isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { DS, SAML1, SAML1P, SAML2, SAML2P } from '../xml/namespaces.ts';
import { attributeValue, childElements, isElement, localName, namespaceUri, startTagRange } from '../xml/navigate.ts';
import { isNCName } from '../xml/characters.ts';

/** The attribute that SAML signatures refer to (SAML 1.1 §5.4.2; SAML 2.0 §5.4.2), or null for another element. */
function samlId(document: XmlDocument, node: NodeIndex): string | null {
  const uri = namespaceUri(document, node);
  const local = localName(document, node);
  if (uri === SAML2 && local === 'Assertion') return 'ID';
  if (uri === SAML2P && local === 'Response') return 'ID';
  if (uri === SAML1 && local === 'Assertion') return 'AssertionID';
  return uri === SAML1P && local === 'Response' ? 'ResponseID' : null;
}

/** One finding a reference at most, of the signatures that hold in `document`. */
export function referenceNames(document: XmlDocument, signatures: readonly JudgedSignature[]): FindingDraft[] {
  return signatures
    .filter((signature) => signature.document === document && isVerified(signature))
    .flatMap((signature) => allReferences(signature))
    .flatMap(({ report, processed }): FindingDraft[] => {
      const uri = report.uri ?? '';
      if (!/^#[^#(]+$/.test(uri) || processed.status !== 'octets' || processed.target === null) return [];
      const id = uri.slice(1);
      const own = processed.target === 0 ? null : samlId(document, processed.target);
      const ranges = [report.range];
      if (!isNCName(id)) return [{ code: 'id-not-ncname', severity: 'warning', ranges, data: { id } }];
      if (own === null || attributeValue(document, processed.target, '', own) === id) return [];
      const data = { id, attribute: own };
      return [{ code: 'saml-reference-not-to-assertion-id', severity: 'warning', ranges, data }];
    });
}

/**
 * SignatureConfirmation behind the Signature in our header: a receiver with a strict layout takes tokens and values
 * before the signature that covers them (WS-SecurityPolicy 1.2 §6.7).
 */
export function confirmationOrder(document: XmlDocument, headers: readonly NodeIndex[]): FindingDraft[] {
  return headers.flatMap((header): FindingDraft[] => {
    const children = childElements(document, header);
    const signature = children.findIndex((child) => isElement(document, child, DS, 'Signature'));
    const late = children.find((child, at) => at > signature && localName(document, child) === 'SignatureConfirmation');
    if (signature < 0 || late === undefined) return [];
    const data = { element: 'SignatureConfirmation' };
    return [{ code: 'strict-layout-order', severity: 'warning', ranges: [startTagRange(document, late)], data }];
  });
}
