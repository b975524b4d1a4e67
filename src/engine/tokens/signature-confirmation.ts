/** wsse11:SignatureConfirmation: the responder repeats the request's signature values (SMS 1.1 §8.5). */
import { base64Octets, encodeBase64 } from '../bytes/base64.ts';
import { DS, WSSE11 } from '../xml/namespaces.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { attributeValue, descendantElementsNamed, isElement, nodeRange, textContent } from '../xml/navigate.ts';

/** The element as it was read. */
export interface SignatureConfirmation {
  readonly node: NodeIndex;
  /** The Value normalized; null where absent: the request had no signature. */
  readonly value: string | null;
}

function normalized(text: string): string {
  const octets = base64Octets(text);
  return octets === null ? text.trim() : encodeBase64(octets);
}

/** Whether an element is a wsse11:SignatureConfirmation. */
export function isSignatureConfirmation(document: XmlDocument, node: NodeIndex): boolean {
  return isElement(document, node, WSSE11, 'SignatureConfirmation');
}

/** Reads a wsse11:SignatureConfirmation. */
export function readSignatureConfirmation(document: XmlDocument, node: NodeIndex): SignatureConfirmation {
  const value = attributeValue(document, node, '', 'Value');
  return { node, value: value === null || value.trim() === '' ? null : normalized(value) };
}

/** The ds:SignatureValues of a request, normalized, for {@link judgeConfirmations}. */
export function signatureValues(request: XmlDocument): string[] {
  return descendantElementsNamed(request, 0, DS, 'SignatureValue').map((node) =>
    normalized(textContent(request, node)),
  );
}

/**
 * Every value of the request must be confirmed and every confirmation must be of the request; a request without
 * signature is answered with one confirmation without Value.
 */
export function judgeConfirmations(
  document: XmlDocument,
  confirmations: readonly SignatureConfirmation[],
  requestValues: readonly string[],
): FindingDraft[] {
  const findings: FindingDraft[] = [];
  const known = new Set(requestValues);
  const confirmed = new Set(confirmations.map((one) => one.value));
  for (const one of confirmations) {
    if (one.value === null ? requestValues.length > 0 : !known.has(one.value)) {
      findings.push({
        code: 'signature-confirmation-mismatch',
        severity: 'error',
        ranges: [nodeRange(document, one.node)],
        fault: 'wsse:InvalidSecurity',
        data: { reason: one.value === null ? 'value-missing' : 'not-of-this-request', value: one.value ?? '' },
      });
    }
  }
  for (const value of known) {
    if (!confirmed.has(value)) {
      findings.push({
        code: 'signature-confirmation-mismatch',
        severity: 'error',
        ranges: [],
        data: { reason: 'not-confirmed', value },
        fault: 'wsse:InvalidSecurity',
      });
    }
  }
  return findings;
}
