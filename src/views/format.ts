/** Numbers, times and identifiers as the page shows them. */
import { decodeBase64 } from '../engine/bytes/base64.ts';
import { encodeHex } from '../engine/bytes/hex.ts';

/** Made once: it costs more than what it does. */
const NUMBERS = new Intl.NumberFormat('en');

export const count = (value: number): string => NUMBERS.format(value);

export function octets(size: number): string {
  return size === 1 ? '1 octet' : `${count(size)} octets`;
}

export function date(at: number | string): string {
  const parsed = new Date(at);
  return Number.isNaN(parsed.getTime())
    ? String(at)
    : parsed.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** `9f2c 41d0 77ae … 03b5` */
export function shortHex(hex: string): string {
  if (hex.length <= 20) return hex.replace(/(.{4})(?=.)/g, '$1 ');
  return `${hex.slice(0, 12).replace(/(.{4})(?=.)/g, '$1 ')} … ${hex.slice(-4)}`;
}

/** Hex of base64, or the text itself where it is not base64. */
export function hexOfBase64(text: string): string {
  const { octets } = decodeBase64(text);
  return octets === null ? text : encodeHex(octets);
}

export function duration(milliseconds: number): string {
  if (milliseconds < 1) return 'under 1 ms';
  return milliseconds < 1_000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;
}
