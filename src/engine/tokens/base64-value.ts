/** An xsd:base64Binary value as tokens hold it (XML Schema Part 2 §3.2.16). */
import { decodeBase64Lenient } from '../bytes/base64.ts';

/** The octets, white space left out; null where the text is not base64. */
export function base64Octets(text: string): Uint8Array<ArrayBuffer> | null {
  return decodeBase64Lenient(text).octets;
}
