/** Looks for the certificate that an identifier names, in the message and among the given keys. */
import { base64Octets } from '../bytes/base64.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { bareKeys, type KeyEntry } from '../keystore/key-entry.ts';
import { readBinaryContent } from '../tokens/binary-security-token.ts';
import { DS } from '../xml/namespaces.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { descendantElementsNamed, textContent } from '../xml/navigate.ts';
import {
  identifierData,
  matchIdentifier,
  type CertificateIdentifier,
  type IdentifierMatch,
} from './certificate-identifier.ts';
import { certificateData, entryOfPublicKey, type KeySearch } from './key-search.ts';
import type { KeyResolutionContext } from './key-resolution-types.ts';

interface Known {
  readonly from: 'message' | 'given';
  readonly entry: KeyEntry | null;
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  /** The entry's own certificate, not one of its chain. */
  readonly main: boolean;
}

/** Certificates of ds:X509Certificate elements anywhere in a document, read once a document. */
const MOST_MESSAGE_CERTIFICATES = 100;
const inline = new WeakMap<XmlDocument, readonly Certificate[]>();

function inlineCertificates({ document, certificates }: KeyResolutionContext): readonly Certificate[] {
  const known = inline.get(document);
  if (known) return known;
  const out: Certificate[] = [];
  for (const node of descendantElementsNamed(document, 0, DS, 'X509Certificate').slice(0, MOST_MESSAGE_CERTIFICATES)) {
    const octets = base64Octets(textContent(document, node));
    if (octets !== null) out.push(...readBinaryContent(octets, certificates).certificates);
  }
  inline.set(document, out);
  return out;
}

/** Which of two finds of one certificate is kept: with the private key, then the entry's own, then the first. */
function worth(known: Known): number {
  return (hasPrivateKey(known.entry) ? 2 : 0) + (known.main ? 1 : 0);
}

function hasPrivateKey(entry: KeyEntry | null): boolean {
  return entry !== null && entry.privateKey !== null;
}

/** Every certificate known, given ones first, each once and with what is known about it. */
function knownCertificates(context: KeyResolutionContext): Known[] {
  const out = new Map<string, Known>();
  const add = (one: Known) => {
    const before = out.get(one.certificate.id);
    if (!before || worth(one) > worth(before)) out.set(one.certificate.id, one);
  };
  for (const entry of context.keys) {
    for (const [i, certificate] of entry.certificates.entries()) {
      const main = i === 0;
      // Certificate and private key may come in files of their own.
      const holder =
        main && entry.privateKey !== null
          ? entry
          : (entryOfPublicKey(context.keys, certificate.publicKey) ?? (main ? entry : null));
      add({ from: 'given', entry: holder, certificate, chain: entry.certificates.slice(i + 1), main });
    }
  }
  for (const token of context.tokens) {
    for (const [i, certificate] of token.certificates.entries()) {
      add({
        from: 'message',
        entry: entryOfPublicKey(context.keys, certificate.publicKey),
        certificate,
        chain: token.certificates.slice(i + 1),
        main: true,
      });
    }
  }
  for (const certificate of inlineCertificates(context)) {
    add({
      from: 'message',
      entry: entryOfPublicKey(context.keys, certificate.publicKey),
      certificate,
      chain: [],
      main: true,
    });
  }
  return [...out.values()];
}

/** The certificate that an identifier names, whatever the purpose: for STR-Transform. */
export function certificateNamed(context: KeyResolutionContext, identifier: CertificateIdentifier): Certificate | null {
  const known = knownCertificates(context);
  const exact = known.find((one) => {
    const match = matchIdentifier(identifier, one.certificate, context.crypto);
    return match.matches && match.fault === null;
  });
  return (
    (exact ?? known.find((one) => matchIdentifier(identifier, one.certificate, context.crypto).matches))?.certificate ??
    null
  );
}

/** Adds every known certificate as a candidate: taken where the identifier names it, left with the reason otherwise. */
export function searchCertificate(
  search: KeySearch,
  identifier: CertificateIdentifier,
  node: NodeIndex,
  how: string,
): void {
  const { context, purpose } = search;
  const compared = knownCertificates(context).map((one) => ({
    ...one,
    match: matchIdentifier(identifier, one.certificate, context.crypto),
  }));
  // A wrong way of naming counts only where no certificate is named rightly.
  const rightly = compared.some((one) => one.match.matches && one.match.fault === null);
  let found = 0;
  let withoutPrivateKey: Certificate | null = null;
  for (const { from, entry, certificate, chain, main, match } of compared) {
    const named = match.matches && (match.fault === null || !rightly);
    if (!named && !main) continue;
    const taken = named && (purpose === 'verify' || (purpose === 'decrypt' && hasPrivateKey(entry)));
    const reason = reasonOf(match, named, taken, purpose);
    search.add({ from, how, entry, certificate, chain, taken, reason });
    if (named) recordWriting(search, node, match, certificate);
    if (taken) found += 1;
    else if (named && purpose === 'decrypt') withoutPrivateKey ??= certificate;
  }
  if (found > 0) return;
  const data = { ...identifierData(identifier), ...(withoutPrivateKey ? certificateData(withoutPrivateKey) : {}) };
  const code = purpose === 'decrypt' ? 'private-key-not-found' : 'signer-certificate-not-found';
  search.miss(code, data);
  search.find(
    code,
    // The wrong name is for the sender to mend; the private key is only not given.
    !rightly && compared.some((one) => one.match.matches) ? 'warning' : 'error',
    node,
    {
      ...data,
      certificateKnown: withoutPrivateKey !== null,
      bare: purpose === 'decrypt' ? bareKeys(context.keys).length : 0,
    },
    'wsse:SecurityTokenUnavailable',
  );
}

/** Says where the certificate is named in a wrong way, or in a right one that some receivers do not read. */
function recordWriting(
  search: KeySearch,
  node: NodeIndex,
  { fault, remark }: IdentifierMatch,
  certificate: Certificate,
): void {
  if (fault !== null) search.find(fault.code, 'warning', node, { ...fault.data, ...certificateData(certificate) });
  if (remark !== undefined) search.find(remark.code, 'note', node, { ...remark.data, ...certificateData(certificate) });
}

/** Why a certificate is taken or left. */
function reasonOf(
  match: ReturnType<typeof matchIdentifier>,
  named: boolean,
  taken: boolean,
  purpose: KeySearch['purpose'],
): string {
  if (taken) return match.reason;
  if (named) return purpose === 'mac' ? 'not-a-secret' : 'no-private-key';
  return match.matches ? 'other-certificate-matches' : match.reason;
}

/** Adds the certificates that binary content holds; says so where it holds none. */
export function addBinaryCertificate(search: KeySearch, node: NodeIndex, octets: Uint8Array | null, how: string): void {
  const content = octets === null ? null : readBinaryContent(octets, search.context.certificates);
  const [end, ...chain] = content?.certificates ?? [];
  if (end) {
    search.addFromMessage(how, end.publicKey, end, chain);
    return;
  }
  const data = { reason: content?.problem?.reason ?? (octets === null ? 'not-base64' : 'no-certificate') };
  search.miss('bst-content-malformed', data);
  search.find('bst-content-malformed', 'error', node, data, 'wsse:InvalidSecurityToken');
}
