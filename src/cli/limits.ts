/** Bounds of a run as they are asked for (docs/command.md, `--limit`; docs/limits.md, "Bounds"). */
import { DEFAULT_LIMITS, HARD_LIMITS, type Limits } from '../engine/bytes/budget.ts';
import { UsageError } from './usage-error.ts';

/** Numbers by the name of a bound, or by `octets`. */
export type AskedLimits = Readonly<Record<string, number>>;

/** How many times the input's octets a run may write and digest. */
const DERIVED = DEFAULT_LIMITS.derivedOctets / DEFAULT_LIMITS.inputOctets;

const isBound = (name: string): name is keyof Limits => Object.hasOwn(DEFAULT_LIMITS, name);

/** `NAME=N`. @throws {UsageError} where it is none */
export function parseLimit(text: string): [string, number] {
  const [name = '', number = '', ...rest] = text.split('=');
  if (rest.length > 0 || !/^\d{1,15}$/.test(number)) {
    throw new UsageError(`--limit ${text}: write NAME=N, for instance octets=200000000`);
  }
  return [name, Number(number)];
}

/**
 * The default bounds with what is asked for in their place. `octets` sets `inputOctets`, and raises with it what octets
 * of the input are made into; a bound that is named itself has the last word.
 * @throws {UsageError} where a bound is unknown or asked to be more than it may be
 */
export function limitsOf(asked: AskedLimits): Limits {
  const limits: Record<keyof Limits, number> = { ...DEFAULT_LIMITS };
  const set = (bound: keyof Limits, value: number, as: string) => {
    if (value > HARD_LIMITS[bound]) throw new UsageError(`--limit ${as}: ${bound} is at most ${HARD_LIMITS[bound]}`);
    limits[bound] = value;
  };
  const { octets, ...named } = asked;
  if (octets !== undefined) {
    set('inputOctets', octets, `octets=${octets}`);
    limits.plaintextOctets = Math.max(limits.plaintextOctets, octets);
    limits.derivedOctets = Math.max(limits.derivedOctets, DERIVED * octets);
  }
  for (const [name, value] of Object.entries(named)) {
    if (!isBound(name)) {
      throw new UsageError(
        `--limit ${name}: no such bound; octets or one of ${Object.keys(DEFAULT_LIMITS).join(', ')}`,
      );
    }
    set(name, value, `${name}=${value}`);
  }
  return limits;
}
