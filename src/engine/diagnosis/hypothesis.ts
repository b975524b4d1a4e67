/**
 * What a hypothesis is: another octet string that the signer may have hashed, and what it would mean (docs/design.md,
 * "Diagnosis proves, it does not guess"; docs/faults.md).
 */
import type { CauseCode, Deed } from '../trace/finding-data/causes.ts';
import type { CanonicalTokens } from './canonical-tokens.ts';
import type { TrialAccount } from './trial-account.ts';

/**
 * `signer`: computed wrongly when it was signed. `transit`: changed after signing, by whoever. `receiver`: read wrongly
 * here.
 */
export type Party = 'signer' | 'transit' | 'receiver';

/** One octet string to try. */
export interface Candidate {
  readonly code: CauseCode;
  readonly party: Party;
  /** What was done to get it, as a code with words in `src/content`: `white-space-removed`, `prefix-renamed`. */
  readonly how: string;
  readonly octets: () => Uint8Array;
  /** Work of making it that nothing else counts, in units of {@link TrialAccount}. */
  readonly work?: number;
  readonly data?: Deed;
  /** Further codes of the catalogue that name the same thing, so that they are as true. */
  readonly also?: readonly CauseCode[];
}

/** A reversed edit of the canonical form. */
export interface EditedTokens {
  readonly tokens: CanonicalTokens;
  readonly how: string;
  readonly data?: Deed;
}

/** A way in which a message is changed after signing, undone on canonical tokens. */
export interface EditHypothesis {
  readonly code: CauseCode;
  /** The code where the edited octets are SignedInfo. */
  readonly signedInfoCode: CauseCode;
  readonly party: Party;
  /** The edits of the whole text: few, and worth combining with others. */
  everywhere?(tokens: CanonicalTokens, subject: EditSubject): Iterable<EditedTokens>;
  /** Edits of one place each: many. */
  somewhere?(tokens: CanonicalTokens, subject: EditSubject): Iterable<EditedTokens>;
}

/** What an edit may look at besides the tokens. */
export interface EditSubject {
  /** Prefixes that the message uses for a namespace name somewhere, or lists in a PrefixList. */
  readonly prefixesOf: (namespace: string) => readonly string[];
  /** Depth of the apex in its document; 0 for the root. */
  readonly depth: number;
  /** Pays for looking that finds nothing to try. */
  readonly account: TrialAccount;
  /** The id that the reference names, or null. */
  readonly id: string | null;
}
