/** Reads an X.509 certificate from its DER (RFC 5280 §4.1). */
import {
  type DerElement,
  DerTag,
  bigIntFromOctets,
  derBitString,
  derContent,
  derOctets,
  derOid,
  readDer,
} from '../bytes/der.ts';
import { equalOctets } from '../bytes/octets.ts';
import { sha1Hex, sha256Hex } from '../crypto/fingerprint.ts';
import type { PublicKey } from '../crypto/keys.ts';
import { parseSpki } from '../crypto/spki.ts';
import { asn1Time } from './asn1-text.ts';
import type { Certificate, DistinguishedName } from './certificate.ts';
import { namesEqual } from './compare-name.ts';
import { displayName, readName } from './distinguished-name.ts';
import { authorityKeyIdentifier, readExtensions, subjectKeyIdentifier, type Extension } from './extensions.ts';

/** Why octets are no certificate. */
export interface CertificateProblem {
  /** `certificate-not-der`, or the field that is wrong. */
  readonly code: 'certificate-not-der' | 'certificate-malformed';
  /** Octet in the DER. */
  readonly offset: number;
  /** The reader's code, or the field's name in RFC 5280. */
  readonly what: string;
}

/** A certificate, or what about the octets is none: a malformed certificate is data. */
export type CertificateResult =
  | { readonly ok: true; readonly certificate: Certificate }
  | { readonly ok: false; readonly problem: CertificateProblem };

/** What path validation needs besides {@link Certificate}; read again from the DER when asked. */
export interface CertificateParts {
  readonly version: number;
  /** The octets that are signed. */
  readonly tbs: Uint8Array;
  /** The signatureAlgorithm element. */
  readonly algorithm: DerElement;
  readonly signature: Uint8Array;
  /** Whether the algorithm inside and outside the signed part are the same (RFC 5280 §4.1.1.2). */
  readonly algorithmsAgree: boolean;
  readonly extensions: readonly Extension[];
}

interface Fields extends CertificateParts {
  readonly serial: bigint;
  readonly issuer: DistinguishedName;
  readonly subject: DistinguishedName;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly spki: Uint8Array;
}

/** A key that is malformed is of an unknown kind: the certificate can still be shown. */
function readPublicKey(spki: Uint8Array): PublicKey {
  const read = parseSpki(spki);
  return read.ok ? read.key : { kind: 'unknown', spki, oid: '' };
}

function signedInteger(octets: Uint8Array): bigint {
  return BigInt.asIntN(8 * octets.length, bigIntFromOctets(octets));
}

/** The name in RFC 5280 and the place of the first field that is wrong. */
interface WrongField {
  readonly wrong: string;
  readonly at: DerElement;
}

type SignedFields = Omit<Fields, 'algorithm' | 'signature' | 'algorithmsAgree'> & { readonly inner: DerElement };

function isAlgorithm(element: DerElement | undefined): element is DerElement {
  return element?.tag === DerTag.sequence && derOid(element.children[0]) !== null;
}

/** The signed part (§4.1.2), field after field. */
function readSigned(tbs: DerElement): SignedFields | WrongField {
  const wrong = (name: string, at: DerElement | undefined): WrongField => ({ wrong: name, at: at ?? tbs });
  const fields = [...tbs.children];
  const version = readVersion(fields[0]?.tag === 0xa0 ? fields.shift() : undefined);
  const [serial, inner, issuer, validity, subject, spki] = fields;
  if (serial?.tag !== DerTag.integer || serial.contentEnd === serial.contentStart) return wrong('serialNumber', serial);
  if (inner?.tag !== DerTag.sequence) return wrong('signature', inner);
  const issuerName = readName(issuer);
  if (issuerName === null) return wrong('issuer', issuer);
  const dates = readValidity(validity);
  if (dates === null) return wrong('validity', validity);
  const subjectName = readName(subject);
  if (subjectName === null) return wrong('subject', subject);
  if (spki?.tag !== DerTag.sequence) return wrong('subjectPublicKeyInfo', spki);
  const wrapper = fields.find((field) => field.tag === 0xa3);
  const extensions = wrapper === undefined ? [] : readExtensions(wrapper.children[0]);
  if (extensions === null) return wrong('extensions', wrapper);
  return {
    version,
    tbs: derOctets(tbs),
    inner,
    extensions,
    serial: signedInteger(derContent(serial)),
    issuer: issuerName,
    subject: subjectName,
    ...dates,
    spki: derOctets(spki),
  };
}

/** Version 1 is not written. */
function readVersion(field: DerElement | undefined): number {
  const number = field?.children[0];
  return number === undefined ? 1 : (derContent(number)[0] ?? 0) + 1;
}

function readValidity(element: DerElement | undefined): Pick<Fields, 'notBefore' | 'notAfter'> | null {
  const [notBefore, notAfter] = [asn1Time(element?.children[0]), asn1Time(element?.children[1])];
  return notBefore === null || notAfter === null ? null : { notBefore, notAfter };
}

function readFields(root: DerElement): Fields | WrongField {
  const [tbs, algorithm, signatureValue] = root.children;
  if (root.tag !== DerTag.sequence || root.children.length !== 3) return { wrong: 'Certificate', at: root };
  if (tbs?.tag !== DerTag.sequence) return { wrong: 'tbsCertificate', at: tbs ?? root };
  if (!isAlgorithm(algorithm)) return { wrong: 'signatureAlgorithm', at: algorithm ?? root };
  const signature = derBitString(signatureValue);
  if (signature === null) return { wrong: 'signatureValue', at: signatureValue ?? root };
  const signed = readSigned(tbs);
  if ('wrong' in signed) return signed;
  const { inner, ...fields } = signed;
  return { ...fields, algorithm, signature, algorithmsAgree: equalOctets(derOctets(inner), derOctets(algorithm)) };
}

function readRoot(der: Uint8Array): ReturnType<typeof readDer> {
  const strict = readDer(der);
  // Old certificates use BER lengths; the signature covers their octets as they are.
  return strict.ok ? strict : readDer(der, { ber: true });
}

/**
 * Reads a certificate. `der` is kept, not copied; octets after it are refused.
 * @param id its SHA-256 as lower-case hex
 */
export function readCertificate(der: Uint8Array, id: string = sha256Hex(der)): CertificateResult {
  const root = readRoot(der);
  if (!root.ok) {
    return {
      ok: false,
      problem: { code: 'certificate-not-der', offset: root.problem.offset, what: root.problem.code },
    };
  }
  const fields = readFields(root.element);
  if ('wrong' in fields) {
    return { ok: false, problem: { code: 'certificate-malformed', offset: fields.at.start, what: fields.wrong } };
  }
  return {
    ok: true,
    certificate: {
      der,
      id,
      sha1: sha1Hex(der),
      subject: fields.subject,
      issuer: fields.issuer,
      subjectText: displayName(fields.subject),
      issuerText: displayName(fields.issuer),
      serial: fields.serial,
      notBefore: fields.notBefore,
      notAfter: fields.notAfter,
      publicKey: readPublicKey(fields.spki),
      ski: subjectKeyIdentifier(fields.extensions),
      authorityKeyId: authorityKeyIdentifier(fields.extensions),
      selfIssued: namesEqual(fields.subject, fields.issuer),
      signatureAlgorithm: derOid(fields.algorithm.children[0]) ?? '',
    },
  };
}

/**
 * The parts that path validation needs. @throws {TypeError} for octets that {@link readCertificate} refuses: the
 * caller's defect.
 */
export function certificateParts(certificate: Certificate): CertificateParts {
  const root = readRoot(certificate.der);
  const fields = root.ok ? readFields(root.element) : null;
  if (fields === null || 'wrong' in fields) throw new TypeError('not a certificate that was read');
  return fields;
}
