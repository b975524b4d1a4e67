/** A problem of the input with its place. */
import type { FindingCode, Told } from '../trace/finding-data.ts';

/** `at` is an octet offset in the input. */
export type PlacedProblem<Code extends FindingCode> = Told<Code> & {
  readonly severity: 'error' | 'warning' | 'note';
  readonly at: number;
};
