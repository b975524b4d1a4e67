/**
 * What a hypothesis is: other octets that the signer may have hashed, and what it would mean if those match
 * (docs/design.md, "Diagnosis proves, it does not guess"; docs/faults.md). Registered in
 * `reference/reference-causes.ts` for digests and in `value/signed-info-causes.ts` for SignedInfo.
 */
import type { CauseCode, Deed } from '../trace/finding-data/causes.ts';
import type { CanonicalTokens } from './canonical-tokens.ts';
import type { TrialAccount } from './trial-account.ts';

/**
 * `signer`: computed wrongly when it was signed. `transit`: changed after signing, by whoever. `receiver`: read wrongly
 * here.
 */
export type Party = 'signer' | 'transit' | 'receiver';

/** Whether these octets are what was signed; data says with which algorithm where that is not the one named. */
export interface Target {
  matches(octets: Uint8Array): Promise<Deed | null>;
}

/** A second change, where only the two together give the octets that were signed. */
export interface SecondCause {
  readonly code: CauseCode;
  readonly how: string;
  readonly data: Deed;
  readonly party: Party;
}

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
  readonly second?: SecondCause;
  /** What the octets are held against where that is not the digest or value of the search: another algorithm. */
  readonly against?: Target;
}

/**
 * A cause, or a family of causes that come from one act: what it offers to try, and what that may cost. `Search` is what
 * it can look at.
 */
export interface Hypothesis<Search> {
  /** A code for whoever reads the registry. */
  readonly name: string;
  /**
   * The likely ones first; made one at a time, so that what is not tried is not made.
   *
   * @param account pays for looking that finds nothing to try
   */
  readonly candidates: (search: Search, account: TrialAccount) => Iterable<Candidate>;
  /** One match is enough; none is sought where another hypothesis of the stage has one. Else all are tried. */
  readonly one?: true;
  /** The account that it is paid from, where it may not take all that is left. */
  readonly extent?: (account: TrialAccount, search: Search) => TrialAccount;
}

/** Hypotheses that are tried one after the other; a later stage only where the earlier ones found nothing. */
export type Stage<Search> = readonly Hypothesis<Search>[];

/** At most so many trials, and at most that part of the work that is left. */
export const atMost =
  (trials: number, part = 1) =>
  (account: TrialAccount): TrialAccount =>
    account.extent(trials, part);

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
