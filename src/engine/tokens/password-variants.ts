/**
 * Octet variants of nonce, created and password that senders are known to hash by mistake (docs/faults.md:
 * pwd-digest-*).
 */
import { parseDateTime, utcText } from '../xml/date-time.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { encodeBase64 } from '../bytes/base64.ts';
import { decodeHexLenient, encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { CryptoProvider } from '../crypto/provider.ts';

/** One way to read a part; `how` names it in data. */
export interface PartVariant {
  readonly how: string;
  readonly octets: Uint8Array;
}

const EMPTY = new Uint8Array(0);

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const out = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    out[i * 2 + (littleEndian ? 0 : 1)] = unit & 0xff;
    out[i * 2 + (littleEndian ? 1 : 0)] = unit >> 8;
  }
  return out;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code < 256 ? code : 0x3f;
  });
}

/** The decoded nonce is not among them. `text` is the nonce as written, `octets` what it decodes to, if it does. */
export function nonceVariants(text: string, octets: Uint8Array | null): PartVariant[] {
  const out: PartVariant[] = [{ how: 'base64-text', octets: encodeUtf8(text) }];
  const inner = octets === null ? null : decodeHexLenient(String.fromCharCode(...octets.subarray(0, 256)));
  const packed = decodeHexLenient(text) ?? inner;
  if (packed !== null && packed.length > 0) out.push({ how: 'hex-packed', octets: packed });
  if (octets) {
    out.push({ how: 'hex-text', octets: encodeUtf8(encodeHex(octets)) });
    out.push({ how: 'hex-text-upper', octets: encodeUtf8(encodeHex(octets).toUpperCase()) });
  }
  out.push({ how: 'base64-of-base64-text', octets: encodeUtf8(encodeBase64(encodeUtf8(text))) });
  out.push({ how: 'absent', octets: EMPTY });
  return out;
}

/** `texts` besides the sent Created: other moments in the message, such as the Timestamp's Created. */
export function createdVariants(text: string, others: readonly string[]): PartVariant[] {
  const out = new Map<string, string>();
  const add = (how: string, value: string) => {
    if (value !== text && !out.has(value)) out.set(value, how);
  };
  for (const other of others) add('timestamp-created', other);
  const date = parseDateTime(text);
  if (date) {
    const iso = utcText(date.time);
    const whole = iso.slice(0, 19);
    for (const [how, value] of [
      ['without-fraction', `${whole}Z`],
      ['with-milliseconds', iso],
      ['with-zero-milliseconds', `${whole}.000Z`],
      ['offset-zero', `${whole}+00:00`],
      ['offset-zero', `${iso.slice(0, 23)}+00:00`],
      ['without-zone', whole],
      ['without-zone', iso.slice(0, 23)],
      ['space-separated', whole.replace('T', ' ')],
      ['compact', whole.replace(/[-:]/g, '') + 'Z'],
    ] as const) {
      add(how, value);
    }
    for (let seconds = 1; seconds <= 5; seconds += 1) {
      for (const sign of [-1, 1]) {
        const shifted = utcText(date.time + sign * seconds * 1000);
        add('other-second', `${shifted.slice(0, 19)}Z`);
        add('other-second', shifted);
      }
    }
    for (let quarter = -56; quarter <= 56; quarter += 1) {
      if (quarter === 0) continue;
      const local = utcText(date.time + quarter * 900_000);
      add('other-zone', `${local.slice(0, 19)}Z`);
      add('other-zone', local);
      const sign = quarter < 0 ? '-' : '+';
      const minutes = Math.abs(quarter) * 15;
      const zone = `${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
      add('other-zone', `${local.slice(0, 19)}${zone}`);
    }
  }
  const variants = [...out].map(([value, how]) => ({ how, octets: encodeUtf8(value) }));
  if (text !== '') variants.push({ how: 'absent', octets: EMPTY });
  return variants;
}

/** The password's own UTF-8 octets are not among them. */
export function passwordVariants(password: string, crypto: CryptoProvider): PartVariant[] {
  const plain = encodeUtf8(password);
  const out: PartVariant[] = [];
  const hashed = (name: string, algorithm: string, octets: Uint8Array, suffix = '') => {
    const digest = crypto.digestNow(algorithm, octets);
    if (!digest) return;
    const hex = encodeHex(digest);
    out.push({ how: `${name}${suffix}`, octets: digest });
    out.push({ how: `${name}-hex${suffix}`, octets: encodeUtf8(hex) });
    out.push({ how: `${name}-hex-upper${suffix}`, octets: encodeUtf8(hex.toUpperCase()) });
    out.push({ how: `${name}-base64${suffix}`, octets: encodeUtf8(encodeBase64(digest)) });
  };
  hashed('sha1', Digest.sha1, plain);
  hashed('md5', Digest.md5, plain);
  hashed('sha256', Digest.sha256, plain);
  const lower = password.toLowerCase();
  if (lower !== password) {
    hashed('md5', Digest.md5, encodeUtf8(lower), '-of-lower-case');
    hashed('sha1', Digest.sha1, encodeUtf8(lower), '-of-lower-case');
  }
  const texts: [string, string][] = [
    ['trimmed', password.trim()],
    ['with-line-feed', `${password}\n`],
    ['with-crlf', `${password}\r\n`],
    ['lower-case', lower],
    ['upper-case', password.toUpperCase()],
    ['unicode-nfc', password.normalize('NFC')],
    ['unicode-nfd', password.normalize('NFD')],
    ['xml-escaped', password.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
  ];
  for (const [how, text] of texts) if (text !== password) out.push({ how, octets: encodeUtf8(text) });
  out.push({ how: 'base64', octets: encodeUtf8(encodeBase64(plain)) });
  out.push({ how: 'utf-16le', octets: utf16(password, true) }, { how: 'utf-16be', octets: utf16(password, false) });
  const single = latin1(password);
  if (single.length !== plain.length) out.push({ how: 'iso-8859-1', octets: single });
  out.push({ how: 'absent', octets: EMPTY });
  return out;
}
