/** Secrets that may open an encrypted part, with what is said where none was found. */
import type { Data } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';

/** A symmetric key that may open a part. */
export interface SecretCandidate {
  readonly octets: Uint8Array;
  /** As in KeyCandidate, or `agreement`, `derived`, `carried-key-name`, `reference-list`. */
  readonly how: string;
  readonly from: 'message' | 'given' | 'derived' | 'request';
  readonly data: Data;
}

/** The symmetric keys for one part, and what stood in the way of more. */
export interface SecretSearch {
  /** In the order to try. */
  readonly secrets: readonly SecretCandidate[];
  /** The EncryptedKey that the key comes from, opened or not. */
  readonly encryptedKey: NodeIndex | null;
  readonly missing: { readonly code: string; readonly data: Data } | null;
  readonly unsupported: string | null;
  /**
   * The message itself is wrong: an EncryptedKey that its own recipient cannot open, parameters that cannot be read.
   */
  readonly broken: boolean;
}
