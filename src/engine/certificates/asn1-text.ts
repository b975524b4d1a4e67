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

/** The text of an ASN.1 character string by its tag, or null where the tag is none of a character string. */
export function asn1Text(tag: number, content: Uint8Array): string | null {
  switch (tag) {
    case DerTag.utf8String:
      return decodeUtf8(content);
    case DerTag.bmpString:
      return utf16Text(content);
    case DerTag.universalString: {
      const pieces: string[] = [];
      for (let at = 0; at + 3 < content.length; at += 4) {
        const code =
          (content[at] ?? 0) * 0x1000000 +
          (((content[at + 1] ?? 0) << 16) | ((content[at + 2] ?? 0) << 8) | (content[at + 3] ?? 0));
        pieces.push(code > 0x10ffff ? REPLACEMENT : String.fromCodePoint(code));
      }
      return pieces.join('');
    }
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

/** UTCTime or GeneralizedTime in UTC milliseconds since 1970, or null. Years 50 to 99 of UTCTime are 1950 to 1999. */
export function asn1Time(element: DerElement | undefined): number | null {
  if (element === undefined) return null;
  const text = latin1Text(derContent(element));
  const match =
    element.tag === DerTag.utcTime
      ? /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:Z|([+-])(\d{2})(\d{2}))$/.exec(text)
      : element.tag === DerTag.generalizedTime
        ? /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})?(?:\.\d{1,9})?(?:Z|([+-])(\d{2})(\d{2}))$/.exec(text)
        : null;
  if (match === null) return null;
  const [
    ,
    year = '',
    month = '',
    day = '',
    hour = '',
    minute = '',
    second = '0',
    sign,
    offsetHours = '0',
    offsetMinutes = '0',
  ] = match;
  const short = Number(year);
  const full = element.tag === DerTag.generalizedTime ? short : short < 50 ? 2000 + short : 1900 + short;
  const date = new Date(0);
  date.setUTCFullYear(full, Number(month) - 1, Number(day));
  if (date.getUTCMonth() !== Number(month) - 1 || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) {
    return null;
  }
  date.setUTCHours(Number(hour), Number(minute), Number(second), 0);
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return date.getTime() - (sign === '-' ? -offset : sign === '+' ? offset : 0);
}
