/** Words of the explanation and of the proof: digests side by side, octets as received and as signed. */
import { count, counted } from './figures.ts';

/** The explanation of a step or finding. */
export const EXPLAIN = {
  noStep: 'Select a step to have it explained.',
  nothingSelected: 'Select a step or a finding to have it explained.',
  fixes: 'What to change',
  fault: 'a receiver answers',
  /** Before the step that failed, and after it. */
  notReached: ['Not reached, because', 'did not succeed.'],
  places: (number: number) => counted(number, 'place'),
} as const;

/** Digests beside the declared one. */
export const DIGESTS = {
  label: (algorithm: string) => `${algorithm} digests`,
  declared: 'declared',
  computed: 'computed',
  undone: 'with that undone',
  equal: '= equals the declared value',
  differs: '≠ differs',
} as const;

/** The proof panel. */
export const PROOF = {
  none: 'Nothing is proven about what is selected.',
  value: 'SignatureValue verifies over the octets as signed, and not over those received.',
  fetching: 'Fetching octets…',
  sides: 'Octets',
  arrived: 'as received',
  signed: 'as signed',
  octetsOf: { arrived: 'Octets as received', signed: 'Octets as signed' },
  sized: (side: string, size: number | undefined) => (size === undefined ? side : `${side} · ${count(size)}`),
  previous: 'Previous difference',
  next: 'Next difference',
  which: (number: number, of: number) => `${number} of ${count(of)}`,
} as const;

/** In how many places octets differ; not exact where the search stopped before their end. */
export function differingWords(places: number, exact: boolean): string {
  return `${count(places)} ${places === 1 ? 'place differs' : 'places differ'}${exact ? '' : ' or more'}`;
}
