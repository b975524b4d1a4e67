/** A certificate for people: fields and extensions with their values decoded (RFC 5280 §4.1 and §4.2). */
import { utcText } from '../xml/date-time.ts';
import { derContent, derInteger, derOid, type DerElement } from '../bytes/der.ts';
import { encodeHex } from '../bytes/octets.ts';
import type { PublicKey } from '../crypto/keys.ts';
import { latin1Text } from './asn1-text.ts';
import type { Certificate } from './certificate.ts';
import { signatureAlgorithmName } from './certificate-signature.ts';
import { displayName, nameAttribute } from './distinguished-name.ts';
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  ExtensionOid,
  extensionElement,
  keyUsage,
  readGeneralName,
  subjectKeyIdentifier,
  type Extension,
  type GeneralName,
} from './extensions.ts';
import { certificateParts } from './read-certificate.ts';

export interface DescribedExtension {
  readonly oid: string;
  /** RFC 5280's name, or null where the extension is not known here. */
  readonly name: string | null;
  readonly critical: boolean;
  /** Its values one by one; hex of the whole where the extension is not known. */
  readonly values: readonly string[];
}

export interface CertificateDescription {
  readonly id: string;
  readonly version: number;
  readonly subject: string;
  /** The subject's common name, or the whole subject. */
  readonly shortName: string;
  readonly issuer: string;
  /** Decimal, as ds:X509SerialNumber has it, and hex as tools print it. */
  readonly serial: string;
  readonly serialHex: string;
  /** RFC 3339, UTC. */
  readonly notBefore: string;
  readonly notAfter: string;
  /** `RSA 2048`, `EC P-256`, `Ed25519`, ... */
  readonly key: string;
  readonly signatureAlgorithm: string;
  readonly sha256: string;
  readonly sha1: string;
  readonly selfIssued: boolean;
  readonly isAuthority: boolean;
  readonly extensions: readonly DescribedExtension[];
}

const PURPOSES: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'any purpose',
  '1.3.6.1.5.5.7.3.1': 'TLS server',
  '1.3.6.1.5.5.7.3.2': 'TLS client',
  '1.3.6.1.5.5.7.3.3': 'code signing',
  '1.3.6.1.5.5.7.3.4': 'e-mail protection',
  '1.3.6.1.5.5.7.3.8': 'time stamping',
  '1.3.6.1.5.5.7.3.9': 'OCSP signing',
  '1.3.6.1.5.5.7.3.36': 'document signing',
  '1.3.6.1.4.1.311.10.3.12': 'document signing (Microsoft)',
  '1.3.6.1.4.1.311.20.2.2': 'smart card logon (Microsoft)',
};

const NAMES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(ExtensionOid).map(([name, oid]) => [oid, name])),
  '1.3.6.1.5.5.7.1.1': 'authorityInfoAccess',
  '1.3.6.1.5.5.7.1.3': 'qcStatements',
  '1.3.6.1.5.5.7.1.11': 'subjectInfoAccess',
  '1.3.6.1.4.1.11129.2.4.2': 'signedCertificateTimestamps',
  '2.16.840.1.113730.1.1': 'netscapeCertType',
  '2.16.840.1.113730.1.13': 'netscapeComment',
};

/** `RSA 2048`, `EC P-256`, `DSA 1024`, ... */
export function describeKey(key: PublicKey): string {
  switch (key.kind) {
    case 'RSA':
      return `RSA ${key.bits}${key.pssOnly ? ' (PSS only)' : ''}`;
    case 'EC':
      return `EC ${key.curve}`;
    case 'EC-unknown':
      return `EC ${key.oid}`;
    case 'DSA':
    case 'DH':
      return `${key.kind} ${key.p.toString(2).length}`;
    case 'unknown':
      return key.oid === '' ? 'malformed' : key.oid;
    default:
      return key.kind;
  }
}

function address(octets: Uint8Array): string {
  if (octets.length === 4 || octets.length === 8) {
    const parts = [...octets].map(String);
    return octets.length === 4 ? parts.join('.') : `${parts.slice(0, 4).join('.')}/${parts.slice(4).join('.')}`;
  }
  return encodeHex(octets).replace(/(.{4})(?=.)/g, '$1:');
}

function describeGeneralName(name: GeneralName): string {
  switch (name.type) {
    case 'directoryName':
      return `directory: ${name.name === null ? '' : displayName(name.name)}`;
    case 'iPAddress':
      return `IP: ${address(name.octets)}`;
    case 'rfc822Name':
      return `e-mail: ${name.text}`;
    case 'dNSName':
      return `DNS: ${name.text}`;
    case 'uniformResourceIdentifier':
      return `URI: ${name.text}`;
    default:
      return `${name.type}: ${encodeHex(name.octets)}`;
  }
}

/** All GeneralNames anywhere below an element, in order; names inside names are not entered. */
function generalNamesBelow(element: DerElement | null): readonly string[] {
  const found: string[] = [];
  const pending = element === null ? [] : [element];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const isWrapper = (next.tag & 0xe0) === 0xa0 && (next.tag !== 0xa4 || next.children[0]?.tag !== 0x30);
    const name = isWrapper ? null : readGeneralName(next);
    if (name !== null) found.push(describeGeneralName(name));
    else pending.push(...next.children.toReversed());
  }
  return found;
}

function describeValues(extensions: readonly Extension[], extension: Extension): readonly string[] {
  const element = extensionElement(extensions, extension.oid);
  switch (extension.oid) {
    case ExtensionOid.keyUsage:
      return keyUsage(extensions) ?? [];
    case ExtensionOid.extendedKeyUsage:
      return (extendedKeyUsage(extensions) ?? []).map((oid) => PURPOSES[oid] ?? oid);
    case ExtensionOid.basicConstraints: {
      const { ca = false, pathLength = null } = basicConstraints(extensions) ?? {};
      return [ca ? 'authority' : 'end entity', ...(pathLength === null ? [] : [`path length ${pathLength}`])];
    }
    case ExtensionOid.subjectKeyIdentifier:
      return [encodeHex(subjectKeyIdentifier(extensions) ?? new Uint8Array())];
    case ExtensionOid.authorityKeyIdentifier: {
      const id = authorityKeyIdentifier(extensions);
      return [
        ...(id === null ? [] : [encodeHex(id)]),
        ...generalNamesBelow(element?.children.find((child) => child.tag === 0xa1) ?? null),
      ];
    }
    case ExtensionOid.subjectAltName:
    case ExtensionOid.issuerAltName:
    case ExtensionOid.crlDistributionPoints:
    case '1.3.6.1.5.5.7.1.1':
    case '1.3.6.1.5.5.7.1.11':
      return generalNamesBelow(element);
    case ExtensionOid.nameConstraints:
      return (element?.children ?? []).flatMap((list) =>
        generalNamesBelow(list).map((name) => `${list.tag === 0xa0 ? 'permitted' : 'excluded'} ${name}`),
      );
    case ExtensionOid.certificatePolicies:
      return (element?.children ?? [])
        .map((policy) => derOid(policy.children[0]) ?? '')
        .map((oid) => (oid === '2.5.29.32.0' ? 'any policy' : oid));
    case ExtensionOid.inhibitAnyPolicy:
      return [String(derInteger(element ?? undefined) ?? '')];
    case '2.16.840.1.113730.1.13':
      return element === null ? [] : [latin1Text(derContent(element))];
    default:
      return [encodeHex(extension.value)];
  }
}

/** Describes a certificate that was read. Its text is the certificate's own and may be hostile: show it as text. */
export function describeCertificate(certificate: Certificate): CertificateDescription {
  const { version, extensions } = certificateParts(certificate);
  const { serial } = certificate;
  return {
    id: certificate.id,
    version,
    subject: certificate.subjectText,
    shortName: nameAttribute(certificate.subject, '2.5.4.3') ?? certificate.subjectText,
    issuer: certificate.issuerText,
    serial: serial.toString(),
    serialHex: `${serial < 0n ? '-' : ''}${(serial < 0n ? -serial : serial).toString(16)}`,
    notBefore: utcText(certificate.notBefore),
    notAfter: utcText(certificate.notAfter),
    key: describeKey(certificate.publicKey),
    signatureAlgorithm: signatureAlgorithmName(certificate.signatureAlgorithm),
    sha256: certificate.id,
    sha1: certificate.sha1,
    selfIssued: certificate.selfIssued,
    isAuthority: basicConstraints(extensions)?.ca === true,
    extensions: extensions.map((extension) => ({
      oid: extension.oid,
      name: NAMES[extension.oid] ?? null,
      critical: extension.critical,
      values: describeValues(extensions, extension),
    })),
  };
}
