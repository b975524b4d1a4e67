/** MIME header canonicalization of the Attachment-Complete transform (SWA 1.1 §5.4.1). */
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { MimeField } from './attachment.ts';
import { decodeEncodedWords, readStructured, withoutComments } from './mime-header-text.ts';

/** The fields that are signed, in the order written (§5.4.1 steps 2 and 3). */
const SIGNED_FIELDS = [
  'Content-Description',
  'Content-Disposition',
  'Content-ID',
  'Content-Location',
  'Content-Type',
] as const;

/** Parameters whose values have no case (§5.4.1 step 11). */
const CASELESS = new Set([
  'charset',
  'creation-date',
  'filename',
  'modification-date',
  'padding',
  'read-date',
  'size',
  'type',
]);

/** What a part without Content-Type is (RFC 2045 §5.2; §5.4.1 step 2). */
const DEFAULT_TYPE = 'text/plain;charset="us-ascii"';

/** The canonical lines, each with CRLF; the content follows at once, as WSS4J has it. */
export function canonicalHeaders(fields: readonly MimeField[]): Uint8Array {
  let text = '';
  for (const name of SIGNED_FIELDS) {
    const field = fields.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (field !== undefined) text += `${name}:${canonicalValue(name, field.value)}\r\n`;
    else if (name === 'Content-Type') text += `${name}:${DEFAULT_TYPE}\r\n`;
  }
  return encodeUtf8(text);
}

function canonicalValue(name: (typeof SIGNED_FIELDS)[number], value: string): string {
  if (name === 'Content-Description') return withoutComments(decodeEncodedWords(value));
  const plain = withoutComments(value.replace(/^[ \t]+/, ''));
  if (name === 'Content-ID' || name === 'Content-Location' || !plain.includes(';')) return plain;
  const { value: main, parameters } = readStructured(plain);
  const sorted = [...parameters].sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    main.toLowerCase() +
    sorted
      .map(([parameter, text]) => `;${parameter}="${escaped(CASELESS.has(parameter) ? text.toLowerCase() : text)}"`)
      .join('')
  );
}

function escaped(text: string): string {
  return text.replaceAll('\\', '').replaceAll('"', '\\"');
}
