/** What keys and the entries of key files are called, in the page and by the command. */
import type { KeyFacts } from '../engine/keystore/key-facts.ts';

/** `RSA 2048`, `EC P-256`, `Ed25519`, `256 bit`; for what is not known its object identifier. */
export function keyWords(key: KeyFacts): string {
  switch (key.kind) {
    case 'RSA':
    case 'DSA':
    case 'DH':
      return `${key.kind} ${key.bits}`;
    case 'secret':
      return `${key.bits} bit`;
    case 'EC':
      return `EC ${key.curve}`;
    case 'EC-unknown':
      return `EC ${key.oid}`;
    case 'unknown':
      return `key ${key.oid}`;
    default:
      return key.kind;
  }
}

/** What an entry of a key file is, as `wss keys` lists it; a member of its JSON too. */
export const ENTRY_KINDS = {
  privateKey: 'private key',
  withCertificate: 'private key with certificate',
  secret: 'secret',
  certificate: 'certificate',
  publicKey: 'public key',
} as const;

/** Phrases of the list that `wss keys` prints. */
export const KEY_LIST = {
  bits: (octets: number) => `${octets * 8} bits`,
  revocationList: 'revocation list',
  revoked: (count: number) => `${count} revoked`,
  nothing: 'nothing in it',
  issuedBy: (issuer: string) => `issued by ${issuer}`,
  facts: (serial: string, from: string, to: string, key: string) => `serial ${serial} · ${from} to ${to} · ${key}`,
  identifiers: (sha1: string, ski: string | null) => `SHA-1 ${sha1}${ski === null ? '' : ` · SKI ${ski}`}`,
  notReadable: (kind: string) => `${kind}: not readable`,
} as const;
