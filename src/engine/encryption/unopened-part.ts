/** What judging keeps of a part that its key did not open, so that the cause can be searched for afterwards. */
import type { KeyEntry } from '../keystore/key-entry.ts';
import type { Data } from '../trace/trace.ts';
import type { DecryptionContext } from './decryption-context.ts';
import type { EncryptedStructure, EncryptionMethod } from './encrypted-structure.ts';

interface Unopened {
  readonly context: DecryptionContext;
  readonly structure: EncryptedStructure;
  /** CipherData, decoded. */
  readonly octets: Uint8Array;
  /** The step that tried. */
  readonly step: string;
  /** The finding that only says that it does not open; null where nothing was said. */
  readonly finding: string | null;
}

/** An xenc:EncryptedData that none of its keys opened. */
export interface UnopenedData extends Unopened {
  readonly kind: 'data';
  /** EncryptionMethod's URI. */
  readonly algorithm: string;
  /** Whether the engine has that algorithm. Where it has not, nothing was tried. */
  readonly known: boolean;
  /** The keys to try again. */
  readonly secrets: readonly Uint8Array[];
}

/** An xenc:EncryptedKey that no private key opened. */
export interface UnopenedKey extends Unopened {
  readonly kind: 'key';
  readonly method: EncryptionMethod;
  /** The recipient's key; null where it is not among those given. */
  readonly named: KeyEntry | null;
  /** What would help where it is not. */
  readonly missing: Data;
}

/** A part that stayed closed, with what the hypotheses about it need. */
export type UnopenedPart = UnopenedData | UnopenedKey;
