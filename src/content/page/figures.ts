/** Numbers, sizes, times and dates as the page writes them. */

/** Made once: it costs more than what it does. */
const NUMBERS = new Intl.NumberFormat('en');

/** A number with its thousands apart. */
export const count = (value: number): string => NUMBERS.format(value);

/** `1 octet`, `1,201 octets`. */
export function octets(size: number): string {
  return size === 1 ? '1 octet' : `${count(size)} octets`;
}

/** A number and what is counted, whose plural ends in `s`. */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** The UTC day of a time, or what was given where it is none. */
export function date(at: number | string): string {
  const parsed = new Date(at);
  return Number.isNaN(parsed.getTime())
    ? String(at)
    : parsed.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** Two UTC days. */
export function period(from: number | string, to: number | string): string {
  return `${date(from)} to ${date(to)}`;
}

/** Milliseconds, or seconds from the first on. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1) return 'under 1 ms';
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
