/**
 * Tries hypotheses one by one, then in pairs, until one gives exactly the octets that were signed (docs/design.md,
 * "Diagnosis proves, it does not guess").
 */
import type { CauseCode, Deed } from '../trace/finding-data/causes.ts';
import { tokensOctets, type CanonicalTokens } from './canonical-tokens.ts';
import type { Candidate, EditHypothesis, EditSubject } from './hypothesis.ts';
import { tokensWork, type TrialAccount } from './trial-account.ts';

/** Whether these octets are what was signed; data says with which algorithm where that is not the one named. */
export interface Target {
  matches(octets: Uint8Array): Promise<Deed | null>;
}

/** A hypothesis that gave the whole digest or value. */
export interface Match {
  readonly code: CauseCode;
  readonly party: Candidate['party'];
  readonly how: string;
  readonly data: Deed;
  readonly octets: Uint8Array;
  readonly also: readonly CauseCode[];
  /** Where two changes were needed: the other one. */
  readonly second: {
    readonly code: CauseCode;
    readonly how: string;
    readonly data: Deed;
    readonly party: Candidate['party'];
  } | null;
  /** Octets equal to an earlier match: another name for the same thing, which the digest cannot tell apart. */
  readonly alternative: boolean;
  readonly candidate: Candidate;
}

export async function tryOne(
  candidate: Candidate,
  target: Target,
  account: TrialAccount,
  found: Match[],
  second: Match['second'] = null,
): Promise<boolean> {
  if (account.empty) return false;
  const octets = candidate.octets();
  if (!account.take(octets.length, candidate.work)) return false;
  const result = await target.matches(octets);
  if (result === null) return false;
  // The same code again says nothing new.
  if (found.some((match) => match.code === candidate.code)) return true;
  const alternative = found.length > 0;
  found.push({
    code: candidate.code,
    party: candidate.party,
    how: candidate.how,
    data: { ...candidate.data, ...result },
    octets,
    also: candidate.also ?? [],
    second,
    alternative,
    candidate,
  });
  return true;
}

export async function tryAll(
  candidates: Iterable<Candidate>,
  target: Target,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  for (const candidate of candidates) {
    if (account.empty) return;
    await tryOne(candidate, target, account, found);
  }
}

/** Like {@link tryAll}, and the candidates that are left stay in the iterator for later. */
export async function tryNext(
  candidates: Iterator<Candidate, void>,
  target: Target,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  while (!account.empty) {
    const next = candidates.next();
    if (next.done === true) return;
    await tryOne(next.value, target, account, found);
  }
}

export async function tryUntilOne(
  candidates: Iterable<Candidate>,
  target: Target,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  for (const candidate of candidates) {
    if (account.empty || found.length > 0) return;
    await tryOne(candidate, target, account, found);
  }
}

function asCandidate(
  hypothesis: EditHypothesis,
  signedInfo: boolean,
  edited: { readonly tokens: CanonicalTokens; readonly how: string; readonly data?: Deed },
): Candidate {
  return {
    code: signedInfo ? hypothesis.signedInfoCode : hypothesis.code,
    party: hypothesis.party,
    how: edited.how,
    data: edited.data ?? {},
    work: tokensWork(edited.tokens.length),
    octets: () => tokensOctets(edited.tokens),
  };
}

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

/**
 * Edits of one hypothesis on top of those of another. Each hypothesis gives its first few, which are the likely ones.
 */
export async function tryPairs(
  hypotheses: readonly EditHypothesis[],
  tokens: CanonicalTokens,
  subject: EditSubject,
  signedInfo: boolean,
  target: Target,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  const MOST = 6;
  for (const [index, first] of hypotheses.entries()) {
    let count = 0;
    for (const once of first.everywhere?.(tokens, subject) ?? []) {
      if (++count > MOST) break;
      for (const second of hypotheses.slice(index + 1)) {
        let further = 0;
        for (const twice of second.everywhere?.(once.tokens, subject) ?? []) {
          if (++further > MOST) break;
          if (account.empty || found.length > 0) return;
          const other = asCandidate(second, signedInfo, twice);
          await tryOne(
            { ...asCandidate(first, signedInfo, once), octets: other.octets, work: other.work! },
            target,
            account,
            found,
            { code: other.code, how: other.how, data: other.data ?? {}, party: other.party },
          );
        }
      }
    }
  }
}
