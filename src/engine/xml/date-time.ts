/** xsd:dateTime as wsu:Created, wsu:Expires and SAML conditions write it (XML Schema Part 2 §3.2.7; SMS §10). */

import { trimXml } from './characters.ts';

/** One instant, and how it was written. */
export interface DateTime {
  /** UTC milliseconds since 1970; a fraction finer than a millisecond is cut off. */
  readonly time: number;
  /** Digits after the decimal point; 0 without one. */
  readonly fractionDigits: number;
  /** Minutes east of UTC as written; null where the text names no zone (then read as UTC). */
  readonly offsetMinutes: number | null;
  /** Written with `Z`. */
  readonly zulu: boolean;
}

/** Lexical form; the fraction is unbounded in the schema, so the text's length is bounded by the caller's token. */
const LEXICAL = /^(-?\d{4,9})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

/** Minutes east of UTC, `Z` being none; undefined past the fourteen hours that the schema allows. */
function offsetOf(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  if (hours > 14 || minutes > 59 || (hours === 14 && minutes > 0)) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Reads one xsd:dateTime, surrounding white space aside; null when it is none (a second of 60 is none either). */
export function parseDateTime(text: string): DateTime | null {
  const match = LEXICAL.exec(trimXml(text));
  if (!match) return null;
  const [, yearText = '', monthText, dayText, hourText, minuteText, secondText, fraction = '', zone] = match;
  const year = Number(yearText);
  const month = Number(monthText);
  const day = Number(dayText);
  const hour = Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month) || minute > 59 || second > 59) return null;
  // The midnight that ends a day may be written as 24:00:00.
  if (hour > 24 || (hour === 24 && (minute > 0 || second > 0 || /[1-9]/.test(fraction)))) return null;
  const offset = zone === undefined ? null : offsetOf(zone);
  if (offset === undefined) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, Number(fraction.slice(0, 3).padEnd(3, '0')));
  const time = date.getTime() - (offset ?? 0) * 60_000;
  if (!Number.isFinite(time)) return null;
  return { time, fractionDigits: fraction.length, offsetMinutes: offset, zulu: zone === 'Z' };
}

/** Milliseconds as RFC 3339 text in UTC, for data; years outside 0000 to 9999 as the number. */
export function utcText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
