/**
 * What an attack on a message is: a pure change of its octets that somebody without the signer's key can make, and the
 * headlines that are right for what comes out (docs/attacks.md).
 */
import type { Headline } from '../trace/trace.ts';
import type { AttackedMessage, Change, Unfit } from './attacked-message.ts';

/** What the attack did: the edits of the input, or why it does not apply. */
export type Attempt = { readonly applies: true; readonly changes: readonly Change[] } | NotApplied;

/** An attack that finds nothing to work on. */
export interface NotApplied {
  readonly applies: false;
  readonly reason: Unfit;
}

/** One attack, for every message. */
export interface Attack {
  /** Its row in docs/attacks.md. */
  readonly row: string;
  /**
   * The headlines that are right for what comes out of a good message, besides those that every damaged message may
   * have ({@link DAMAGED}).
   */
  readonly right: readonly Headline[];
  /** @param seed which of several places, texts or bits; the same seed does the same */
  attempt(message: AttackedMessage, seed: number): Attempt;
}

/** Right for whatever was damaged: nobody who acts on these takes the message. */
export const DAMAGED: readonly Headline[] = [
  'malformed',
  'limit',
  'refused',
  'invalid',
  'wrapped',
  'unsupported',
  'incomplete',
];

/** Beside an attack on what is signed: the signature holds, and not all of what is read is under it. */
export const NOT_ALL_SIGNED: readonly Headline[] = ['valid-partial', 'valid-stale', 'unsecured'];

/** What a harmless change may leave a message at. */
export const UNTOUCHED: readonly Headline[] = [
  'valid',
  'valid-weak',
  'valid-untrusted',
  'valid-stale',
  'valid-partial',
  'unsecured',
];

/** Nothing signed was changed, and something about the message is not as it must be. */
export const WORSE: readonly Headline[] = UNTOUCHED.filter((headline) => headline !== 'valid');

/** An attempt that found nothing to work on. */
export function unfit(reason: Unfit): NotApplied {
  return { applies: false, reason };
}

/** An attempt that makes these changes, in whatever order they are given. */
export function changing(...changes: readonly Change[]): Attempt {
  return { applies: true, changes: changes.toSorted((a, b) => a.start - b.start) };
}
