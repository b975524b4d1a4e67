/**
 * The certificate of a KeyInfo, hashed in place of the KeyInfo that is referenced: DER, base64 or PEM (RFC 7468 §3).
 */
import { decodeBase64 } from '../../bytes/base64.ts';
import { certificateTexts } from '../../certificates/certificate-texts.ts';
import { DS, WSSE } from '../../xml/namespaces.ts';
import { descendantElements, isElement, textContent } from '../../xml/navigate.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';

/** Certificates of one KeyInfo that are tried. */
const MOST_CERTIFICATES = 4;

/** The forms of each certificate in the element that is referenced. */
export function* certificatesInstead({ document, apex }: TextSubject): Generator<Candidate> {
  if (apex === null) return;
  const holders = [apex, ...descendantElements(document, apex)].filter(
    (node) =>
      isElement(document, node, DS, 'X509Certificate') || isElement(document, node, WSSE, 'BinarySecurityToken'),
  );
  for (const holder of holders.slice(0, MOST_CERTIFICATES)) {
    const text = textContent(document, holder);
    const { octets } = decodeBase64(text);
    if (octets === null || octets.length === 0) continue;
    for (const [how, made] of certificateTexts(octets, text)) {
      yield { code: 'keyinfo-digest-of-certificate', party: 'signer', how, octets: () => made };
    }
  }
}
