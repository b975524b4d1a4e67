/** Codes and data of the engine as people read them, where no sentence is made of them. */
import type { Data, Finding } from '../engine/trace/trace.ts';

/** `digest-mismatch` as words. */
export function codeWords(code: string): string {
  return code
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
}

/** Whose act a fix is: a party, or the software that makes the mistake. */
export function partyWords(party: string): string {
  return party === 'any' ? 'any software' : party;
}

/** Data as name and value pairs for people; empty ones left out. */
export function dataWords(data: Data): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    const shown = Array.isArray(value)
      ? value.join(', ')
      : value === true
        ? 'yes'
        : value === false
          ? 'no'
          : String(value);
    return [[codeWords(name), shown] as const];
  });
}

/** How sure a finding is. */
export const CONFIDENCE: Readonly<Record<Finding['confidence'], string>> = {
  proven: 'Proven',
  certain: 'Certain',
  likely: 'Likely',
  possible: 'Possible',
};
