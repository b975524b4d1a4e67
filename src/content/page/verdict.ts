/** Words of the verdict's band and of the list of findings: why nothing is said, and what to do next. */
import { count } from './figures.ts';

/** The band as a whole. */
export const VERDICT_BAND = {
  label: 'Verdict',
  axes: 'Axes of the verdict',
  checking: 'Checking…',
  seeking: 'Looking for the cause …',
} as const;

/** Why nothing is said of the message: a word or two, and a sentence. */
export const NO_VERDICT = {
  empty: { title: 'No message.', text: 'Paste, drop or open one to have it judged.' },
  defect: {
    title: 'This is our bug.',
    sentence: 'The engine stopped where it should not.',
    text:
      'Your message is unchanged and still here. Nothing is said about it. A copied report holds the error and ' +
      'sizes, ' +
      'not the message.',
  },
  timeLimit: {
    title: 'Stopped: the engine gave no sign of life for 20 seconds.',
    text: 'The message is kept. The engine was restarted; keys have to be added again.',
  },
  cancelled: { title: 'Cancelled.', text: 'Nothing is said about this message until a run ends.' },
} as const;

/** What to do next. */
export const VERDICT_ACTS = {
  again: 'Check again',
  cancel: 'Cancel',
  failingSample: 'See one that fails',
  trust: 'Say whom you trust',
  addKey: 'Add a key',
  proof: 'Show the proof',
  evidence: 'Show the evidence',
} as const;

/** Label of what is under way. */
export const PROGRESS = 'Progress';

/** What the engine is doing, and how far it is. */
export function progressWords(progress: { readonly what: string; readonly done: number } | null): string {
  if (progress === null) return 'working';
  return `${progress.what.replaceAll('-', ' ')}${progress.done > 0 ? ` · ${count(progress.done)}` : ''}`;
}

/** The list of findings. */
export const FINDINGS_LIST = {
  notJudgedYet: 'Findings appear here when the message is judged.',
  none: 'Nothing found.',
} as const;

/** A confidence that is certain beyond doubt has a tick before its word. */
export const PROVEN_TICK = '✓ ';
