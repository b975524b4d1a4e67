/** Certificates and CRLs in a degenerate PKCS#7 SignedData (RFC 5652 §5.1) and in a PKIPath (X.509 §7.6). */
import { type DerElement, DerTag, derOctets, derOid } from '../bytes/der.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { foundProblem, type FoundProblem } from './key-file-types.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** Certificates and lists of a file that holds nothing else, and what of it could not be read. */
export interface CertificateBag {
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Uint8Array[];
  readonly problems: readonly FoundProblem[];
}

function readAll(elements: readonly DerElement[]): {
  readonly certificates: readonly Certificate[];
  readonly problems: readonly FoundProblem[];
} {
  const certificates: Certificate[] = [];
  const problems: FoundProblem[] = [];
  for (const [at, element] of elements.entries()) {
    const read = readCertificate(derOctets(element).slice());
    if (read.ok) certificates.push(read.certificate);
    else problems.push(foundProblem('key-file-damaged', null, `certificate ${at + 1}: ${read.problem.what}`));
  }
  return { certificates, problems };
}

/** Whether an element is a ContentInfo holding SignedData. */
export function isSignedData(element: DerElement): boolean {
  return element.tag === DerTag.sequence && derOid(element.children[0]) === SIGNED_DATA;
}

/** Reads certificates and CRLs of a SignedData; its signers are not judged. */
export function readSignedData(element: DerElement): CertificateBag {
  const signedData = element.children[1]?.children[0];
  if (signedData?.tag !== DerTag.sequence) {
    return { certificates: [], crls: [], problems: [foundProblem('key-file-damaged', null, 'SignedData')] };
  }
  const certificates = signedData.children.find((child) => child.tag === 0xa0)?.children ?? [];
  const crls = signedData.children.find((child) => child.tag === 0xa1)?.children ?? [];
  return {
    ...readAll(certificates.filter((child) => child.tag === DerTag.sequence)),
    crls: crls.map((crl) => derOctets(crl).slice()),
  };
}

/** Whether an element is a sequence of certificates. */
export function isPkiPath(element: DerElement): boolean {
  return (
    element.tag === DerTag.sequence &&
    element.children.length > 0 &&
    element.children.every(
      (child) =>
        child.tag === DerTag.sequence && child.children.length === 3 && child.children[2]?.tag === DerTag.bitString,
    )
  );
}

/** Reads a PKIPath: the authority's certificate first, the subject's last. */
export function readPkiPath(element: DerElement): CertificateBag {
  return { ...readAll(element.children), crls: [] };
}
