/** The certificate of a KeyInfo, hashed in place of the KeyInfo that is referenced: DER, base64 or PEM (RFC 7468 §3). */
import { decodeBase64, encodeBase64 } from '../../bytes/base64.ts';
import { encodeUtf8 } from '../../bytes/utf8.ts';
import { DS, WSSE } from '../../xml/namespaces.ts';
import { descendantElements, isElement, textContent } from '../../xml/navigate.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';

/** Certificates of one KeyInfo that are tried. */
const MOST_CERTIFICATES = 4;

/** Lengths of lines that writers of base64 use. */
const LINES = [64, 76] as const;

/** The forms of each certificate in the element that is referenced. */
export function* certificateTexts({ document, apex }: TextSubject): Generator<Candidate> {
  if (apex === null) return;
  const holders = [apex, ...descendantElements(document, apex)].filter(
    (node) =>
      isElement(document, node, DS, 'X509Certificate') || isElement(document, node, WSSE, 'BinarySecurityToken'),
  );
  for (const holder of holders.slice(0, MOST_CERTIFICATES)) {
    const text = textContent(document, holder);
    const { octets } = decodeBase64(text);
    if (octets === null || octets.length === 0) continue;
    for (const [how, made] of forms(text, octets)) {
      yield { code: 'keyinfo-digest-of-certificate', party: 'signer', how, octets: () => made };
    }
  }
}

function* forms(text: string, der: Uint8Array): Generator<readonly [string, Uint8Array]> {
  yield ['certificate-der', der];
  yield ['certificate-base64', encodeUtf8(text)];
  const base64 = encodeBase64(der);
  yield ['certificate-base64', encodeUtf8(base64)];
  for (const length of LINES) {
    for (const end of ['\n', '\r\n']) {
      const lines = base64.replace(new RegExp(`.{${length}}(?=.)`, 'g'), (line) => line + end);
      yield ['certificate-base64', encodeUtf8(lines)];
      yield ['certificate-base64', encodeUtf8(lines + end)];
      const pem = `-----BEGIN CERTIFICATE-----${end}${lines}${end}-----END CERTIFICATE-----`;
      yield ['certificate-pem', encodeUtf8(pem)];
      yield ['certificate-pem', encodeUtf8(pem + end)];
    }
  }
  for (const end of ['\n', '\r\n', '']) {
    const pem = `-----BEGIN CERTIFICATE-----${end}${base64}${end}-----END CERTIFICATE-----`;
    yield ['certificate-pem', encodeUtf8(pem)];
    yield ['certificate-pem', encodeUtf8(pem + end)];
  }
}
