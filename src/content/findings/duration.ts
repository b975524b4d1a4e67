/** Spans of time as people say them. */
import { said } from './catalogue.ts';

/** "3 days", "40 seconds". @param given seconds, of either sign */
export function duration(given: number | undefined): string {
  const seconds = Math.abs(given ?? 0);
  // Where a code is explained without a case there is the member's name only.
  if (Number.isNaN(seconds)) return said(given);
  for (const [unit, size] of [
    ['days', 86_400],
    ['hours', 3600],
    ['minutes', 60],
  ] as const) {
    if (seconds >= 2 * size) return `${Math.round(seconds / size)} ${unit}`;
  }
  return `${Math.round(seconds)} seconds`;
}
