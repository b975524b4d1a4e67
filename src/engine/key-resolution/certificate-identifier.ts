/**
 * The ways a message names a certificate, and how each is compared with one (XTP 1.1 §3.2; SMS 1.1 §7.3; XMLDSIG 1.1
 * §4.5.4).
 */
import { Digest } from '../algorithms/identifiers.ts';
import { base64Octets, encodeBase64 } from '../bytes/base64.ts';
import { DerTag, derBitString, encodeDer, readDer } from '../bytes/der.ts';
import { decodeHexLenient, encodeHex } from '../bytes/hex.ts';
import { equalOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { compareName, compareSerial, type NameComparison } from '../certificates/compare-name.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { WrittenWrongly, WrittenWronglyCode } from '../trace/finding-data/key-resolution.ts';
import type { Data } from '../trace/trace.ts';

/** A certificate as a message names it. */
export type CertificateIdentifier =
  | { readonly form: 'ski'; readonly text: string; readonly octets: Uint8Array | null }
  | { readonly form: 'thumbprint'; readonly text: string; readonly octets: Uint8Array | null }
  | { readonly form: 'certificate'; readonly text: string; readonly octets: Uint8Array | null }
  | { readonly form: 'issuer-serial'; readonly issuer: string; readonly serial: string }
  | { readonly form: 'subject-name'; readonly text: string }
  | {
      readonly form: 'x509-digest';
      readonly algorithm: string;
      readonly text: string;
      readonly octets: Uint8Array | null;
    };

/** How the identifier was written; the certificate that it means comes beside it. */
export type Meant = Omit<WrittenWrongly, 'subject' | 'issuer' | 'serial'>;

interface Written {
  readonly code: WrittenWronglyCode;
  readonly data: Meant;
}

/** Whether a certificate is the one named, and what is wrong with the naming. */
export interface IdentifierMatch {
  readonly matches: boolean;
  readonly reason: string;
  /** It names the certificate in a wrong way. */
  readonly fault: Written | null;
  /** It names the certificate in a right way that some receivers do not read. */
  readonly remark?: Written;
}

const no = (reason: string): IdentifierMatch => ({ matches: false, reason, fault: null });
const YES: IdentifierMatch = { matches: true, reason: 'matches', fault: null };
const meant = (reason: string, code: WrittenWronglyCode, data: Meant): IdentifierMatch => ({
  matches: true,
  reason,
  fault: { code, data },
});

/** Octets of an identifier's text. */
export function identifierOctets(text: string): Uint8Array | null {
  return base64Octets(text);
}

/** What a value is taken for when it is neither: the text, its hex reading, and base64 of hex or of base64 text. */
function readings(text: string, octets: Uint8Array | null): { readonly how: string; readonly octets: Uint8Array }[] {
  const out: { how: string; octets: Uint8Array }[] = [];
  const hex = decodeHexLenient(text.trim());
  if (hex !== null && hex.length > 0) out.push({ how: 'hex-text', octets: hex });
  if (octets !== null) {
    const inner = String.fromCharCode(...octets.subarray(0, 256));
    const innerHex = decodeHexLenient(inner);
    if (innerHex !== null && innerHex.length > 0) out.push({ how: 'base64-of-hex', octets: innerHex });
    const innerBase64 = base64Octets(inner);
    if (innerBase64 !== null && innerBase64.length > 0) out.push({ how: 'base64-twice', octets: innerBase64 });
  }
  return out;
}

/** The BIT STRING's octets of a SubjectPublicKeyInfo, of which RFC 5280 §4.2.1.2 makes a key identifier. */
function keyBits(certificate: Certificate): Uint8Array | null {
  const read = readDer(certificate.publicKey.spki);
  return read.ok ? derBitString(read.element.children[1]) : null;
}

function matchThumbprint(
  text: string,
  octets: Uint8Array | null,
  certificate: Certificate,
  crypto: CryptoProvider,
): IdentifierMatch {
  const sha1 = crypto.digestNow(Digest.sha1, certificate.der);
  if (sha1 === null) return no('thumbprint-differs');
  if (octets !== null && equalOctets(octets, sha1)) return YES;
  for (const reading of readings(text, octets)) {
    if (equalOctets(reading.octets, sha1)) {
      return meant(`thumbprint-${reading.how}`, 'thumbprint-wrong', { how: reading.how });
    }
  }
  if (octets === null) return no('thumbprint-differs');
  const wrong: [string, Uint8Array | null][] = [
    ['sha256-of-certificate', crypto.digestNow(Digest.sha256, certificate.der)],
    ['sha1-of-key', crypto.digestNow(Digest.sha1, certificate.publicKey.spki)],
    ['sha1-of-base64', crypto.digestNow(Digest.sha1, encodeUtf8(encodeBase64(certificate.der)))],
    ['subject-key-identifier', certificate.ski],
  ];
  for (const [how, value] of wrong) {
    if (value !== null && equalOctets(octets, value)) return meant(`thumbprint-${how}`, 'thumbprint-wrong', { how });
  }
  return no('thumbprint-differs');
}

function matchSki(
  text: string,
  octets: Uint8Array | null,
  certificate: Certificate,
  crypto: CryptoProvider,
): IdentifierMatch {
  const { ski } = certificate;
  const bits = keyBits(certificate);
  const computed = bits === null ? null : crypto.digestNow(Digest.sha1, bits);
  const target = ski ?? computed;
  if (octets !== null && target !== null && equalOctets(octets, target)) {
    // Without the extension the identifier is computed (RFC 5280 §4.2.1.2, method 1), as WSS4J and WCF do.
    return ski === null ? { matches: true, reason: 'ski-computed', fault: null } : YES;
  }
  const reading = target === null ? undefined : readings(text, octets).find((one) => equalOctets(one.octets, target));
  if (reading !== undefined) return meant(`ski-${reading.how}`, 'ski-computed-wrong', { how: reading.how });
  const how = octets === null ? undefined : wrongSki(octets, computed, certificate, crypto);
  if (how !== undefined) return meant(`ski-${how}`, 'ski-computed-wrong', { how });
  return no(ski === null ? 'no-ski' : 'ski-differs');
}

/** Method 2 of RFC 5280 §4.2.1.2: the bits 0100 and the last 60 of the SHA-1. */
function shortIdentifier(sha1: Uint8Array): Uint8Array {
  const last = sha1.slice(-8);
  last[0] = 0x40 | ((last[0] ?? 0) & 0x0f);
  return last;
}

/** What else of the certificate the octets are; undefined where they are nothing of it. */
function wrongSki(
  octets: Uint8Array,
  computed: Uint8Array | null,
  certificate: Certificate,
  crypto: CryptoProvider,
): string | undefined {
  const { ski, der, publicKey, selfIssued, authorityKeyId } = certificate;
  const header = (inner: Uint8Array) => encodeDer(DerTag.octetString, inner);
  const wrong: readonly (readonly [string, Uint8Array | null])[] = [
    ['octet-string-header', ski === null ? null : header(ski)],
    ['octet-string-header-twice', ski === null ? null : header(header(ski))],
    ['sha1-of-key-bits', computed],
    ['method-2', computed === null ? null : shortIdentifier(computed)],
    ['sha1-of-key', crypto.digestNow(Digest.sha1, publicKey.spki)],
    ['sha1-of-certificate', crypto.digestNow(Digest.sha1, der)],
    ['authority-key-identifier', selfIssued ? null : authorityKeyId],
    ['sha256-of-key', crypto.digestNow(Digest.sha256, publicKey.spki)],
  ];
  return wrong.find(([, value]) => value !== null && equalOctets(octets, value))?.[0];
}

function matchIssuerSerial(issuer: string, serial: string, certificate: Certificate): IdentifierMatch {
  const number = compareSerial(serial, certificate.serial);
  const name = compareName(issuer, certificate.issuer);
  const serialMeant = number.how !== 'differs';
  if (!name.equal && !name.meant) {
    if (!serialMeant) return no('issuer-and-serial-differ');
    if (number.equal && !certificate.selfIssued && compareName(issuer, certificate.subject).meant) {
      return meant('issuer-is-subject', 'issuer-is-subject', { written: issuer });
    }
    return no('issuer-differs');
  }
  if (!serialMeant) return no('serial-differs');
  if (!number.equal) {
    return meant(`serial-${number.how}`, 'serial-hex-or-sign', {
      how: number.how,
      written: serial.trim(),
    });
  }
  return matchName('issuer', name, issuer);
}

/** A name that is the certificate's, whether it is written as RFC 4514 has it or not. */
function matchName(of: 'issuer' | 'subject', name: NameComparison, written: string): IdentifierMatch {
  const wrong = (how: string): Meant => ({ how, style: name.style, written: written.trim() });
  if (!name.equal) return meant(`${of}-${name.how}`, 'issuer-dn-format', wrong(name.how));
  if (name.differences.includes('unescaped')) return meant(`${of}-unescaped`, 'issuer-dn-format', wrong('unescaped'));
  // Right by RFC 4514, and beyond WCF, which reads quotation marks only.
  return /\\[,+]/.test(written) ? { ...YES, remark: { code: 'issuer-dn-format', data: wrong('escaped') } } : YES;
}

/** Compares one identifier with one certificate. */
export function matchIdentifier(
  identifier: CertificateIdentifier,
  certificate: Certificate,
  crypto: CryptoProvider,
): IdentifierMatch {
  switch (identifier.form) {
    case 'thumbprint':
      return matchThumbprint(identifier.text, identifier.octets, certificate, crypto);
    case 'ski':
      return matchSki(identifier.text, identifier.octets, certificate, crypto);
    case 'certificate':
      return identifier.octets !== null && equalOctets(identifier.octets, certificate.der)
        ? YES
        : no('certificate-differs');
    case 'issuer-serial':
      return matchIssuerSerial(identifier.issuer, identifier.serial, certificate);
    case 'subject-name': {
      const name = compareName(identifier.text, certificate.subject);
      return name.equal || name.meant ? matchName('subject', name, identifier.text) : no('subject-differs');
    }
    case 'x509-digest': {
      const digest = crypto.digestNow(identifier.algorithm, certificate.der);
      if (digest === null) return no('digest-unsupported');
      return identifier.octets !== null && equalOctets(identifier.octets, digest) ? YES : no('digest-differs');
    }
  }
}

/** What an identifier says, as data for words and for "drop a key file here". */
export function identifierData(identifier: CertificateIdentifier): Data {
  switch (identifier.form) {
    case 'issuer-serial':
      return { form: identifier.form, issuer: identifier.issuer.trim(), serial: identifier.serial.trim() };
    case 'subject-name':
      return { form: identifier.form, subject: identifier.text.trim() };
    case 'certificate':
      return { form: identifier.form, octets: identifier.octets?.length ?? null };
    default:
      return {
        form: identifier.form,
        value: identifier.text.trim().slice(0, 200),
        hex: identifier.octets === null ? null : encodeHex(identifier.octets.subarray(0, 64)),
      };
  }
}
