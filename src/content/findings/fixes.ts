/** What to change, by stack or party. Apart from the words of findings: it is wanted only where a finding is opened. */
import { CAUSE_FIXES } from './cause-fixes.ts';
import { findingWords } from './index.ts';

/** Fixes for a finding's code; where a room and the study of faults both know one for a party, the room's stands. */
export function findingFixes(code: string): Readonly<Record<string, string>> {
  return { ...(Object.hasOwn(CAUSE_FIXES, code) ? CAUSE_FIXES[code] : {}), ...findingWords(code)?.fixes };
}
