/** The octets that programs take for a certificate when they hash one: its DER, or some text of it (RFC 7468 §3). */
import { encodeBase64 } from '../bytes/base64.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';

/** What was taken: the certificate, its base64, or its PEM. */
export type CertificateTextForm = 'certificate-der' | 'certificate-base64' | 'certificate-pem';

/** Lengths of lines that writers of base64 use. */
const LINES = [64, 76] as const;

/**
 * Each form of a certificate, the right one first.
 * @param text base64 as it stands in the message, null where it stands nowhere
 */
export function* certificateTexts(
  der: Uint8Array,
  text: string | null,
): Generator<readonly [CertificateTextForm, Uint8Array]> {
  yield ['certificate-der', der];
  if (text !== null) yield ['certificate-base64', encodeUtf8(text)];
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
