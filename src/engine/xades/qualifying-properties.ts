/**
 * xades:QualifyingProperties as they stand: what a signer states of the signature beside the content (ETSI TS 101 903
 * §6.2, §7.2; EN 319 132-1 for the elements whose names end in V2).
 */
import { trimXml } from '../xml/characters.ts';
import { DS, XADES } from '../xml/namespaces.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  childElementsNamed,
  descendantElements,
  firstChildElement,
  isElement,
  localName,
  namespaceUri,
  textContent,
} from '../xml/navigate.ts';

/** Issuer and serial number of a certificate: as ds:X509IssuerSerial has them, or base64 of DER (V2). */
export type IssuerSerial =
  | { readonly form: 'text'; readonly node: NodeIndex; readonly issuer: string; readonly serial: string }
  | { readonly form: 'der'; readonly node: NodeIndex; readonly text: string };

/** One xades:Cert: a certificate named by its digest. */
export interface CertificateReference {
  readonly node: NodeIndex;
  /** URI. */
  readonly digestMethod: string;
  /** As it stands. */
  readonly digestValue: string;
  readonly issuerSerial: IssuerSerial | null;
}

/** A SigningCertificate or SigningCertificateV2 with its certificates. */
export interface SigningCertificate {
  readonly node: NodeIndex;
  readonly property: string;
  readonly certificates: readonly CertificateReference[];
}

/** What SignedProperties says; text as it stands, without white space around it. */
export interface SignedProperties {
  readonly node: NodeIndex;
  readonly id: string | null;
  readonly signingCertificates: readonly SigningCertificate[];
  readonly signingTime: string | null;
  /** The policy's identifier, `implied`, or null where none is stated. */
  readonly policy: string | null;
  readonly roles: readonly string[];
  /** ObjectReference attributes and elements: each must name a ds:Reference. */
  readonly pointers: readonly { readonly node: NodeIndex; readonly uri: string }[];
}

/** One QualifyingProperties of a signature. */
export interface QualifyingProperties {
  readonly node: NodeIndex;
  readonly target: string | null;
  readonly signed: readonly SignedProperties[];
  /** Names of the unsigned properties, each once; counter-signatures are signatures and are left out. */
  readonly unsigned: readonly string[];
}

/** Most of anything that is read of one property. */
const MOST = 50;

/** An element of any version of XAdES. */
function isXades(document: XmlDocument, node: NodeIndex, local: string): boolean {
  return isElement(document, node, null, local) && namespaceUri(document, node).startsWith(XADES);
}

function xadesChildren(document: XmlDocument, node: NodeIndex, local: string): readonly NodeIndex[] {
  if (node === NO_NODE) return [];
  return childElements(document, node)
    .filter((child) => isXades(document, child, local))
    .slice(0, MOST);
}

const xadesChild = (document: XmlDocument, node: NodeIndex, local: string): NodeIndex =>
  xadesChildren(document, node, local)[0] ?? NO_NODE;

/** The same name in either namespace: XAdES 1.1.1 and 1.2.2 have digests in their own. */
function digestChild(document: XmlDocument, node: NodeIndex, local: string): NodeIndex {
  const own = xadesChild(document, node, local);
  return own === NO_NODE && node !== NO_NODE ? firstChildElement(document, node, DS, local) : own;
}

const trimmed = (document: XmlDocument, node: NodeIndex): string =>
  node === NO_NODE ? '' : trimXml(textContent(document, node));

/** The counter-signature's own element around a ds:Signature; `NO_NODE` where it stands in none. */
export function isCounterSignature(document: XmlDocument, parent: NodeIndex): boolean {
  return isXades(document, parent, 'CounterSignature');
}

/** Those in the ds:Objects of a ds:Signature (§6.3). */
export function readQualifyingProperties(document: XmlDocument, signature: NodeIndex): readonly QualifyingProperties[] {
  return childElementsNamed(document, signature, DS, 'Object').flatMap((object) =>
    xadesChildren(document, object, 'QualifyingProperties').map((node) => ({
      node,
      target: attributeValue(document, node, '', 'Target'),
      signed: xadesChildren(document, node, 'SignedProperties').map((one) => readSigned(document, one)),
      unsigned: unsignedNames(document, node),
    })),
  );
}

function unsignedNames(document: XmlDocument, properties: NodeIndex): readonly string[] {
  const holders = xadesChildren(document, properties, 'UnsignedProperties').flatMap((one) => [
    ...xadesChildren(document, one, 'UnsignedSignatureProperties'),
    ...xadesChildren(document, one, 'UnsignedDataObjectProperties'),
  ]);
  const names = holders.flatMap((holder) => childElements(document, holder).map((child) => localName(document, child)));
  return [...new Set(names)].filter((name) => name !== 'CounterSignature').slice(0, MOST);
}

function readSigned(document: XmlDocument, node: NodeIndex): SignedProperties {
  const own = xadesChild(document, node, 'SignedSignatureProperties');
  const time = xadesChild(document, own, 'SigningTime');
  const certificates = ['SigningCertificate', 'SigningCertificateV2'].flatMap((property) =>
    xadesChildren(document, own, property).map((one) => ({
      node: one,
      property,
      certificates: xadesChildren(document, one, 'Cert').map((cert) => readCertificateReference(document, cert)),
    })),
  );
  return {
    node,
    id: attributeValue(document, node, '', 'Id'),
    signingCertificates: certificates,
    signingTime: time === NO_NODE ? null : trimmed(document, time),
    policy: readPolicy(document, xadesChild(document, own, 'SignaturePolicyIdentifier')),
    roles: readRoles(document, own),
    pointers: readPointers(document, xadesChild(document, node, 'SignedDataObjectProperties')),
  };
}

function readCertificateReference(document: XmlDocument, node: NodeIndex): CertificateReference {
  const digest = xadesChild(document, node, 'CertDigest');
  const method = digestChild(document, digest, 'DigestMethod');
  return {
    node,
    digestMethod: method === NO_NODE ? '' : (attributeValue(document, method, '', 'Algorithm') ?? ''),
    digestValue: trimmed(document, digestChild(document, digest, 'DigestValue')),
    issuerSerial: readIssuerSerial(document, node),
  };
}

function readIssuerSerial(document: XmlDocument, cert: NodeIndex): IssuerSerial | null {
  const text = xadesChild(document, cert, 'IssuerSerial');
  if (text !== NO_NODE) {
    const issuer = trimmed(document, digestChild(document, text, 'X509IssuerName'));
    const serial = trimmed(document, digestChild(document, text, 'X509SerialNumber'));
    return issuer === '' && serial === '' ? null : { form: 'text', node: text, issuer, serial };
  }
  const der = xadesChild(document, cert, 'IssuerSerialV2');
  return der === NO_NODE ? null : { form: 'der', node: der, text: trimmed(document, der) };
}

/** SignaturePolicyId/SigPolicyId/Identifier, or SignaturePolicyImplied (§7.2.3). */
function readPolicy(document: XmlDocument, node: NodeIndex): string | null {
  if (node === NO_NODE) return null;
  if (xadesChild(document, node, 'SignaturePolicyImplied') !== NO_NODE) return 'implied';
  const stated = xadesChild(document, xadesChild(document, node, 'SignaturePolicyId'), 'SigPolicyId');
  return trimmed(document, xadesChild(document, stated, 'Identifier'));
}

/** ClaimedRoles alone: certified ones are attribute certificates, which nobody reads here (§7.2.8). */
function readRoles(document: XmlDocument, own: NodeIndex): readonly string[] {
  return ['SignerRole', 'SignerRoleV2']
    .flatMap((name) => xadesChildren(document, own, name))
    .flatMap((role) => xadesChildren(document, role, 'ClaimedRoles'))
    .flatMap((roles) => xadesChildren(document, roles, 'ClaimedRole'))
    .map((role) => trimmed(document, role));
}

/** DataObjectFormat/@ObjectReference and ObjectReference elements (§7.2.5, §7.2.6). */
function readPointers(document: XmlDocument, node: NodeIndex): SignedProperties['pointers'] {
  if (node === NO_NODE) return [];
  const pointers: { node: NodeIndex; uri: string }[] = [];
  for (const element of descendantElements(document, node)) {
    const uri = isXades(document, element, 'DataObjectFormat')
      ? attributeValue(document, element, '', 'ObjectReference')
      : isXades(document, element, 'ObjectReference')
        ? trimmed(document, element)
        : null;
    if (uri !== null && pointers.length < MOST) pointers.push({ node: element, uri });
  }
  return pointers;
}
