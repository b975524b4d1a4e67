/** What key files and messages give: entries with handles. Private parts and secrets stay where the engine runs. */
import { equalOctets } from '../bytes/octets.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { PrivateKey, PublicKey } from '../crypto/keys.ts';

/** One key, secret or chain of certificates that a run may use. */
export interface KeyEntry {
  /** Stable handle: `k1`, `k2`, ... in the order given. */
  readonly id: string;
  /** Answers ds:KeyName and key identifiers of secrets. */
  readonly name: string | null;
  /** File name or `pasted`, and the alias in it. */
  readonly file: string;
  readonly alias: string | null;
  readonly publicKey: PublicKey | null;
  readonly privateKey: PrivateKey | null;
  readonly secret: Uint8Array | null;
  /** The key's own certificate first, then the rest of its chain as stored. */
  readonly certificates: readonly Certificate[];
  /** Marked by the user as a trust anchor (`--trust`). */
  readonly trusted: boolean;
}

/** An entry that has its private part. */
export type PrivateEntry = KeyEntry & { readonly privateKey: PrivateKey };

/** Whether the entry can decrypt. */
export function hasPrivateKey(entry: KeyEntry): entry is PrivateEntry {
  return entry.privateKey !== null;
}

/** An entry that is a secret. */
export type SecretEntry = KeyEntry & { readonly secret: Uint8Array };

/** Whether the entry is a shared secret. */
export function hasSecret(entry: KeyEntry): entry is SecretEntry {
  return entry.secret !== null;
}

/** Private keys of which no certificate is known: they cannot be compared with one that a message names. */
export function bareKeys(keys: readonly KeyEntry[]): readonly PrivateEntry[] {
  return keys.filter(hasPrivateKey).filter(({ certificates, publicKey }) => {
    const spki = publicKey?.spki;
    const known = (entry: KeyEntry) => entry.certificates.some((one) => spki && equalOctets(one.publicKey.spki, spki));
    return certificates.length === 0 && !keys.some(known);
  });
}

/** What a key file could not give, as data: three different findings for wrong password, damage and unknown cipher. */
export interface KeyFileProblem {
  readonly code:
    | 'key-password-needed'
    | 'key-password-wrong'
    | 'key-file-damaged'
    | 'key-cipher-unknown'
    | 'key-format-unknown'
    | 'key-algorithm-unknown'
    | 'key-limit';
  readonly file: string;
  readonly alias: string | null;
  readonly data: Readonly<Record<string, string | number>>;
}

/** What one file gave, and what it could not give. */
export interface KeyFileContents {
  /** `PKCS#12`, `JKS`, `PEM`, ... as detected from the octets. */
  readonly format: string;
  readonly entries: readonly KeyEntry[];
  readonly crls: readonly Uint8Array[];
  readonly problems: readonly KeyFileProblem[];
}
