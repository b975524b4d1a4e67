/**
 * wsse:BinarySecurityToken: what it says it is, what its octets are, and the certificates in it (SMS 1.1 §6.3; XTP 1.1
 * §3.1).
 */
import type { BspRule } from '../bsp/rules.ts';
import { base64Octets } from '../bytes/base64.ts';
import { markInData } from '../bytes/log-marks.ts';
import { type DerElement, DerTag, derOctets, derOid, readDer } from '../bytes/der.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { CertificateMemory } from '../certificates/certificate-memory.ts';
import { namesEqual } from '../certificates/compare-name.ts';
import { BASE64_BINARY, KERBEROS_PROFILE, X509_PROFILE, XOP } from '../xml/namespaces.ts';
import { findingOf, type FindingDraft } from '../trace/recorder.ts';
import type { FindingCode, FindingData } from '../trace/finding-data.ts';
import type { Severity } from '../trace/run-log.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, firstChildElement, nodeRange, textContent } from '../xml/navigate.ts';

/** ValueTypes of the X.509 profile (XTP §3.1). */
export const X509V3 = `${X509_PROFILE}#X509v3`;
const X509V1 = `${X509_PROFILE}#X509v1`;
const PKIPATH = `${X509_PROFILE}#X509PKIPathv1`;
const PKCS7 = `${X509_PROFILE}#PKCS7`;

/** What the octets are. */
export type BinaryFormat = 'X509' | 'PKIPath' | 'PKCS7' | 'Kerberos' | 'JWT' | 'other' | 'unreadable';

/** The element as it was read. */
export interface BinarySecurityToken {
  readonly node: NodeIndex;
  readonly valueType: string | null;
  readonly encodingType: string | null;
  /** What ValueType says. */
  readonly stated: BinaryFormat;
  /** What the octets are. */
  readonly format: BinaryFormat;
  readonly octets: Uint8Array | null;
  /** End certificate first. */
  readonly certificates: readonly Certificate[];
  readonly problems: readonly FindingDraft[];
}

const PROFILE_TYPES: ReadonlySet<string> = new Set([X509V3, X509V1, PKIPATH, PKCS7]);

const STATED: ReadonlyMap<string, BinaryFormat> = new Map([
  ['X509v3', 'X509'],
  ['X509v1', 'X509'],
  ['X509', 'X509'],
  ['X509PKIPathv1', 'PKIPath'],
  ['PKIPath', 'PKIPath'],
  ['PKCS7', 'PKCS7'],
]);

/** Whether a token profile defines this ValueType, letter for letter (BSP 1.1 R3032). */
function isProfileType(valueType: string): boolean {
  return PROFILE_TYPES.has(valueType) || valueType.startsWith(KERBEROS_PROFILE);
}

/** What ValueType means to say, by its last part, so that a misspelt one is still read. */
function statedFormat(valueType: string | null): BinaryFormat {
  if (valueType === null || valueType.trim() === '') return 'other';
  const last = valueType.slice(Math.max(valueType.lastIndexOf('#'), valueType.lastIndexOf(':')) + 1).trim();
  const known = STATED.get(last);
  if (known) return known;
  if (valueType.startsWith(KERBEROS_PROFILE) || /Kerberos/i.test(last)) return 'Kerberos';
  return /jwt/i.test(valueType) ? 'JWT' : 'other';
}

/** The DER of each certificate in a PKIPath: a sequence from the one nearest the anchor to the end certificate. */
function pathCertificates(root: DerElement): Uint8Array[] {
  return root.children.map(derOctets).reverse();
}

const SIGNED_DATA = '1.2.840.113549.1.7.2';

/** The DER of each certificate in a degenerate PKCS#7 SignedData (RFC 5652 §5.1). */
function signedDataCertificates(root: DerElement): Uint8Array[] {
  const signedData = root.children[1]?.children[0];
  const set = signedData?.children.find((child) => child.tag === 0xa0);
  return set ? set.children.filter((child) => child.tag === DerTag.sequence).map(derOctets) : [];
}

/** Puts the certificate that issued none of the others first. */
function endCertificateFirst(certificates: readonly Certificate[]): Certificate[] {
  const leaf = certificates.find(
    (one) => !certificates.some((other) => other !== one && namesEqual(other.issuer, one.subject)),
  );
  return leaf ? [leaf, ...certificates.filter((one) => one !== leaf)] : [...certificates];
}

/** What octets hold, whatever ValueType says. */
export interface BinaryContent {
  readonly format: BinaryFormat;
  readonly certificates: readonly Certificate[];
  /** Why the octets are unreadable, or null. */
  readonly problem: { readonly reason: string; readonly offset: number } | null;
}

/** The most certificates of one token that are read. */
const MOST_CERTIFICATES = 100;

/** Says what octets are from the octets alone. */
export function readBinaryContent(octets: Uint8Array, certificates: CertificateMemory): BinaryContent {
  const known = certificates.known(octets);
  if (known !== null) return { format: 'X509', certificates: [known], problem: null };
  const strict = readDer(octets);
  const result = strict.ok ? strict : readDer(octets, { ber: true });
  if (!result.ok) {
    return {
      format: 'unreadable',
      certificates: [],
      problem: { reason: result.problem.code, offset: result.problem.offset },
    };
  }
  const root = result.element;
  if (root.tag === 0x60 || (root.tag & 0xe0) === 0x60) return { format: 'Kerberos', certificates: [], problem: null };
  const readAll = (ders: readonly Uint8Array[]): { certificates: Certificate[]; problem: BinaryContent['problem'] } => {
    const read: Certificate[] = [];
    let problem: BinaryContent['problem'] = null;
    for (const der of ders.slice(0, MOST_CERTIFICATES)) {
      const one = certificates.read(der);
      if (one.ok) read.push(one.certificate);
      else problem ??= { reason: one.problem.what, offset: one.problem.offset };
    }
    return { certificates: read, problem };
  };
  if (derOid(root.children[0]) === SIGNED_DATA) {
    const { certificates: signers, problem } = readAll(signedDataCertificates(root));
    return { format: 'PKCS7', certificates: endCertificateFirst(signers), problem };
  }
  const tbs = root.children[0];
  const looksLikeCertificate =
    root.children.length === 3 && tbs?.tag === DerTag.sequence && root.children[2]?.tag === DerTag.bitString;
  if (looksLikeCertificate) return { format: 'X509', ...readAll([octets]) };
  const looksLikePath =
    root.tag === DerTag.sequence &&
    root.children.length > 0 &&
    root.children.every(
      (child) =>
        child.tag === DerTag.sequence && child.children.length === 3 && child.children[2]?.tag === DerTag.bitString,
    );
  if (looksLikePath) return { format: 'PKIPath', ...readAll(pathCertificates(root)) };
  return { format: 'other', certificates: [], problem: null };
}

/** Whether base64 text holds PEM armour, as some senders paste it. */
const ARMOUR = /-----(?:BEGIN|END) [A-Z0-9 ]{1,40}-----/g;

/** Reads one token, keeping what is wrong with it. */
class Reading {
  readonly problems: FindingDraft[] = [];
  readonly valueType: string | null;
  readonly encodingType: string | null;
  readonly #document: XmlDocument;
  readonly #node: NodeIndex;

  constructor(document: XmlDocument, node: NodeIndex) {
    this.#document = document;
    this.#node = node;
    this.valueType = attributeValue(document, node, '', 'ValueType');
    this.encodingType = attributeValue(document, node, '', 'EncodingType');
  }

  problem<Code extends FindingCode>(code: Code, severity: Severity, data: FindingData[Code], fault?: string): void {
    const ranges = [nodeRange(this.#document, this.#node)];
    this.problems.push(findingOf(code, severity, data, { ranges, ...(fault ? { fault } : {}) }));
  }

  unusable(reason: string, data: Data = {}): void {
    const told = { reason, valueType: this.valueType, ...data };
    this.problem('bst-content-malformed', 'error', told, 'wsse:InvalidSecurityToken');
  }

  judgeTypes(): void {
    const { valueType, encodingType } = this;
    if (valueType === null) this.problem('R3031' satisfies BspRule, 'warning', {});
    if (encodingType === null) this.problem('R3029' satisfies BspRule, 'warning', {});
    else if (encodingType !== BASE64_BINARY) {
      this.problem('R3030' satisfies BspRule, 'warning', { encodingType });
      if (/hex/i.test(encodingType)) {
        const data = { reason: 'encoding-type-says-hex', encodingType, valueType };
        this.problem('bst-content-malformed', 'warning', data);
      }
    }
  }

  /** The token's octets; null where a part of the MIME message holds them, or they are none. */
  octets(): Uint8Array | null {
    const include = firstChildElement(this.#document, this.#node, XOP, 'Include');
    if (include !== NO_NODE) {
      this.problem('bst-mtom-optimised', 'warning', { href: attributeValue(this.#document, include, '', 'href') });
      return null;
    }
    const text = textContent(this.#document, this.#node);
    let octets = base64Octets(text);
    if (octets === null && text.includes('-----')) {
      octets = base64Octets(text.replace(ARMOUR, ''));
      if (octets !== null) this.unusable('pem-armour');
    }
    if (octets !== null && octets.length > 0) return octets;
    const mark = octets === null ? markInData(text) : null;
    if (mark !== null) {
      const told = { ranges: [nodeRange(this.#document, this.#node)], confidence: 'likely' } as const;
      const data = { where: 'BinarySecurityToken', mark };
      this.problems.push(findingOf('captured-not-wire', 'error', data, told));
    } else this.unusable(octets === null ? 'not-base64' : 'empty');
    return null;
  }

  /** Whether the content is what ValueType says. */
  judgeContent(content: BinaryContent, stated: BinarySecurityToken['stated']): void {
    const { valueType } = this;
    const certificates = content.certificates.length;
    // A token of somebody's own stands in nobody's way; a certificate under a name of their own is found by no receiver.
    if (valueType !== null && !isProfileType(valueType)) {
      this.problem('R3032' satisfies BspRule, certificates > 0 ? 'error' : 'note', { valueType, certificates });
    }
    const wantsCertificate = stated === 'X509' || stated === 'PKIPath' || stated === 'PKCS7';
    if (!wantsCertificate && valueType !== null) return;
    if (content.problem) {
      this.unusable('not-der', { what: content.problem.reason, offset: content.problem.offset });
    } else if (wantsCertificate && (content.format === 'other' || certificates === 0)) this.unusable('no-certificate');
    else if (wantsCertificate && content.format !== stated) {
      this.unusable('value-type-differs', { stated, actual: content.format });
    }
  }
}

/** Reads a wsse:BinarySecurityToken; what is wrong with it stands among its problems. */
export function readBinarySecurityToken(
  document: XmlDocument,
  node: NodeIndex,
  certificates: CertificateMemory,
): BinarySecurityToken {
  const reading = new Reading(document, node);
  const { valueType, encodingType, problems } = reading;
  const stated = statedFormat(valueType);
  reading.judgeTypes();
  const octets = reading.octets();
  const base = { node, valueType, encodingType, stated, problems };
  if (octets === null) return { ...base, certificates: [], format: 'unreadable', octets };
  const content = readBinaryContent(octets, certificates);
  reading.judgeContent(content, stated);
  return { ...base, format: content.format, octets, certificates: content.certificates };
}

/** What a report says of it. */
export function binarySecurityTokenData(token: BinarySecurityToken): Data {
  const end = token.certificates[0];
  return {
    valueType: token.valueType,
    encodingType: token.encodingType,
    format: token.format,
    stated: token.stated,
    octets: token.octets?.length ?? null,
    certificates: token.certificates.length,
    ...(end ? { subject: end.subjectText } : {}),
  };
}
