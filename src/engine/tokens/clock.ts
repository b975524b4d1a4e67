/** The judged time and its tolerances, shared by every check of freshness (SMS §10; docs/command.md). */
import { utcText, type DateTime } from '../xml/date-time.ts';
import type { SourceRange } from '../bytes/source-range.ts';
import type { FindingDraft } from '../trace/recorder.ts';

/** The time of the judgement and how strict it is. */
export interface Clock {
  /** UTC milliseconds since 1970. */
  readonly at: number;
  /** Where a token of the message itself states that time: its place. */
  readonly own?: SourceRange;
  readonly skewSeconds: number;
  /** The longest lifetime accepted; null: what the message says. */
  readonly ttlSeconds: number | null;
}

const HALF_HOUR = 1_800_000;
/** How near to a whole number of half hours a difference must be to look like a time zone. */
const NEAR = 120_000;
/** How near where nothing else is likely: a message that is judged within seconds of its making. */
const EXACT = 15_000;

/**
 * Hours by which `created` is off when the difference looks like a time zone (whole or half hours, at most 14), else
 * null.
 * A sender who writes local time with `Z` is off by exactly its zone.
 */
function zoneLikeHours(created: number, at: number): { readonly hours: number; readonly exact: boolean } | null {
  const difference = created - at;
  const steps = Math.round(difference / HALF_HOUR);
  const off = Math.abs(difference - steps * HALF_HOUR);
  return steps === 0 || Math.abs(steps) > 28 || off > NEAR ? null : { hours: steps / 2, exact: off <= EXACT };
}

/**
 * Created in another zone than its text says, or in none: local time written as UTC, an offset where UTC is asked for
 * (SMS §10), no zone.
 * @param amiss the clock stands outside what the token allows
 */
export function zoneProblems(
  text: string,
  value: DateTime,
  ranges: readonly SourceRange[],
  clock: Clock,
  amiss: boolean,
): FindingDraft[] {
  const problems: FindingDraft[] = [];
  const at = utcText(clock.at);
  const zone = amiss ? zoneLikeHours(value.time, clock.at) : null;
  if (zone !== null) {
    problems.push({
      code: 'ts-local-time-as-utc',
      severity: zone.exact ? 'error' : 'warning',
      confidence: zone.exact || Number.isInteger(zone.hours) ? 'likely' : 'possible',
      // Which of two moments of one message is local time, nothing here tells.
      ranges: clock.own === undefined ? ranges : [...ranges, clock.own],
      data: { hours: zone.hours, created: text, at, ...(clock.own === undefined ? {} : { own: true }) },
    });
  }
  if (value.offsetMinutes === null) {
    problems.push({ code: 'ts-zone-missing', severity: 'warning', ranges, data: { created: text } });
  } else if (value.offsetMinutes !== 0) {
    problems.push({
      code: 'ts-local-time-as-utc',
      severity: 'warning',
      ranges,
      data: { hours: value.offsetMinutes / 60, created: text, at, offset: true },
    });
  }
  return problems;
}
