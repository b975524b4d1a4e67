/** Words for what a signature says of itself by XAdES. */
import type { CertDigestForm, XadesFindings } from '../../engine/trace/finding-data/xades.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

const DIGEST_FORMS: Readonly<Record<CertDigestForm, string>> = {
  hex: "the certificate's digest in hexadecimal, not base64",
  'base64-of-hex': "base64 of the certificate's digest in hexadecimal text",
  'base64-twice': "base64 of base64 of the certificate's digest",
  'certificate-der': "the certificate's digest, written otherwise than in base64",
  'certificate-base64': "a digest of the certificate's base64 text",
  'certificate-pem': "a digest of the certificate's PEM text",
  'other-method': 'a digest of the certificate by another method than DigestMethod says',
  'public-key': "a digest of the certificate's public key",
};

const DIFFERENCES: Readonly<Record<string, string>> = {
  'issuer-differs': 'the serial number is that of the certificate, the issuer is not',
  'serial-differs': 'the issuer is that of the certificate, the serial number is not',
  'issuer-and-serial-differ': 'neither issuer nor serial number is that of the certificate',
  'bare-name': 'it is DER with a Name where GeneralNames with a directoryName are asked for (RFC 5035)',
  malformed: 'it is not base64 of the DER of an IssuerSerial (RFC 5035)',
};

const REFERENCE_TYPES: Readonly<Record<XadesFindings['xades-reference-type']['how'], string>> = {
  missing: 'leads to SignedProperties and has no Type',
  other: 'leads to SignedProperties, which its Type does not say',
  enclosed: 'holds SignedProperties with what stands around them, and none leads to them alone',
  elsewhere: 'says by its Type that it leads to SignedProperties, and does not lead to those of this signature',
};

/** By code, each with the data that its code carries. */
export const XADES_FINDINGS: FindingCatalogue<XadesFindings> = {
  'xades-properties-not-signed': {
    title: () => 'The properties of XAdES are not signed',
    message: (data) =>
      `No reference of the signature leads to SignedProperties${said(data.id) === '' ? '' : ` "${said(data.id)}"`} ` +
      'or holds them: signing time, policy and the certificate that they name are as if nobody had said them. The ' +
      'signer must add a ds:Reference to them with the Type http://uri.etsi.org/01903#SignedProperties.',
    explain:
      'XAdES puts what the signer states beside the content into SignedProperties, and signs them like any other ' +
      'content. Without that reference they can be changed, and the signature is a plain XML Signature.',
  },
  'xades-reference-type': {
    title: () => 'The reference to SignedProperties is not marked as one',
    message: (data) =>
      `Reference "${said(data.uri)}"${said(data.type) === '' ? '' : ` with the Type "${said(data.type)}"`} ` +
      `${REFERENCE_TYPES[data.how] ?? REFERENCE_TYPES.other}. ` +
      'Verifiers of XAdES find the properties by the Type http://uri.etsi.org/01903#SignedProperties (TS 101 903 ' +
      '§6.3.1), and do not believe them otherwise. The signer must reference them so.',
  },
  'xades-signingcertificate-missing': {
    title: () => "Nothing signed names the signer's certificate",
    message: () =>
      'SignedProperties have neither SigningCertificate nor SigningCertificateV2, and KeyInfo with the certificate ' +
      'is not signed either. Whoever has another certificate for the same key can put it in place; verifiers of ' +
      'XAdES do not accept such a signer. The signer must add the property, or sign KeyInfo.',
  },
  'xades-signingcertificate-unchecked': {
    title: (data) => `${said(data.property, 'SigningCertificate')} could not be compared`,
    message: (data) =>
      data.reason === 'digest-method'
        ? `Its digest is made by "${said(data.method)}", which is not supported.`
        : 'The signature was verified by a key without a certificate, so that there is none to compare with the one ' +
          'that it names. Give the certificate to have it compared.',
  },
  'xades-signingcertificate-other': {
    title: (data) => `${said(data.property, 'SigningCertificate')} names another certificate`,
    message: (data) =>
      `The signature value holds by the key of "${said(data.subject)}", whose certificate has the digest ` +
      `${said(data.computed)}. The digest that the signer signed is ${said(data.stated)}, which is none of this ` +
      `certificate in any form known${data.count > 1 ? ', nor is any other that the property lists' : ''}. ` +
      (data.sameIssuerSerial ? 'Issuer and serial number beside it are those of this certificate. ' : '') +
      'Either the signer named a wrong certificate, or the certificate in KeyInfo was put in the place of the ' +
      "signer's: the octets do not tell. Verifiers of XAdES do not accept the signer.",
    explain:
      'The certificate in KeyInfo is not signed: whoever gets a certificate for the same public key from some issuer ' +
      'could exchange it. SigningCertificate is signed and says which certificate the signer meant.',
  },
  'xades-certdigest-mismatch': {
    title: (data) => `The digest in ${said(data.property, 'SigningCertificate')} is made in a wrong way`,
    message: (data) =>
      `CertDigest names the certificate of "${said(data.subject)}", which verified; but it is ` +
      `${DIGEST_FORMS[data.how] ?? 'not what is asked for'}. It must be base64 of the digest over the certificate's ` +
      'DER; verifiers of XAdES find no certificate of the signer. The signer must correct that.',
    fixes: {
      '.NET': '`Convert.ToBase64String(SHA256.HashData(certificate.RawData))`',
      Java: '`MessageDigest.digest(certificate.getEncoded())`, then base64',
      PHP: 'Decode the PEM first: `base64_encode(openssl_x509_fingerprint($certificate, "sha256", true))`',
    },
  },
  'xades-issuerserial-differs': {
    title: (data) => `The issuer and serial number in ${said(data.property, 'SigningCertificate')} do not fit`,
    message: (data) =>
      `The digest beside it is that of "${said(data.subject)}", which verified; but ` +
      `${DIFFERENCES[said(data.reason)] ?? 'the issuer and serial number are others'}. The certificate has issuer ` +
      `"${said(data.issuer)}" and serial number ${said(data.serial)}. The digest decides which certificate is meant; ` +
      'some verifiers refuse the signature all the same. The signer must correct it or leave it out.',
  },
  'xades-target-differs': {
    title: () => 'The properties of XAdES do not say whose they are',
    message: (data) =>
      `Target is "${said(data.target)}" where the signature ${said(data.id) === '' ? 'has no Id' : `has the Id "${said(data.id)}"`}. ` +
      'It must name the Id of the signature that they belong to (TS 101 903 §6.2); strict verifiers leave them out ' +
      'otherwise. The signer must write both.',
  },
  'xades-objectreference-dangling': {
    title: () => 'An ObjectReference names no reference of the signature',
    message: (data) =>
      `"${said(data.uri)}" must be # and the Id of the ds:Reference that the property speaks of (TS 101 903 §7.2.5). ` +
      'What the format or commitment is stated for stays open. The signer must write the Id of the ds:Reference, ' +
      'not that of the content.',
  },
  'xades-countersignature-other': {
    title: () => 'The counter-signature does not sign the signature that it stands in',
    message: (data) =>
      `None of its references leads to the SignatureValue of the outer signature` +
      `${said(data.outer) === '' ? '' : ` "${said(data.outer)}"`}: it counter-signs nothing here ` +
      '(TS 101 903 §7.2.4). Its signer must reference that SignatureValue by its Id.',
  },
  'xades-claims': {
    title: () => 'What the signer says of time, policy and role',
    message: (data) =>
      [
        said(data.signingTime) === '' ? '' : `Signed at ${said(data.signingTime)}, by the signer's own clock.`,
        data.policy === 'implied'
          ? 'A signature policy applies that the message does not name.'
          : data.policy === null || data.policy === undefined
            ? ''
            : `Signed under the policy ${said(data.policy, 'without identifier')}.`,
        said(data.roles) === '' ? '' : `In the role ${said(data.roles)}.`,
        'This is signed, and nobody but the signer says it: it is shown and compared with nothing.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
  },
  'xades-unsigned-not-judged': {
    title: () => 'Unsigned properties of XAdES are not judged',
    message: (data) =>
      `${said(data.names, 'Properties')}: time-stamps, revocation data and whatever else was added after signing are ` +
      'neither verified nor used here.',
  },
};
