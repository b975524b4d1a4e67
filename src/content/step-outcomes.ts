/** Words for how the steps of a trace ended. */
import type { Step, StepKind, StepStatus } from '../engine/trace/trace.ts';

/** What became of a step. */
export const STATUS_WORDS: Readonly<Record<StepStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  warned: 'passed with a warning',
  skipped: 'not reached',
  unsupported: 'not supported',
  unknown: 'could not be judged',
};

/** What came out, for the kinds whose name alone does not say what passing or failing means. */
const OUTCOMES: Readonly<Partial<Record<StepKind, Readonly<Partial<Record<StepStatus, string>>>>>> = {
  'verify-value': {
    passed: 'matches',
    warned: 'matches',
    failed: 'does not match',
    unknown: 'not judged',
    skipped: 'not judged',
  },
  digest: {
    passed: 'matches',
    warned: 'matches',
    failed: 'does not match',
    unknown: 'not judged',
    skipped: 'not judged',
  },
  'check-time': { passed: 'current', failed: 'not current' },
  'check-password': { passed: 'right', warned: 'right', failed: 'wrong', unknown: 'not given' },
  'build-path': {
    passed: 'leads to an anchor you trust',
    warned: 'leads to an anchor you trust',
    failed: 'leads to no anchor you trust, or does not hold',
    unknown: 'no anchors to lead to',
  },
  'encrypted-key': { skipped: 'for another recipient' },
  'encrypted-data': { skipped: 'for another recipient' },
  'subject-confirmation': { passed: 'holds', failed: 'does not hold', unknown: 'not judged' },
  decrypt: { failed: 'does not open' },
  'unwrap-key': { failed: 'does not open' },
};

/** What came out of a step; empty where its status says all, or where an earlier step is the reason. */
export function stepOutcome(step: Pick<Step, 'kind' | 'status' | 'because'>): string {
  const outcome = OUTCOMES[step.kind]?.[step.status];
  if (outcome !== undefined) return outcome;
  return step.because === null && (step.status === 'unknown' || step.status === 'unsupported')
    ? STATUS_WORDS[step.status]
    : '';
}
