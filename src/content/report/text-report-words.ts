/** What the command's report says besides verdicts, findings and steps. */
import type { Step, Trace } from '../../engine/trace/trace.ts';
import { STATUS_WORDS } from '../step-outcomes.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** Phrases of the report; each stands in a line of its own or behind what it is about. */
export const REPORT_WORDS = {
  judgedAsOf: (at: string) => `judged as of ${at}`,
  notes: (count: number) => counted(count, 'note'),
  moreFindings: (count: number) => `${counted(count, 'more finding')} (--json lists all)`,
  places: (count: number) => counted(count, 'place'),
  shownAbove: (line: number, column: number) => `at ${line}:${column}, shown above`,
  steps: (count: number) => `(${counted(count, 'step')})`,
  because: (status: Step['status'], step: string) =>
    `${status === 'unknown' ? 'not judged' : STATUS_WORDS[status]}: see ${step}`,
  coverage: 'What a receiver acts on',
} as const;

const SIGNED: Readonly<Record<Trace['coverage'][number]['signed'], string>> = {
  full: 'signed',
  none: 'not signed',
  partial: 'signed in part',
  broken: 'signature broken',
  unknown: 'not judged',
};

/** Whether a part that a receiver acts on is signed, and encrypted. */
export function coverageWords({ signed, encrypted }: Trace['coverage'][number]): string {
  return `${SIGNED[signed]}${encrypted ? ', encrypted' : ''}`;
}
