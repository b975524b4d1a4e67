/**
 * Whether a xades:Cert names a certificate: by its digest, and by issuer and serial number beside it (ETSI TS 101 903
 * §7.2.2; EN 319 132-1 for V2). The digest decides: issuer and serial are a help to find the certificate.
 */
import { Digest } from '../algorithms/identifiers.ts';
import { base64Octets } from '../bytes/base64.ts';
import { DerTag, derInteger, readDer, type DerElement } from '../bytes/der.ts';
import { decodeHexLenient } from '../bytes/hex.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { certificateTexts } from '../certificates/certificate-texts.ts';
import { namesEqual } from '../certificates/compare-name.ts';
import { readName } from '../certificates/distinguished-name.ts';
import { readGeneralName } from '../certificates/extensions.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { matchIdentifier, type IdentifierMatch } from '../key-resolution/certificate-identifier.ts';
import type { CertDigestForm } from '../trace/finding-data/xades.ts';
import type { CertificateReference, IssuerSerial } from './qualifying-properties.ts';

/** How a digest stands to a certificate: `right`, in a wrong form, of something else, or by a method we do not have. */
export type DigestRelation = 'right' | CertDigestForm | 'differs' | 'unsupported';

/** How an IssuerSerial stands to a certificate. */
export type IssuerSerialRelation =
  | { readonly how: 'right' }
  /** As text, in a way of writing that has a finding of its own. */
  | { readonly how: 'written-wrongly'; readonly fault: NonNullable<IdentifierMatch['fault']> }
  /** DER with the Name where GeneralNames are asked for. */
  | { readonly how: 'bare-name' }
  | { readonly how: 'malformed' }
  | { readonly how: 'differs'; readonly reason: string };

const OTHER_DIGESTS = [Digest.sha1, Digest.sha256, Digest.sha384, Digest.sha512] as const;

/** Compares a CertDigest with a certificate: as it should be first, then as it is often made instead. */
export function relateDigest(
  { digestMethod, digestValue }: CertificateReference,
  { der, publicKey }: Certificate,
  crypto: CryptoProvider,
): DigestRelation {
  const right = crypto.digestNow(digestMethod, der);
  if (right === null) return 'unsupported';
  const octets = base64Octets(digestValue);
  if (octets !== null && equalOctets(octets, right)) return 'right';
  const stated = readings(digestValue, octets);
  const is = (made: Uint8Array | null) => made !== null && stated.some((one) => equalOctets(one.octets, made));
  const read = stated.find((one) => equalOctets(one.octets, right));
  if (read !== undefined) return read.how === 'base64' ? 'right' : read.how;
  for (const [form, made] of certificateTexts(der, null)) if (is(crypto.digestNow(digestMethod, made))) return form;
  if (OTHER_DIGESTS.some((method) => is(crypto.digestNow(method, der)))) return 'other-method';
  return is(crypto.digestNow(digestMethod, publicKey.spki)) ? 'public-key' : 'differs';
}

interface Reading {
  readonly how: 'base64' | 'hex' | 'base64-of-hex' | 'base64-twice';
  readonly octets: Uint8Array;
}

/** What the text of a digest can be read as. */
function readings(text: string, octets: Uint8Array | null): readonly Reading[] {
  const out: Reading[] = [];
  const add = (how: Reading['how'], read: Uint8Array | null) => {
    if (read !== null && read.length > 0) out.push({ how, octets: read });
  };
  add('base64', octets);
  add('hex', decodeHexLenient(text));
  if (octets !== null) {
    const inner = String.fromCharCode(...octets.subarray(0, 256));
    add('base64-of-hex', decodeHexLenient(inner));
    add('base64-twice', base64Octets(inner));
  }
  return out;
}

/** Compares an IssuerSerial or IssuerSerialV2 with a certificate. */
export function relateIssuerSerial(
  stated: IssuerSerial,
  certificate: Certificate,
  crypto: CryptoProvider,
): IssuerSerialRelation {
  if (stated.form === 'der') return relateDer(stated.text, certificate);
  const { issuer, serial } = stated;
  const match = matchIdentifier({ form: 'issuer-serial', issuer, serial }, certificate, crypto);
  if (!match.matches) return { how: 'differs', reason: match.reason };
  return match.fault === null ? { how: 'right' } : { how: 'written-wrongly', fault: match.fault };
}

/** `IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber CertificateSerialNumber }` (RFC 5035 §5). */
function relateDer(text: string, { issuer, serial }: Certificate): IssuerSerialRelation {
  const octets = base64Octets(text);
  const read = octets === null ? null : readDer(octets);
  if (read?.ok !== true || read.element.tag !== DerTag.sequence) return { how: 'malformed' };
  const [names, number] = read.element.children;
  const written = derInteger(number);
  const { name, bare } = issuerIn(names);
  if (name === null || written === null) return { how: 'malformed' };
  const sameName = namesEqual(name, issuer);
  if (!sameName && written !== serial) return { how: 'differs', reason: 'issuer-and-serial-differ' };
  if (!sameName) return { how: 'differs', reason: 'issuer-differs' };
  if (written !== serial) return { how: 'differs', reason: 'serial-differs' };
  return { how: bare ? 'bare-name' : 'right' };
}

/** The directoryName of GeneralNames; `bare` where a Name, or its GeneralName alone, stands there instead. */
function issuerIn(element: DerElement | undefined) {
  const general = readGeneralName(element);
  if (general !== null) return { name: general.name, bare: true };
  const [first] = element?.children ?? [];
  const inner = readGeneralName(first);
  return inner === null ? { name: readName(element), bare: true } : { name: inner.name, bare: false };
}
