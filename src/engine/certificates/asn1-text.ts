/** ASN.1 character strings and times as text and milliseconds (X.690 §8.23, RFC 5280 §4.1.2.4 and §4.1.2.5). */
import { type DerElement, DerTag, derContent } from '../bytes/der.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';

const REPLACEMENT = '\uFFFD';

/** Octets as text, one octet a character: ISO 8859-1, and what T61String holds in practice. */
export function latin1Text(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (const octet of octets) pieces.push(String.fromCharCode(octet));
  return pieces.join('');
}

/** Big-endian UTF-16 (BMPString, and the passwords and aliases of PKCS#12). */
export function utf16Text(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at + 1 < octets.length; at += 2) {
    pieces.push(String.fromCharCode(((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0)));
  }
  return pieces.join('');
}

/** Big-endian UTF-32 (UniversalString); what is no code point becomes U+FFFD. */
function utf32Text(octets: Uint8Array): string {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const pieces: string[] = [];
  for (let at = 0; at + 3 < octets.length; at += 4) {
    const code = view.getUint32(at);
    pieces.push(code > 0x10ffff ? REPLACEMENT : String.fromCodePoint(code));
  }
  return pieces.join('');
}

/** The text of an ASN.1 character string by its tag, or null where the tag is none of a character string. */
export function asn1Text(tag: number, content: Uint8Array): string | null {
  switch (tag) {
    case DerTag.utf8String:
      return decodeUtf8(content);
    case DerTag.bmpString:
      return utf16Text(content);
    case DerTag.universalString:
      return utf32Text(content);
    case DerTag.printableString:
    case DerTag.ia5String:
    case DerTag.t61String:
    case DerTag.numericString:
    case DerTag.visibleString:
    case 0x1b:
      return latin1Text(content);
    default:
      return null;
  }
}

const UTC_TIME = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:Z|([+-])(\d{2})(\d{2}))$/;
const GENERALIZED_TIME = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d{1,9})?(?:Z|([+-])(\d{2})(\d{2}))$/;

/** Milliseconds that a written offset from UTC stands for. */
function offsetOf(sign: string | undefined, hours: string, minutes: string): number {
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === '-' ? -offset : sign === '+' ? offset : 0;
}

/** The time in UTC milliseconds; null where no calendar or clock has it. `month` 1 to 12; a leap second passes. */
function timeOf(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || hour > 23 || minute > 59 || second > 60) return null;
  return date.setUTCHours(hour, minute, second, 0);
}

/** UTCTime or GeneralizedTime in UTC milliseconds since 1970, or null. Years 50 to 99 of UTCTime are 1950 to 1999. */
export function asn1Time(element: DerElement | undefined): number | null {
  const isUtc = element?.tag === DerTag.utcTime;
  if (element === undefined || (!isUtc && element.tag !== DerTag.generalizedTime)) return null;
  const match = (isUtc ? UTC_TIME : GENERALIZED_TIME).exec(latin1Text(derContent(element)));
  if (match === null) return null;
  const [, year, month, day, hour, minute, second = '0', sign, offsetHours = '0', offsetMinutes = '0'] = match;
  const full = !isUtc ? Number(year) : Number(year) < 50 ? 2000 + Number(year) : 1900 + Number(year);
  const time = timeOf(full, Number(month), Number(day), Number(hour), Number(minute), Number(second));
  return time === null ? null : time - offsetOf(sign, offsetHours, offsetMinutes);
}
