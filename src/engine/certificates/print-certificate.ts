/**
 * A certificate, request or revocation list in full as text, by @peculiar/x509; loaded when a view asks for it.
 * It is kept off the path that judges messages: with reflect-metadata it is 61 KB of gzip against 20 KB for reading,
 * comparing and
 * validating here, its types are WebCrypto's, and what judging needs besides (names in RFC 4514, decimal serial
 * numbers,
 * reasons for refusing) it does not give.
 */

/** Names an object that prints itself. */
interface Printable {
  toString(format: 'text'): string;
}

/** The text, or null where the library cannot read the octets. */
export async function printCertificate(
  der: Uint8Array,
  kind: 'certificate' | 'crl' | 'request' = 'certificate',
): Promise<string | null> {
  await import('reflect-metadata');
  const { Pkcs10CertificateRequest, X509Certificate, X509Crl } = await import('@peculiar/x509');
  const copy = der.slice();
  try {
    const printable: Printable =
      kind === 'crl'
        ? new X509Crl(copy)
        : kind === 'request'
          ? new Pkcs10CertificateRequest(copy)
          : new X509Certificate(copy);
    return printable.toString('text');
  } catch {
    // The library throws on malformed input; that is data to us.
    return null;
  }
}
