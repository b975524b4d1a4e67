/** Words of the keys: the view, the forms by which they come in, and what is asked of a file. */
import { octets } from './figures.ts';

/** The view as a whole. */
export const KEYS_VIEW = {
  title: 'Keys and certificates',
  add: 'Add files',
  paste: 'Paste a key or secret',
  wipe: 'Wipe everything',
  promise:
    'Keys and passwords are kept in this tab’s worker, in memory only. They are gone when you wipe, or close the ' +
    'tab. ' +
    'Nothing is remembered.',
  lost: 'The engine had to be restarted, and what it held is gone. Add your keys again.',
  none:
    'No key yet. Add a certificate, a keystore (PKCS#12, JKS, JCEKS, PEM, JWK), a CRL or a shared secret: verifying ' +
    'needs public keys, opening encrypted parts needs private ones.',
} as const;

/** One key file and its entries. */
export const KEY_FILE = {
  crls: (count: number) => (count === 1 ? '1 CRL' : `${count} CRLs`),
  trusted: 'trusted',
  anchor: 'trust anchor',
  remove: 'Remove',
  removeFile: (name: string) => `Remove ${name}`,
  alias: 'alias',
  issuedBy: 'issued by',
  until: (day: string) => `until ${day}`,
} as const;

/** Kinds of entries in a key file. */
export const KEY_KINDS = {
  'key-pair': 'key pair',
  certificate: 'certificate',
  'public-key': 'public key',
  secret: 'secret',
} as const;

/** Facts of a certificate in a key file. */
export const CERTIFICATE_FACTS = {
  subject: 'subject',
  issuer: 'issuer',
  serial: 'serial',
  valid: 'valid',
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  keyIdentifier: 'key identifier',
} as const;

/** Users for UsernameToken. */
export const USERS = {
  label: 'Users',
  title: 'Users for UsernameToken',
  kept: 'password kept in the worker',
  remove: (name: string) => `Remove user ${name}`,
  name: 'Name',
  password: 'Password',
  add: 'Add user',
} as const;

/** What is asked where a key is missing. */
export const MISSING_KEY = {
  which: 'Add a certificate or public key to verify with, a private key to decrypt with, or a shared secret.',
  open: 'Open key files',
  promise: 'Kept in this tab’s worker, in memory only.',
} as const;

/** Forms for passwords and pasted keys. */
export const KEY_FORMS = {
  passwordOf: 'Password of',
  unlock: 'Unlock',
  what: 'PEM, JWK, base64 of DER, or a secret’s text',
  secret: 'a shared secret: its text, hex:… or base64:…',
  keyName: 'KeyName it answers',
  add: 'Add',
  cancel: 'Cancel',
} as const;

/** A file that is no key file may be a shared secret. */
export const SECRET_OFFER = {
  question: (size: number) => `These ${octets(size)} are no key file. Are they a shared secret?`,
  wanted: 'The message asks for one:',
  serves:
    'It would serve HMAC signatures, SecurityContextTokens, derived keys and content encrypted under a shared key.',
  use: (by: string) => `Use it for ${by}`,
  name: 'Name it answers',
  anyName: 'any',
  take: 'Use as a shared secret',
} as const;
