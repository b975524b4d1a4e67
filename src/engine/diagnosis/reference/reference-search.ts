/** What the search for the cause of a wrong digest looks at, and what it gives. */
import type { Budget } from '../../bytes/budget.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import type { CryptoProvider } from '../../crypto/provider.ts';
import type { JudgedReference } from '../../signature/judged-signature.ts';
import type { NodeIndex } from '../../xml/document.ts';
import type { Target } from '../hypothesis.ts';
import type { Match } from '../search.ts';
import type { MessageNames, TextSubject } from '../text-subject.ts';
import type { TrialAccount } from '../trial-account.ts';
import type { IncludedParts } from './include-octets.ts';
import type { MethodSearch } from './method-search.ts';

/** What is the same for every search in a message. */
export interface SearchPorts {
  readonly crypto: CryptoProvider;
  readonly budget: Budget;
  /** Where the message is MTOM: the same without its parts in place. */
  readonly parts: IncludedParts | null;
}

/** A reference whose digest does not match, its names read, and the account that its search is paid from. */
export interface WrongReference {
  readonly reference: JudgedReference;
  /** The ds:Reference element. */
  readonly node: NodeIndex;
  /** The ds:Signature element. */
  readonly signature: NodeIndex;
  readonly names: MessageNames;
  readonly account: TrialAccount;
}

/** What hypotheses about a digest look at. */
export interface ReferenceSearch extends SearchPorts {
  readonly subject: TextSubject;
  readonly reference: JudgedReference;
  /** The ds:Signature element. */
  readonly signature: NodeIndex;
  /** DigestValue, decoded. */
  readonly declared: Uint8Array;
  /** URI of the algorithm that ds:DigestMethod names. */
  readonly named: string;
  /** URI of the algorithm to compare under: the one named, or what the length of DigestValue tells. */
  readonly algorithm: string;
  /** The digest, under `algorithm`, of the octets that arrived. */
  readonly computed: Uint8Array | null;
  readonly target: Target;
  readonly methods: MethodSearch;
}

/** What was found about one reference. */
export interface ReferenceDiagnosis {
  readonly reference: JudgedReference;
  /** The ds:Reference element. */
  readonly node: NodeIndex;
  readonly subject: TextSubject;
  readonly matches: readonly Match[];
  /** Every canonicalization that gives the digest, for the label that SignedInfo may have had. */
  readonly methods: readonly CanonicalizationMethod[];
  /** Text of ds:DigestMethod that the digest was made with, where it is not the one named. */
  readonly digestUsed: string | null;
}
