/** Words of the trace: its rows, the key that a step opened, and the second opinion. */
import { counted } from './figures.ts';

/** The trace as a whole. */
export const TRACE = {
  label: 'Trace',
  notJudgedYet: 'The steps appear here when the message is judged.',
  nothingFailed: 'Nothing failed. Show all steps to see what was checked.',
  /** @param step title of the step that failed before */
  notReached: (step: string) => `not reached: ${step}`,
} as const;

/** The key that a step opened. */
export const KEY_REVEAL = {
  reveal: 'Reveal the key',
  untouched: 'Its octets have not left the worker so far.',
  gone: 'The worker no longer has this key: the message is judged again.',
  label: 'Key octets',
  hexadecimal: 'hexadecimal',
  base64: 'base64',
  hide: 'Hide the key',
  warning: 'Whoever has it reads everything that was encrypted with it.',
} as const;

/** The second opinion. */
export const OPINION = {
  title: 'Second opinion',
  library: 'Second opinion: xmldsigjs',
  about:
    'An independent library verifies the same signatures with the same keys, in this page. Its answer is shown for ' +
    'comparison; the verdict does not rest on it.',
  noSignature: 'There is no signature to ask about.',
  asking: 'Asking…',
  declined: 'The library declines: the message is larger than it is given, or not one it can parse.',
  silent: 'The library says nothing about it.',
  agrees: 'Comes to the same result.',
  signatures: (count: number) => counted(count, 'signature'),
} as const;

/** In what the library differs about one signature, and whether it is known why. */
export function differenceWords(opinion: { readonly why: string | null; readonly unexplained: boolean }): string {
  const how = opinion.why ? 'Stops' : 'Comes to another result';
  return opinion.unexplained
    ? `${how}, and no known defect of the library explains why. Worth a report, to them or to us.`
    : `${how}, for a known reason:`;
}

/** The second opinion on a row of the trace. */
export const OPINION_LINE = {
  unsigned: 'xmldsigjs · nothing is signed',
  unasked: 'xmldsigjs · asked when selected',
  asking: 'xmldsigjs · being asked',
  declined: 'xmldsigjs declines this message',
  agrees: 'xmldsigjs agrees',
  unexplained: 'xmldsigjs differs, unexplained',
  explained: 'xmldsigjs differs, for a known reason',
} as const;
