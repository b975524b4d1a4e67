/**
 * Tries hypotheses one by one, then in pairs, until one gives exactly the octets that were signed (docs/design.md,
 * "Diagnosis proves, it does not guess").
 */
import type { CauseCode, Deed } from '../trace/finding-data/causes.ts';
import { tokensOctets, type CanonicalTokens } from './canonical-tokens.ts';
import type {
  Candidate,
  EditedTokens,
  EditHypothesis,
  EditSubject,
  Party,
  SecondCause,
  Stage,
  Target,
} from './hypothesis.ts';
import { tokensWork, type TrialAccount } from './trial-account.ts';

/** A hypothesis that gave the whole digest or value. */
export interface Match {
  readonly code: CauseCode;
  readonly party: Party;
  readonly how: string;
  readonly data: Deed;
  readonly octets: Uint8Array;
  readonly also: readonly CauseCode[];
  /** Where two changes were needed: the other one. */
  readonly second: SecondCause | null;
  /** Octets equal to an earlier match: another name for the same thing, which the digest cannot tell apart. */
  readonly alternative: boolean;
  readonly candidate: Candidate;
}

/** Tries one; a match is added to `found`. */
async function tryOne(candidate: Candidate, target: Target, account: TrialAccount, found: Match[]): Promise<void> {
  if (account.empty) return;
  const octets = candidate.octets();
  if (!account.take(octets.length, candidate.work)) return;
  const result = await (candidate.against ?? target).matches(octets);
  // The same code again says nothing new.
  if (result === null || found.some((match) => match.code === candidate.code)) return;
  found.push({
    code: candidate.code,
    party: candidate.party,
    how: candidate.how,
    data: { ...candidate.data, ...result },
    octets,
    also: candidate.also ?? [],
    second: candidate.second ?? null,
    alternative: found.length > 0,
    candidate,
  });
}

/** Tries candidates while the account lasts; the ones left stay in an iterator that is kept. */
export async function tryEach(
  candidates: Iterable<Candidate>,
  target: Target,
  account: TrialAccount,
  found: Match[],
  one = false,
): Promise<void> {
  const iterator = candidates[Symbol.iterator]();
  while (!account.empty) {
    if (one && found.length > 0) return;
    const next = iterator.next();
    if (next.done === true) return;
    await tryOne(next.value, target, account, found);
  }
}

/** Tries the hypotheses of each stage in turn, up to the first stage that finds something. */
export async function tryStages<Search>(
  stages: readonly Stage<Search>[],
  search: Search,
  target: Target,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  for (const stage of stages) {
    for (const { candidates, one = false, extent } of stage) {
      if (one && found.length > 0) continue;
      const paid = extent === undefined ? account : extent(account, search);
      await tryEach(candidates(search, paid), target, paid, found, one);
    }
    if (found.length > 0) return;
  }
}

/** The canonical text after an edit was undone, as a candidate. */
export function editedCandidate(code: CauseCode, party: Party, edited: EditedTokens): Candidate {
  return {
    code,
    party,
    how: edited.how,
    data: edited.data ?? {},
    work: tokensWork(edited.tokens.length),
    octets: () => tokensOctets(edited.tokens),
  };
}

function asCandidate(hypothesis: EditHypothesis, signedInfo: boolean, edited: EditedTokens): Candidate {
  return editedCandidate(signedInfo ? hypothesis.signedInfoCode : hypothesis.code, hypothesis.party, edited);
}

/** Edits of the whole text, one hypothesis after the other. @param signedInfo whether the text is SignedInfo */

export function* editsEverywhere(
  hypotheses: readonly EditHypothesis[],
  tokens: CanonicalTokens,
  subject: EditSubject,
  signedInfo: boolean,
): Generator<Candidate> {
  for (const hypothesis of hypotheses) {
    for (const edited of hypothesis.everywhere?.(tokens, subject) ?? []) {
      yield asCandidate(hypothesis, signedInfo, edited);
    }
  }
}

/** Edits of one place each, of all hypotheses in turns. @param signedInfo whether the text is SignedInfo */
export function* editsSomewhere(
  hypotheses: readonly EditHypothesis[],
  tokens: CanonicalTokens,
  subject: EditSubject,
  signedInfo: boolean,
): Generator<Candidate> {
  // In turns, so that no hypothesis with many places uses up what the others may cost.
  let turns = hypotheses.flatMap((hypothesis) => {
    const edits = hypothesis.somewhere?.(tokens, subject)[Symbol.iterator]();
    return edits === undefined ? [] : [{ hypothesis, edits }];
  });
  while (turns.length > 0) {
    const going: typeof turns = [];
    for (const turn of turns) {
      const next = turn.edits.next();
      if (next.done === true) continue;
      going.push(turn);
      yield asCandidate(turn.hypothesis, signedInfo, next.value);
    }
    turns = going;
  }
}

/** Edits of each hypothesis that are combined with others: its first few, which are the likely ones. */
const MOST_COMBINED = 6;

function* fewEdits(hypothesis: EditHypothesis, tokens: CanonicalTokens, subject: EditSubject): Generator<EditedTokens> {
  let count = 0;
  for (const edited of hypothesis.everywhere?.(tokens, subject) ?? []) {
    if (++count > MOST_COMBINED) return;
    yield edited;
  }
}

/** Edits of one hypothesis on top of those of another. */
export function* editPairs(
  hypotheses: readonly EditHypothesis[],
  tokens: CanonicalTokens,
  subject: EditSubject,
  signedInfo: boolean,
): Generator<Candidate> {
  for (const [index, first] of hypotheses.entries()) {
    for (const once of fewEdits(first, tokens, subject)) {
      for (const second of hypotheses.slice(index + 1)) {
        for (const twice of fewEdits(second, once.tokens, subject)) {
          const other = asCandidate(second, signedInfo, twice);
          const { code, party, how, data = {} } = asCandidate(first, signedInfo, once);
          yield { ...other, code, party, how, data, second: secondCause(other) };
        }
      }
    }
  }
}

/** What a candidate says where it is the second of two changes. */
export function secondCause({ code, how, data, party }: Candidate): SecondCause {
  return { code, how, data: data ?? {}, party };
}
