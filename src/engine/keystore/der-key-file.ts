/** One DER element of a key file, recognised by its structure: certificate, CRL, keys, PKCS#7, PKCS#12, PKIPath. */
import { type DerElement, DerTag, derInteger, derOctets, derOid } from '../bytes/der.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { parseSpki, rsaKey } from '../crypto/spki.ts';
import {
  foundProblem,
  NOTHING,
  type FoundInFile,
  type FoundKey,
  type FoundProblem,
  type ReadContext,
} from './key-file-types.ts';
import { isPkiPath, isSignedData, readPkiPath, readSignedData, type CertificateBag } from './pkcs7.ts';
import type { PrivateKeyResult } from './private-key.ts';
import { isEncryptedPkcs8, isPkcs12, isPkcs8 } from './key-file-forms.ts';

const isTime = (element: DerElement | undefined): boolean =>
  element?.tag === DerTag.utcTime || element?.tag === DerTag.generalizedTime;

/** The outer form that certificates and CRLs share: content, algorithm, bits. */
function isSigned(element: DerElement): boolean {
  const [content, algorithm, bits] = element.children;
  return (
    element.children.length === 3 &&
    content?.tag === DerTag.sequence &&
    derOid(algorithm?.children[0]) !== null &&
    bits?.tag === DerTag.bitString
  );
}

/** Whether a signed element is a CertificateList: algorithm, issuer, time. */
function isCrl(element: DerElement): boolean {
  const fields = [...(element.children[0]?.children ?? [])];
  if (fields[0]?.tag === DerTag.integer) fields.shift();
  return (
    isSigned(element) && fields[0]?.tag === DerTag.sequence && fields[1]?.tag === DerTag.sequence && isTime(fields[2])
  );
}

function isSpki(element: DerElement): boolean {
  const [algorithm, bits] = element.children;
  return element.children.length === 2 && derOid(algorithm?.children[0]) !== null && bits?.tag === DerTag.bitString;
}

const found = (format: string, ...keys: readonly FoundKey[]): FoundInFile => ({ format, keys, crls: [], problems: [] });
const failed = (format: string, problem: FoundProblem): FoundInFile => ({
  format,
  keys: [],
  crls: [],
  problems: [problem],
});

function fromBag(format: string, bag: CertificateBag): FoundInFile {
  return {
    format,
    crls: bag.crls,
    problems: bag.problems,
    keys: bag.certificates.map((certificate) => ({
      ...NOTHING,
      publicKey: certificate.publicKey,
      certificates: [certificate],
    })),
  };
}

function fromPrivateKey(format: string, read: PrivateKeyResult): FoundInFile {
  return read.ok
    ? found(format, { ...NOTHING, privateKey: read.key, publicKey: read.key.publicKey })
    : failed(format, foundProblem(read.code, null, read.what));
}

/** Reads what the element is. `trailing` may hold what follows it (OpenSSL's TRUSTED CERTIFICATE) and is left out. */
export async function readDerKeyFile(element: DerElement, context: ReadContext): Promise<FoundInFile> {
  const octets = derOctets(element).slice();
  if (element.tag !== DerTag.sequence) return failed('DER', foundProblem('key-format-unknown', null, 'DER'));
  if (isPkcs12(element)) return (await import('./pkcs12.ts')).readPkcs12(element, context);
  if (isSignedData(element)) return fromBag('PKCS#7', readSignedData(element));
  if (isCrl(element)) return { format: 'X.509 CRL', keys: [], crls: [octets], problems: [] };
  if (isSigned(element)) {
    const read = readCertificate(octets);
    return read.ok
      ? found('X.509 certificate', {
          ...NOTHING,
          publicKey: read.certificate.publicKey,
          certificates: [read.certificate],
        })
      : failed('X.509 certificate', foundProblem('key-file-damaged', null, read.problem.what));
  }
  if (isPkcs8(element)) return fromPrivateKey('PKCS#8', (await import('./private-key.ts')).readPkcs8(octets));
  if (isSpki(element)) {
    const read = parseSpki(octets);
    return read.ok
      ? found('SubjectPublicKeyInfo', { ...NOTHING, publicKey: read.key })
      : failed('SubjectPublicKeyInfo', foundProblem('key-file-damaged', null, read.problem.code));
  }
  if (isEncryptedPkcs8(element)) {
    const { openEncryptedPkcs8 } = await import('./encrypted-pkcs8.ts');
    const opened = await openEncryptedPkcs8(element, null, context);
    return 'key' in opened
      ? found('encrypted PKCS#8', { ...NOTHING, privateKey: opened.key, publicKey: opened.key.publicKey })
      : failed('encrypted PKCS#8', opened.problem);
  }
  const traditional = (await import('./private-key.ts')).readTraditionalKey(element);
  if (traditional !== null) return fromPrivateKey('traditional private key', traditional);
  const [n, e] = element.children.map(derInteger);
  if (element.children.length === 2 && n && e && n > 0n && e > 0n) {
    return found('RSAPublicKey', { ...NOTHING, publicKey: rsaKey(n, e) });
  }
  if (isPkiPath(element)) return fromBag('PKIPath', readPkiPath(element));
  return failed('DER', foundProblem('key-format-unknown', null, 'DER'));
}
