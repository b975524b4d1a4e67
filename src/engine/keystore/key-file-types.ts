/** What the readers of single formats give to `readKeyFile`, before entries get their handles. */
import type { Budget } from '../bytes/budget.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { PasswordDerivation } from '../crypto/password-derivation.ts';
import type { PrivateKey, PublicKey } from '../crypto/keys.ts';
import type { KeyFileProblem } from './key-entry.ts';

/** One key, secret or certificate chain found in a file. */
export interface FoundKey {
  readonly alias: string | null;
  /** What the file itself calls a KeyName (`kid`, xmlsec's KeyName), or null. */
  readonly name: string | null;
  readonly privateKey: PrivateKey | null;
  readonly publicKey: PublicKey | null;
  readonly secret: Uint8Array | null;
  /** Own certificate first. */
  readonly certificates: readonly Certificate[];
}

/** A problem before the name of its file is known. */
export type FoundProblem = Omit<KeyFileProblem, 'file'>;

/** Everything that a reader found in one file. */
export interface FoundInFile {
  readonly format: string;
  readonly keys: readonly FoundKey[];
  readonly crls: readonly Uint8Array[];
  readonly problems: readonly FoundProblem[];
}

/** Passwords as given: null where none was given at all. */
export interface Passwords {
  readonly store: string | null;
  readonly key: string | null;
}

/** What deriving keys from passwords needs: the budget's `iterations` are spent, `derive` is asked first. */
export interface DerivationPorts {
  readonly budget: Budget;
  readonly derive: PasswordDerivation | null;
}

/** What a reader is given besides the octets. */
export interface ReadContext extends DerivationPorts {
  readonly passwords: Passwords;
}

/** A found key of which nothing is known yet. */
export const NOTHING: FoundKey = {
  alias: null,
  name: null,
  privateKey: null,
  publicKey: null,
  secret: null,
  certificates: [],
};

/** A problem with one entry; `alias` null for the file as a whole. */
export function foundProblem(code: FoundProblem['code'], alias: string | null, what: string): FoundProblem {
  return { code, alias, data: { what } };
}
