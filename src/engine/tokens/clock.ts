/** The judged time and its tolerances, shared by every check of freshness (SMS §10; docs/command.md). */

/** The time of the judgement and how strict it is. */
export interface Clock {
  /** UTC milliseconds since 1970. */
  readonly at: number;
  readonly skewSeconds: number;
  /** The longest lifetime accepted; null: what the message says. */
  readonly ttlSeconds: number | null;
}

const HALF_HOUR = 1_800_000;
/** How near to a whole number of half hours a difference must be to look like a time zone. */
const NEAR = 120_000;

/**
 * Hours by which `created` is off when the difference looks like a time zone (whole or half hours, at most 14), else
 * null.
 * A sender who writes local time with `Z` is off by exactly its zone.
 */
export function zoneLikeHours(created: number, at: number): number | null {
  const difference = created - at;
  const steps = Math.round(difference / HALF_HOUR);
  if (steps === 0 || Math.abs(steps) > 28 || Math.abs(difference - steps * HALF_HOUR) > NEAR) return null;
  return steps / 2;
}
