/** Header fields in front of a body: HTTP (RFC 9112 §5) and MIME (RFC 2045 §5.1), read leniently and within bounds. */
import { octetAt } from '../bytes/octets.ts';
import type { MimeField } from './attachment.ts';
import { decodeEncodedWords, parameterReadings, readStructured, withoutComments } from './mime-header-text.ts';

/** Octets of one header block: what a careful server takes. */
const MOST_HEADER_OCTETS = 64 * 1024;

/** A header and where the body begins, an offset in the octets that were read. */
export interface HeaderBlock {
  /** Every field as written, unfolded. */
  readonly fields: readonly MimeField[];
  /** By lower-case name; the first field of a name wins, folded lines joined. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bodyStart: number;
}

/**
 * @param startLine true where an HTTP request or status line stands first
 * @returns null where no blank line ends the block within the bound, or a line is no header field
 */
export function readHeaderBlock(octets: Uint8Array, start: number, startLine: boolean): HeaderBlock | null {
  const headers = new Map<string, string>();
  const fields: MimeField[] = [];
  const stop = Math.min(octets.length, start + MOST_HEADER_OCTETS);
  let at = start;
  let last: string | null = null;
  let first = startLine;
  while (at < stop) {
    const lineEnd = endOfLine(octets, at, stop);
    if (lineEnd < 0) return null;
    const line = latin1(octets, at, lineEnd).replace(/\r$/, '');
    at = lineEnd + 1;
    if (line === '') return { headers, fields, bodyStart: at };
    if (first) {
      first = false;
      continue;
    }
    const folded = line.startsWith(' ') || line.startsWith('\t');
    const field = fields.at(-1);
    if (folded && last !== null && field !== undefined) {
      headers.set(last, `${headers.get(last) ?? ''} ${line.trim()}`);
      fields[fields.length - 1] = { name: field.name, value: `${field.value} ${line.trim()}` };
      continue;
    }
    const colon = line.indexOf(':');
    const written = line.slice(0, Math.max(0, colon)).trim();
    const name = written.toLowerCase();
    if (name === '' || /[^!-9;-~]/.test(name)) return null;
    const value = line.slice(colon + 1).trim();
    if (!headers.has(name)) headers.set(name, value);
    fields.push({ name: written, value });
    last = name;
  }
  return null;
}

/**
 * A parameter of a structured field by its grammar (RFC 2045 §5.1), `boundary` in `multipart/related; boundary="x"`,
 * or null. What stands in a quoted string or a comment is no parameter.
 */
export function parameterOf(field: string, name: string): string | null {
  return readStructured(withoutComments(field)).parameters.get(name) ?? null;
}

/** The first of the parameters that the field gives in two ways, or gives empty before another; null where none is. */
export function repeatedParameter(
  field: string,
  names: readonly string[],
): { readonly name: string; readonly first: string; readonly second: string } | null {
  const readings = parameterReadings(withoutComments(field));
  for (const name of names) {
    const [first, ...others] = readings.get(name) ?? [];
    const second = others.find((one) => one !== first);
    if (first !== undefined && second !== undefined) return { name, first, second };
  }
  return null;
}

/** A content id without comments and angle brackets (RFC 2045 §7, RFC 5322 §3.6.4); null where the field is missing. */
export function contentIdOf(block: HeaderBlock): string | null {
  const id = block.headers.get('content-id');
  return id === undefined ? null : bareContentId(id);
}

/** `a@b` of `<a@b>`, of `(a comment) <a@b>` and of `a@b`. */
export function bareContentId(id: string): string {
  return withoutComments(id).trim().replace(/^<|>$/g, '').trim();
}

/**
 * The ids of a part in the one form in which some reader takes two for the same: quotes off, percent-encoding and encoded
 * words decoded, a `cid:` that was written along left out, in lower case (RFC 2392 §2, RFC 5322 §3.6.4, RFC 2047). Several where a field holds several.
 */
export function comparableIds(block: HeaderBlock): readonly string[] {
  const written = block.headers.get('content-id');
  if (written === undefined) return [];
  const decoded = withoutComments(decodeEncodedWords(written));
  const inBrackets = [...decoded.matchAll(/<([^<>]*)>/g)].map(([, id]) => id ?? '');
  return (inBrackets.length > 0 ? inBrackets : [bareContentId(decoded)]).map((id) =>
    percentDecoded(id.trim())
      .replace(/^cid:/i, '')
      .replace(/^"([^"]*)"(?=@)/, '$1')
      .toLowerCase(),
  );
}

function percentDecoded(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function endOfLine(octets: Uint8Array, from: number, stop: number): number {
  for (let at = from; at < stop; at++) if (octets[at] === 0x0a) return at;
  return -1;
}

function latin1(octets: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(octetAt(octets, at));
  return text;
}
