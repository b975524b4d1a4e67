/**
 * Compares the certificate that signed properties name with that of the key which verified (ETSI TS 101 903 §7.2.2).
 */
import { encodeBase64 } from '../bytes/base64.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import { covers } from '../signature/node-coverage.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { DS } from '../xml/namespaces.ts';
import { NO_NODE } from '../xml/document.ts';
import { descendantElementsNamed, firstChildElement, nodeRange } from '../xml/navigate.ts';
import { relateDigest, relateIssuerSerial, type DigestRelation } from './name-certificate.ts';
import type { CertificateReference, SignedProperties, SigningCertificate } from './qualifying-properties.ts';

/** Whether they name the signer's certificate, another, or nothing that can be compared. */
export type NamedSigner = 'same' | 'other' | 'unknown';

/** @param properties of the signature, and signed by it */
export function judgeSigner(
  signature: JudgedSignature,
  properties: SignedProperties,
  crypto: CryptoProvider,
  step: OpenStep,
): NamedSigner {
  const { document } = signature;
  const { node, signingCertificates } = properties;
  if (signingCertificates.length === 0) {
    if (!isKeyInfoSigned(signature)) {
      const ranges = [nodeRange(document, node)];
      step.finding({ code: 'xades-signingcertificate-missing', severity: 'warning', ranges, data: {} });
    }
    return 'unknown';
  }
  const certificate = signerCertificate(signature);
  const named = signingCertificates.map((property) => {
    if (certificate === null) return unchecked(signature, property, null, step);
    return compare(signature, property, certificate, crypto, step);
  });
  return named.find((one) => one === 'other') ?? (named.includes('same') ? 'same' : 'unknown');
}

/** Instead of the property, KeyInfo itself may be signed with the certificate in it (§7.2.2). */
function isKeyInfoSigned(signature: JudgedSignature): boolean {
  const { document, node } = signature;
  const keyInfo = firstChildElement(document, node, DS, 'KeyInfo');
  return (
    keyInfo !== NO_NODE &&
    covers(signature, keyInfo) &&
    descendantElementsNamed(document, keyInfo, DS, 'X509Certificate').length > 0
  );
}

/** The certificate by which the signature was verified, or one of the same key beside a bare KeyValue. */
function signerCertificate({ used, resolution }: JudgedSignature): Certificate | null {
  if (used === null || used.publicKey === null) return null;
  const { spki } = used.publicKey;
  const beside = resolution?.candidates.find(
    ({ certificate }) => certificate !== null && equalOctets(certificate.publicKey.spki, spki),
  );
  return used.certificate ?? beside?.certificate ?? null;
}

function unchecked(
  { document }: JudgedSignature,
  { node, property }: SigningCertificate,
  method: string | null,
  step: OpenStep,
): NamedSigner {
  step.finding({
    code: 'xades-signingcertificate-unchecked',
    severity: 'note',
    ranges: [nodeRange(document, node)],
    data: { property, method, reason: method === null ? 'no-certificate' : 'digest-method' },
  });
  return 'unknown';
}

/** The property may name the whole chain: one of its certificates has to be the signer's. */
function compare(
  signature: JudgedSignature,
  property: SigningCertificate,
  certificate: Certificate,
  crypto: CryptoProvider,
  step: OpenStep,
): NamedSigner {
  const compared = property.certificates.map((cert) => ({ cert, relation: relateDigest(cert, certificate, crypto) }));
  const fits = ({ relation }: { readonly relation: DigestRelation }) =>
    relation !== 'differs' && relation !== 'unsupported';
  const found = compared.find(({ relation }) => relation === 'right') ?? compared.find(fits);
  if (found !== undefined) {
    tellForm(signature, property, found, certificate, step);
    tellIssuerSerial(signature, property, found.cert, certificate, crypto, step);
    return 'same';
  }
  const unknown = compared.find(({ relation }) => relation === 'unsupported');
  if (unknown !== undefined) return unchecked(signature, property, unknown.cert.digestMethod, step);
  const [first] = property.certificates;
  const computed = first === undefined ? null : crypto.digestNow(first.digestMethod, certificate.der);
  step.finding({
    code: 'xades-signingcertificate-other',
    severity: 'error',
    confidence: 'proven',
    ranges: [nodeRange(signature.document, property.node)],
    data: {
      property: property.property,
      subject: certificate.subjectText,
      count: property.certificates.length,
      sameIssuerSerial: property.certificates.some(
        ({ issuerSerial }) =>
          issuerSerial !== null && relateIssuerSerial(issuerSerial, certificate, crypto).how !== 'differs',
      ),
      stated: first?.digestValue ?? '',
      computed: computed === null ? '' : encodeBase64(computed),
    },
  });
  return 'other';
}

function tellForm(
  { document }: JudgedSignature,
  { property }: SigningCertificate,
  { cert, relation }: { readonly cert: CertificateReference; readonly relation: DigestRelation },
  { subjectText }: Certificate,
  step: OpenStep,
): void {
  if (relation === 'right' || relation === 'differs' || relation === 'unsupported') return;
  step.finding({
    code: 'xades-certdigest-mismatch',
    severity: 'warning',
    confidence: 'proven',
    ranges: [nodeRange(document, cert.node)],
    data: { property, subject: subjectText, how: relation, method: cert.digestMethod },
  });
}

function tellIssuerSerial(
  { document }: JudgedSignature,
  { property }: SigningCertificate,
  { issuerSerial }: CertificateReference,
  certificate: Certificate,
  crypto: CryptoProvider,
  step: OpenStep,
): void {
  if (issuerSerial === null) return;
  const ranges = [nodeRange(document, issuerSerial.node)];
  const { subjectText: subject, issuerText: issuer } = certificate;
  const serial = certificate.serial.toString();
  const relation = relateIssuerSerial(issuerSerial, certificate, crypto);
  if (relation.how === 'right') return;
  if (relation.how === 'written-wrongly') {
    const { code, data } = relation.fault;
    step.finding({ code, severity: 'warning', ranges, data: { ...data, subject, issuer, serial, in: property } });
    return;
  }
  const reason = relation.how === 'differs' ? relation.reason : relation.how;
  step.finding({
    code: 'xades-issuerserial-differs',
    severity: 'warning',
    confidence: 'proven',
    ranges,
    data: { property, subject, reason, issuer, serial },
  });
}
