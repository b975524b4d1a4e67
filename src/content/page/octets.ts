/** Words of the octets: stages of a step, comparison, and where each octet came from. */
import { count, octets } from './figures.ts';

/** The octets panel. */
export const OCTETS = {
  none: 'Select a step that produced octets.',
  fetching: 'Fetching octets…',
  stages: 'Stage',
  of: (stage: string) => `Octets of ${stage}`,
  compare: 'Compare with another stage',
  compareWith: 'compare with…',
  showAs: 'Show as',
  views: { hex: 'hex', both: 'both', text: 'text' },
  copy: 'Copy as hex',
  copyLabel: 'Copy these octets as hex',
  save: 'Save',
  saveLabel: 'Save these octets',
  same: 'The two stages are the same octets.',
  first: (size: number) => `showing the first ${octets(size)}`,
} as const;

/** Where a row of octets came from. */
export function sourceWords(line: number, octet: number, added: boolean): string {
  return added ? `added, from line ${count(line)}` : `line ${count(line)}, octet ${count(octet)}`;
}

/** What the look of an octet means. */
export const OCTET_LEGEND = { plain: 'plain: copied', rewritten: 'rewritten', added: 'added' } as const;

/** The origin panel. */
export const ORIGIN = {
  own: (start: number, end: number) => `These octets are the message’s own: octet ${count(start)} to ${count(end)}.`,
  unknown: 'No origin is known for these octets: they were decoded or decrypted, not copied.',
  columns: { octets: 'Octets', how: 'How', what: 'What', from: 'From' },
  kinds: { copied: 'copied', rewritten: 'rewritten', added: 'added', removed: 'left out' },
  more: (pieces: number) => `and ${count(pieces)} more pieces`,
  removed: (size: number) => `${octets(size)} of the message`,
  at: (octet: number) => `at ${octet}`,
} as const;

/** How much of a stage came from where. */
export function originSum(sums: {
  readonly copied: number;
  readonly rewritten: number;
  readonly added: number;
  readonly removed: number;
}): string {
  return (
    `${octets(sums.copied)} copied, ${count(sums.rewritten)} rewritten, ${count(sums.added)} added; ` +
    `${count(sums.removed)} of the message left out.`
  );
}
