/** Edits after signing as the cause of a wrong digest: of the whole text, of one place, and two changes together. */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { isElement } from '../../xml/navigate.ts';
import { SAML1, SAML2, SOAP11, SOAP12, WSSE } from '../../xml/namespaces.ts';
import { tokenize } from '../canonical-tokens.ts';
import { EDITS } from '../edits/edits.ts';
import { atMost, type Candidate, type Hypothesis } from '../hypothesis.ts';
import { editPairs, editsEverywhere, editsSomewhere, secondCause } from '../search.ts';
import { otherMethods, type MethodCandidate } from '../signer/signer-methods.ts';
import { encodedOctets, wrappedOctets } from '../signer/signer-octets.ts';
import type { TextSubject } from '../text-subject.ts';
import type { TrialAccount } from '../trial-account.ts';
import type { ReferenceSearch } from './reference-search.ts';

/** Names for an edit that fit the element better: between header blocks, in an assertion. */
function namesHere({ document, apex }: TextSubject): readonly CauseCode[] {
  if (apex === null) return [];
  const isOne = (name: string, namespaces: readonly string[]) =>
    namespaces.some((uri) => isElement(document, apex, uri, name));
  if (isOne('Header', [SOAP11, SOAP12, WSSE]) || isOne('Security', [SOAP11, SOAP12, WSSE])) {
    return ['ws-between-header-blocks'];
  }
  return isOne('Assertion', [SAML1, SAML2]) ? ['saml-assertion-reserialised'] : [];
}

function* withNamesHere(candidates: Iterable<Candidate>, subject: TextSubject): Generator<Candidate> {
  const also = namesHere(subject);
  const assertion = also.includes('saml-assertion-reserialised');
  for (const candidate of candidates) {
    yield also.length > 0 && candidate.party === 'transit' && (assertion || candidate.code.startsWith('ws-'))
      ? { ...candidate, also }
      : candidate;
  }
}

/** What a hop does to the whole text. */
export const EDITED_EVERYWHERE: Hypothesis<ReferenceSearch> = {
  name: 'edited-everywhere',
  candidates: ({ subject }) =>
    subject.tokens === null ? [] : withNamesHere(editsEverywhere(EDITS, subject.tokens, subject, false), subject),
};

/** What a hop does to one place. */
export const EDITED_SOMEWHERE: Hypothesis<ReferenceSearch> = {
  name: 'edited-somewhere',
  one: true,
  extent: atMost(1_600, 0.6),
  candidates: ({ subject }) =>
    subject.tokens === null ? [] : withNamesHere(editsSomewhere(EDITS, subject.tokens, subject, false), subject),
};

/** Two changes that only together give the digest. */
export const TWO_CHANGES: Hypothesis<ReferenceSearch> = {
  name: 'two-changes',
  one: true,
  extent: atMost(900),
  *candidates(search, account) {
    const { subject } = search;
    if (subject.tokens === null) return;
    for (const base of methodBases(search, account)) yield* changedAgain(base, subject);
    yield* editPairs(EDITS, subject.tokens, subject, false);
  },
};

/** Canonicalizations that edits are tried on top of. */
const MOST_BASES = 8;
/** The frequent edits. */
const ON_TOP = EDITS.slice(0, 16);

interface MethodBase {
  readonly candidate: MethodCandidate;
  readonly octets: Uint8Array;
}

/** Canonical forms of different lengths; none where not all of them can be paid for. */
function methodBases({ subject, budget }: ReferenceSearch, account: TrialAccount): readonly MethodBase[] {
  const bases = new Map<number, MethodBase>();
  for (const candidate of otherMethods(subject, false, budget)) {
    if (bases.size >= MOST_BASES) break;
    const octets = candidate.octets();
    if (!account.take(octets.length)) return [];
    if (!bases.has(octets.length)) bases.set(octets.length, { candidate, octets });
  }
  return [...bases.values()];
}

function* changedAgain({ candidate, octets }: MethodBase, subject: TextSubject): Generator<Candidate> {
  const tokens = tokenize(octets);
  if (tokens === null) return;
  const second = secondCause(candidate);
  for (const edit of editsEverywhere(ON_TOP, tokens, subject, false)) yield { ...edit, second };
  for (const wrapped of [...wrappedOctets(octets), ...encodedOctets(octets)]) yield { ...wrapped, second };
}
