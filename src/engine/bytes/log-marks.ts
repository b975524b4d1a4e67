/**
 * What a log, or somebody before posting, puts in the place of data: dots, stars, words (docs/faults.md:
 * captured-not-wire). Nothing that such a mark replaces can be recomputed.
 */

/** Longer texts are data with a fault, not a mark with a rest of data. */
const LONGEST = 20_000;

const WORD = 'redacted|masked|removed|omitted|truncated|suppressed|censored|anonymi[sz]ed|snip(?:ped)?|hidden|elided';
const DOTS = /\.{3,}|\u2026|\*{3,}|#{4,}/u;
const MARKED_WORD = new RegExp(`\\b(?:${WORD})\\b`, 'iu');
/** Words with blanks between them, not all of them short; base64 is broken into lines, if at all. */
const SENTENCE = /^(?=.*\p{L}{4})[\s[({<"']*\p{L}{2,20}(?:[ _]\p{L}{1,20}){1,12}[\s\])}>"'.!]*$/u;
const LONGEST_MARK = 60;

/** The mark in a text that should be base64 or hexadecimal and is not; null where it shows none. */
export function markInData(text: string): string | null {
  if (text.length > LONGEST) return null;
  const found = DOTS.exec(text) ?? MARKED_WORD.exec(text);
  if (found !== null) return around(text, found.index, found[0].length);
  const trimmed = text.trim();
  return SENTENCE.test(trimmed) ? trimmed.slice(0, LONGEST_MARK) : null;
}

/** With the dots and words beside it. */
function around(text: string, at: number, length: number): string {
  const before = /[^\sA-Za-z0-9+/=]*$/.exec(text.slice(0, at))?.[0].length ?? 0;
  const after = /^[^\s<]*/.exec(text.slice(at + length))?.[0].length ?? 0;
  return text.slice(at - before, at + length + Math.min(after, LONGEST_MARK)).slice(0, LONGEST_MARK);
}

/** A text that is nothing but dots or stars, or names what was done to it: `***`, `[REDACTED]`, `masked by log`. */
const MARK_ALONE = new RegExp(
  `^[\\s[({<"'-]*(?:\\.{3,}|\\u2026|\\*{3,}|#{4,}|x{4,}|(?:\\.{3}|\\u2026)?(?:${WORD})(?:\\.{3}|\\u2026)?)[\\s\\])}>"'.-]*$`,
  'iu',
);

/** Whether a text that may be anything is such a mark, and nothing else. */
export function isMark(text: string): boolean {
  return text.length <= LONGEST_MARK && MARK_ALONE.test(text);
}
