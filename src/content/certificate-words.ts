/** What the fields and extensions of a certificate are for, as far as a message's receiver is concerned. */
import type { SpecCitation } from '../engine/trace/trace.ts';

/** What an extension means for the receiver of a message. */
export interface ExtensionWords {
  readonly text: string;
  readonly citation: SpecCitation;
  /** The citation in short: a list of extensions would name the same specification in full on every line. */
  readonly clause: string;
}

const rfc5280 = (section: string, text: string): ExtensionWords => ({
  text,
  citation: { spec: 'RFC5280', section },
  clause: `RFC 5280 §${section}`,
});

/** By object identifier. */
const EXTENSIONS: Readonly<Record<string, ExtensionWords>> = {
  '2.5.29.14': rfc5280(
    '4.2.1.2',
    'Identifies the key. A message that names its certificate by KeyIdentifier or X509SKI holds these bytes in base64.',
  ),
  '2.5.29.15': rfc5280(
    '4.2.1.3',
    'What the key may be used for. Signing a message needs digitalSignature or nonRepudiation; taking an encrypted ' +
      'session key needs keyEncipherment; issuing certificates needs keyCertSign.',
  ),
  '2.5.29.16': rfc5280('4.2.1', 'When the private key may sign, where that ends before the certificate does.'),
  '2.5.29.17': rfc5280('4.2.1.6', 'Further names of the subject: hosts, addresses, URIs.'),
  '2.5.29.18': rfc5280('4.2.1.7', 'Further names of the issuer.'),
  '2.5.29.19': rfc5280(
    '4.2.1.9',
    'Whether the subject may issue certificates, and how many issuers may stand below it. A certificate without it ' +
      'issues nothing.',
  ),
  '2.5.29.20': rfc5280('5.2.3', 'The number of this list: a higher one is newer.'),
  '2.5.29.21': rfc5280('5.3.1', 'Why the certificate was revoked.'),
  '2.5.29.24': rfc5280('5.3.2', 'Since when the key is known or thought to be compromised.'),
  '2.5.29.27': rfc5280('5.2.4', 'This list adds to the one with that number.'),
  '2.5.29.28': rfc5280('5.2.5', 'What this list covers, and where it is published.'),
  '2.5.29.29': rfc5280('5.3.3', 'Who issued the certificate that the entry revokes.'),
  '2.5.29.30': rfc5280(
    '4.2.1.10',
    'Names that certificates below this one may have, and names that they may not have.',
  ),
  '2.5.29.31': rfc5280(
    '4.2.1.13',
    'Where the issuer publishes its revocation lists. Nothing is fetched here: give the list as a file.',
  ),
  '2.5.29.32': rfc5280('4.2.1.4', 'The rules under which the certificate was issued.'),
  '2.5.29.33': rfc5280('4.2.1.5', 'Which policies of the issuer equal which of the subject.'),
  '2.5.29.35': rfc5280(
    '4.2.1.1',
    'Names the issuer’s key. It equals the Subject Key Identifier of the issuer’s certificate.',
  ),
  '2.5.29.36': rfc5280(
    '4.2.1.11',
    'Whether every certificate below needs a policy, and whether policies may be mapped.',
  ),
  '2.5.29.37': rfc5280('4.2.1.12', 'Purposes of the key. Where they are listed, no other is meant.'),
  '2.5.29.46': rfc5280('4.2.1.15', 'Where the newest changes to the revocation list are published.'),
  '2.5.29.54': rfc5280('4.2.1.14', 'How far below the policy “any” still counts.'),
  '1.3.6.1.5.5.7.1.1': rfc5280(
    '4.2.2.1',
    'Where the issuer’s certificate and its status service are found. Nothing is fetched here.',
  ),
  '1.3.6.1.5.5.7.1.11': rfc5280('4.2.2.2', 'Services that the subject offers.'),
};

/** Null where nothing is known of it: its bytes are shown as they are. */
export function extensionWords(oid: string): ExtensionWords | null {
  return Object.hasOwn(EXTENSIONS, oid) ? (EXTENSIONS[oid] ?? null) : null;
}

/** Labels of the certificate view. */
export const CERTIFICATE_WORDS = {
  open: 'Show in full',
  close: 'Close',
  asking: 'Reading the certificate…',
  gone: 'The worker no longer has this certificate: the message is judged again.',
  unreadable: 'The library that prints certificates cannot read this one.',
  named: 'As a message names it',
  fields: 'Fields',
  extensions: 'Extensions',
  noExtensions: 'It has no extensions.',
  unknownExtension: 'Not known here: these are its bytes.',
  critical: 'critical',
  criticalTitle: 'Who does not understand this extension must refuse the certificate',
  asFields: 'fields',
  asText: 'text',
  showAs: 'Show as',
  copyPem: 'Copy PEM',
  copyText: 'Copy text',
  savePem: 'Save PEM',
  saveDer: 'Save DER',
  bytes: (size: number) => (size === 1 ? '1 byte' : `${size} bytes`),
} as const;
