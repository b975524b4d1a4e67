/**
 * Messages with one key reference each, and certificates to find. Certificates of test/fixtures are from live peers'
 * test CA.
 */
import { readFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { readCertificate } from '../../../src/engine/certificates/read-certificate.ts';
import type { KeyResolution, KeyResolutionContext } from '../../../src/engine/key-resolution/key-resolution-types.ts';
import type { KeyPurpose } from '../../../src/engine/key-resolution/key-search.ts';
import { resolveKeyInfo } from '../../../src/engine/key-resolution/resolve-key-info.ts';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import type { Finding, Step } from '../../../src/engine/trace/trace.ts';
import { descendantElementsNamed } from '../../../src/engine/xml/navigate.ts';
import { message } from '../tokens/reading.ts';
import { openMessage } from './peer-corpus.ts';

export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const X509 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0';
export const SMS11 = 'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1';
export const B64 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';

export type Stem = 'client-rsa2048' | 'other-rsa2048' | 'odd-rsa2048' | 'noski-rsa2048';
export const STEMS: readonly Stem[] = ['client-rsa2048', 'other-rsa2048', 'odd-rsa2048', 'noski-rsa2048'];

export const der = (stem: Stem): Buffer => readFileSync(`tests/fixtures/key-resolution/${stem}.crt.der`);
/** Node's own reading of the certificate: the oracle for identifiers. */
export const node = (stem: Stem): X509Certificate => new X509Certificate(der(stem));

export function entry(stem: Stem, id: string = stem, more: Partial<KeyEntry> = {}): KeyEntry {
  const read = readCertificate(der(stem));
  if (!read.ok) throw new Error(stem);
  return {
    id,
    name: null,
    file: `${stem}.der`,
    alias: null,
    publicKey: read.certificate.publicKey,
    privateKey: null,
    secret: null,
    certificates: [read.certificate],
    trusted: false,
    ...more,
  };
}

export const secret = (name: string | null, octets: Uint8Array, id = name ?? 'secret'): KeyEntry => ({
  id,
  name,
  file: 'secret',
  alias: null,
  publicKey: null,
  privateKey: null,
  secret: octets,
  certificates: [],
  trusted: false,
});

export const ALL = STEMS.map((stem) => entry(stem));

export const str = (inner: string): string => `<wsse:SecurityTokenReference>${inner}</wsse:SecurityTokenReference>`;
export const bst = (stem: Stem, id = 'T', type = 'X509v3'): string =>
  `<wsse:BinarySecurityToken wsu:Id="${id}" EncodingType="${B64}" ` +
  `ValueType="${X509}#${type}">${der(stem).toString('base64')}</wsse:BinarySecurityToken>`;
export const keyIdentifier = (type: string, value: string): string =>
  str(`<wsse:KeyIdentifier EncodingType="${B64}" ValueType="${type}">${value}</wsse:KeyIdentifier>`);
export const issuerSerial = (issuer: string, serial: string): string =>
  str(
    `<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>${issuer}</ds:X509IssuerName><ds:X509SerialNumber>${serial}</ds:X509SerialNumber></ds:X509IssuerSerial></ds:X509Data>`,
  );

export interface Resolved extends KeyResolution {
  /** Ids of the entries whose certificates were taken, or the subject's CN. */
  readonly taken: readonly string[];
  readonly codes: readonly string[];
  readonly findings: readonly Finding[];
  readonly steps: readonly Step[];
}

/** Resolves the first ds:KeyInfo that stands in a ds:Signature, with `header` beside it. */
export async function resolve(
  keyInfo: string,
  options: {
    readonly header?: string;
    readonly keys?: readonly KeyEntry[];
    readonly purpose?: KeyPurpose;
    readonly context?: Partial<KeyResolutionContext>;
  } = {},
): Promise<Resolved> {
  const text = message(
    `${options.header ?? ''}<ds:Signature xmlns:ds="${DS}"><ds:KeyInfo>${keyInfo}</ds:KeyInfo></ds:Signature>`,
  );
  const { context, recorder } = openMessage(encodeUtf8(text), options.keys ?? ALL);
  const signature = descendantElementsNamed(context.document, 0, DS, 'Signature')[0] ?? 0;
  const info = descendantElementsNamed(context.document, signature, DS, 'KeyInfo')[0] ?? null;
  const result = await resolveKeyInfo(
    info,
    options.purpose ?? 'verify',
    { ...context, ...options.context },
    recorder.step('signature'),
  );
  const taken = result.keys.map((key) => key.certificate?.subjectText.match(/CN=([^,]*)/)?.[1] ?? key.entry ?? key.how);
  return {
    ...result,
    taken,
    codes: recorder.findings.map((one) => one.code),
    findings: recorder.findings,
    steps: recorder.steps,
  };
}
