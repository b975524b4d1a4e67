/** ds:X509Data: certificates and the ways of naming one (XML Signature 1.1 §4.5.4). */
import { trimXml } from '../xml/characters.ts';
import { base64Octets } from '../bytes/base64.ts';
import { markInData } from '../bytes/log-marks.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { namesEqual } from '../certificates/compare-name.ts';
import { DS, DS11 } from '../xml/namespaces.ts';
import { readBinaryContent } from '../tokens/binary-security-token.ts';
import { type NodeIndex, type XmlDocument, NO_NODE } from '../xml/document.ts';
import { findingOf } from '../trace/recorder.ts';
import {
  attributeValue,
  childElements,
  firstChildElement,
  isElement,
  nodeRange,
  textContent,
} from '../xml/navigate.ts';
import { matchIdentifier, type CertificateIdentifier } from './certificate-identifier.ts';
import { searchCertificate } from './certificate-search.ts';
import type { KeySearch } from './key-search.ts';

/**
 * The identifiers that stand in an X509Data, in document order. Templates left empty (zeep's X509IssuerSerial) say
 * nothing and are left out.
 */
export function identifiersIn(
  document: XmlDocument,
  node: NodeIndex,
): { readonly node: NodeIndex; readonly how: string; readonly identifier: CertificateIdentifier }[] {
  const out: { node: NodeIndex; how: string; identifier: CertificateIdentifier }[] = [];
  for (const child of childElements(document, node)) {
    if (trimXml(textContent(document, child)) === '') continue;
    const text = () => trimXml(textContent(document, child));
    if (isElement(document, child, DS, 'X509IssuerSerial')) {
      const part = (local: string) => {
        const found = firstChildElement(document, child, DS, local);
        return found === NO_NODE ? '' : textContent(document, found);
      };
      out.push({
        node: child,
        how: 'issuer-serial',
        identifier: { form: 'issuer-serial', issuer: part('X509IssuerName'), serial: part('X509SerialNumber') },
      });
    } else if (isElement(document, child, DS, 'X509SKI')) {
      out.push({
        node: child,
        how: 'x509-ski',
        identifier: { form: 'ski', text: text(), octets: base64Octets(text()) },
      });
    } else if (isElement(document, child, DS, 'X509SubjectName')) {
      out.push({ node: child, how: 'subject-name', identifier: { form: 'subject-name', text: text() } });
    } else if (isElement(document, child, DS11, 'X509Digest')) {
      out.push({
        node: child,
        how: 'x509-digest',
        identifier: {
          form: 'x509-digest',
          algorithm: attributeValue(document, child, '', 'Algorithm') ?? '',
          text: text(),
          octets: base64Octets(text()),
        },
      });
    }
  }
  return out;
}

/** Octets of an X509Certificate; `armoured` where PEM lines were left in, as text or inside the base64. */
function certificateOctets(text: string): { readonly octets: Uint8Array | null; readonly armoured: boolean } {
  const armour = /-----(?:BEGIN|END) ?[A-Z0-9 ]{1,40}-----/g;
  const octets = base64Octets(text);
  const inner = octets !== null && octets[0] === 0x2d ? decodeUtf8(octets) : null;
  if (inner === null && octets !== null) return { octets, armoured: false };
  return { octets: base64Octets((inner ?? text).replace(armour, '')), armoured: true };
}

/** Resolves an X509Data: its own certificate of the signer, or the one that it names. */
export function addX509Data(search: KeySearch, node: NodeIndex): void {
  const { document, budget } = search.context;
  const elements = childElements(document, node).filter((child) => isElement(document, child, DS, 'X509Certificate'));
  search.certificates += elements.length;
  budget.check('certificatesInMessage', search.certificates, document.start[node] ?? -1);
  const certificates = elements.flatMap((element) => readCertificates(search, element));
  const identifiers = identifiersIn(document, node);
  if (certificates.length > 0) {
    takeSigner(search, node, certificates, identifiers);
    return;
  }
  for (const one of identifiers) searchCertificate(search, one.identifier, one.node, one.how);
  if (identifiers.length > 0) return;
  search.miss(elements.length > 0 ? 'x509-certificate-malformed' : 'keyinfo-missing-or-empty', {});
  if (elements.length === 0) search.find('keyinfo-missing-or-empty', 'error', node, { element: 'X509Data' });
}

/** The certificates of one X509Certificate; none where it cannot be read. */
function readCertificates(search: KeySearch, element: NodeIndex): readonly Certificate[] {
  const { document, certificates } = search.context;
  const { octets, armoured } = certificateOctets(textContent(document, element));
  const content = octets === null ? null : readBinaryContent(octets, certificates);
  const read = content?.certificates ?? [];
  if (read.length === 0) {
    const mark = octets === null ? markInData(textContent(document, element)) : null;
    const reason = content?.problem?.reason ?? 'not-base64';
    if (mark !== null) {
      const data = { where: 'X509Certificate', mark };
      search.miss('captured-not-wire', data);
      const told = { ranges: [nodeRange(document, element)], confidence: 'likely' } as const;
      search.findings.push(findingOf('captured-not-wire', 'error', data, told));
    } else search.find('x509-certificate-malformed', 'error', element, { reason }, 'wsse:InvalidSecurityToken');
  } else if (armoured) search.find('x509-certificate-malformed', 'warning', element, { reason: 'pem-armour' });
  return read;
}

/** Takes the certificates that the X509Data names, else those at the end of a chain; the others are only issuers. */
function takeSigner(
  search: KeySearch,
  node: NodeIndex,
  certificates: readonly Certificate[],
  identifiers: ReturnType<typeof identifiersIn>,
): void {
  const { crypto } = search.context;
  const named = certificates.filter((certificate) =>
    identifiers.some((one) => matchIdentifier(one.identifier, certificate, crypto).matches),
  );
  const ends = certificates.filter(
    (one) =>
      certificates.length === 1 ||
      !certificates.some((other) => other !== one && namesEqual(other.issuer, one.subject)),
  );
  const chosen = named.length > 0 ? named : ends.length > 0 ? ends : certificates.slice(0, 1);
  // Each must fit one of them: a receiver may go by any.
  const stray = identifiers.some(
    ({ identifier }) => !certificates.some((one) => matchIdentifier(identifier, one, crypto).matches),
  );
  if (stray) {
    search.find('x509data-identifier-differs', 'warning', node, {
      certificates: certificates.map((one) => one.subjectText),
    });
  }
  for (const certificate of certificates) {
    const chain = certificates.filter((one) => one !== certificate);
    if (chosen.includes(certificate)) {
      search.addFromMessage('x509-certificate', certificate.publicKey, certificate, chain);
    } else {
      search.add({
        from: 'message',
        how: 'x509-certificate',
        certificate,
        chain,
        taken: false,
        reason: 'issuer-of-another',
      });
    }
  }
}
