/** The certificate extensions that path validation and key references need (RFC 5280 §4.2). */
import { type DerElement, DerTag, derContent, derInteger, derOctetString, derOid, readDer } from '../bytes/der.ts';
import { latin1Text } from './asn1-text.ts';
import type { DistinguishedName } from './certificate.ts';
import { readName } from './distinguished-name.ts';

/** Object identifiers of the extensions that are read here, by their names in RFC 5280. */
export const ExtensionOid = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  basicConstraints: '2.5.29.19',
  crlNumber: '2.5.29.20',
  reasonCode: '2.5.29.21',
  invalidityDate: '2.5.29.24',
  deltaCrlIndicator: '2.5.29.27',
  issuingDistributionPoint: '2.5.29.28',
  certificateIssuer: '2.5.29.29',
  nameConstraints: '2.5.29.30',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
} as const;

/** One extension as it stands. */
export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** The octets inside extnValue. */
  readonly value: Uint8Array;
}

/** Reads an `Extensions` sequence; null where it is malformed. */
export function readExtensions(element: DerElement | undefined): readonly Extension[] | null {
  if (element?.tag !== DerTag.sequence) return null;
  const extensions: Extension[] = [];
  for (const item of element.children) {
    const oid = derOid(item.children[0]);
    const flag = item.children.length === 3 ? item.children[1] : undefined;
    const value = derOctetString(item.children.at(-1));
    if (item.tag !== DerTag.sequence || oid === null || value === null || item.children.length > 3) return null;
    if (flag !== undefined && flag.tag !== DerTag.boolean) return null;
    extensions.push({ oid, critical: flag !== undefined && derContent(flag)[0] !== 0, value });
  }
  return extensions;
}

/** The extension's value as DER, or null where it is absent or malformed. */
export function extensionElement(extensions: readonly Extension[], oid: string): DerElement | null {
  const extension = extensions.find((candidate) => candidate.oid === oid);
  if (extension === undefined) return null;
  const read = readDer(extension.value, { ber: true });
  return read.ok ? read.element : null;
}

/** The key usage bits in the order of RFC 5280 §4.2.1.3. */
const KEY_USAGES = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
/** A bit of keyUsage by its name (RFC 5280 §4.2.1.3). */
export type KeyUsage = (typeof KEY_USAGES)[number];

/** Names of the bits set in a BIT STRING, or null where it is none. */
function namedBits<Name extends string>(element: DerElement | null, names: readonly Name[]): readonly Name[] | null {
  if (element?.tag !== DerTag.bitString) return null;
  const octets = derContent(element).subarray(1);
  return names.filter((_, bit) => ((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0);
}

/** Key usage, or null where the extension is absent: then nothing is restricted. */
export function keyUsage(extensions: readonly Extension[]): readonly KeyUsage[] | null {
  return namedBits(extensionElement(extensions, ExtensionOid.keyUsage), KEY_USAGES);
}

/** Extended key usage OIDs, or null where the extension is absent. */
export function extendedKeyUsage(extensions: readonly Extension[]): readonly string[] | null {
  const element = extensionElement(extensions, ExtensionOid.extendedKeyUsage);
  return element === null ? null : element.children.map(derOid).filter((oid) => oid !== null);
}

/** Basic constraints, or null where the extension is absent. `pathLength` null: no bound. */
export function basicConstraints(
  extensions: readonly Extension[],
): { readonly ca: boolean; readonly pathLength: number | null } | null {
  const element = extensionElement(extensions, ExtensionOid.basicConstraints);
  if (element === null) return null;
  const flag = element.children.find((child) => child.tag === DerTag.boolean);
  const length = derInteger(element.children.find((child) => child.tag === DerTag.integer));
  return { ca: flag !== undefined && derContent(flag)[0] !== 0, pathLength: length === null ? null : Number(length) };
}

/** The subject key identifier's octets, or null. */
export function subjectKeyIdentifier(extensions: readonly Extension[]): Uint8Array | null {
  return derOctetString(extensionElement(extensions, ExtensionOid.subjectKeyIdentifier) ?? undefined);
}

/** The authority key identifier's keyIdentifier, or null. */
export function authorityKeyIdentifier(extensions: readonly Extension[]): Uint8Array | null {
  const element = extensionElement(extensions, ExtensionOid.authorityKeyIdentifier)?.children.find(
    (child) => child.tag === 0x80,
  );
  return element === undefined ? null : derContent(element);
}

/** One GeneralName (RFC 5280 §4.2.1.6). */
export interface GeneralName {
  readonly type:
    | 'otherName'
    | 'rfc822Name'
    | 'dNSName'
    | 'x400Address'
    | 'directoryName'
    | 'ediPartyName'
    | 'uniformResourceIdentifier'
    | 'iPAddress'
    | 'registeredID';
  /** Text of string names; empty for the others. */
  readonly text: string;
  readonly octets: Uint8Array;
  readonly name: DistinguishedName | null;
}

const GENERAL_NAMES: readonly GeneralName['type'][] = [
  'otherName',
  'rfc822Name',
  'dNSName',
  'x400Address',
  'directoryName',
  'ediPartyName',
  'uniformResourceIdentifier',
  'iPAddress',
  'registeredID',
];

/** Reads one GeneralName by its context tag; null where it is none. */
export function readGeneralName(element: DerElement | undefined): GeneralName | null {
  if (element === undefined || (element.tag & 0xc0) !== 0x80) return null;
  const type = GENERAL_NAMES[element.tag & 0x1f];
  if (type === undefined) return null;
  const octets = derContent(element);
  const isText = type === 'rfc822Name' || type === 'dNSName' || type === 'uniformResourceIdentifier';
  return {
    type,
    text: isText ? latin1Text(octets) : '',
    octets,
    name: type === 'directoryName' ? readName(element.children[0]) : null,
  };
}

/** The subject's alternative names; empty where there are none. */
export function subjectAltNames(extensions: readonly Extension[]): readonly GeneralName[] {
  return (extensionElement(extensions, ExtensionOid.subjectAltName)?.children ?? [])
    .map(readGeneralName)
    .filter((name) => name !== null);
}
