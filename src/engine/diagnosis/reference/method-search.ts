/** The canonicalizations that one search tries, kept so that what is not paid for now can be tried later. */
import type { Budget } from '../../bytes/budget.ts';
import { otherMethods, type MethodCandidate } from '../signer/signer-methods.ts';
import type { TextSubject } from '../text-subject.ts';
import type { TrialAccount } from '../trial-account.ts';

/** Of the work left: for canonicalizations of other kinds. */
const METHOD_SHARE = 0.3;

/** An account for canonicalizations alone. */
export const methodAccount = (account: TrialAccount): TrialAccount => account.extent(account.trialsLeft, METHOD_SHARE);

/**
 * The canonicalizations that one search tries. Each costs much where the text is large: they share an account, and what
 * it does not pay for waits until the edits were tried.
 */
export class MethodSearch {
  /** From an inclusive form to an exclusive one with a PrefixList is a far way: nearer causes come between. */
  readonly near: Iterable<MethodCandidate>;
  readonly far: Iterable<MethodCandidate>;
  #account: TrialAccount | null = null;

  constructor(subject: TextSubject, budget: Budget) {
    const inclusive = subject.method !== null && subject.method.family !== 'exclusive-1.0';
    const isFar = ({ method }: MethodCandidate) => inclusive && method.inclusivePrefixes.length > 0;
    this.near = kept(otherMethods(subject, false, budget), (candidate) => !isFar(candidate));
    this.far = kept(otherMethods(subject, false, budget), isFar);
  }

  /** @param from pays for the account, which is made when it is first asked for */
  account(from: TrialAccount): TrialAccount {
    this.#account ??= methodAccount(from);
    return this.#account;
  }
}

/** Those that fit; a loop that ends early leaves the others for the next one. */
function kept<One>(all: Iterator<One, void>, fits: (one: One) => boolean): Iterable<One> {
  const rest: Iterator<One> = {
    next() {
      for (let found = all.next(); found.done !== true; found = all.next()) {
        if (fits(found.value)) return { done: false, value: found.value };
      }
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.iterator]: () => rest };
}
