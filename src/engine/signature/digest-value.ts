/** Reading and comparing DigestValue and SignatureValue (XML Signature §4.4.3.6; docs/attacks.md SIG-04). */
import { decodeBase64 } from '../bytes/base64.ts';
import { markInData } from '../bytes/log-marks.ts';
import { decodeHex } from '../bytes/hex.ts';

/** A written digest or signature value, by the way its octets are written. */
export type EncodedValue =
  | {
      readonly form: 'base64';
      readonly octets: Uint8Array;
      /** White space stands in the value or around it. */ readonly broken: boolean;
    }
  /** Not base64, though it reads as another way to write octets. */
  | { readonly form: 'base64url' | 'hex' | 'base64-of-hex'; readonly octets: Uint8Array }
  /** A mark of a log stands in the place of octets. */
  | { readonly form: 'masked'; readonly mark: string }
  | { readonly form: 'empty' | 'damaged' };

/**
 * @param expectedLength octets that the value should have, where that is known: tells base64 of hex text from base64
 */
export function readEncodedValue(text: string, expectedLength: number | null): EncodedValue {
  const value = text.trim();
  if (value === '') return { form: 'empty' };
  const hex = expectedLength !== null && value.length === expectedLength * 2 ? decodeHex(value) : null;
  if (hex !== null) return { form: 'hex', octets: hex };
  const { octets } = decodeBase64(value);
  if (octets === null) {
    const url = /[-_]/.test(value)
      ? decodeBase64(padded(value.replaceAll('-', '+').replaceAll('_', '/'))).octets
      : null;
    if (url !== null) return { form: 'base64url', octets: url };
    const mark = markInData(value);
    return mark === null ? { form: 'damaged' } : { form: 'masked', mark };
  }
  if (expectedLength !== null && octets.length === expectedLength * 2) {
    const inner = decodeHex(String.fromCharCode(...octets));
    if (inner !== null) return { form: 'base64-of-hex', octets: inner };
  }
  return { form: 'base64', octets, broken: /\s/.test(text) };
}

function padded(value: string): string {
  const bare = value.replace(/=+$/, '');
  return bare + '='.repeat((4 - (bare.length % 4)) % 4);
}
