/**
 * PEM: textual encodings of keys and certificates (RFC 7468), with the headers of OpenSSL's own encryption (RFC 1421
 * §4.6).
 */
import { decodeBase64 } from '../bytes/base64.ts';

/** One block between BEGIN and END (RFC 7468, with the headers of RFC 1421). */
export interface PemBlock {
  /** `CERTIFICATE`, `RSA PRIVATE KEY`, ... */
  readonly label: string;
  /** `Proc-Type`, `DEK-Info`, in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Null where the base64 is damaged. */
  readonly octets: Uint8Array | null;
  /** What precedes the block: OpenSSL writes `friendlyName: …` there. */
  readonly friendlyName: string | null;
}

/** PEM as text, one character an octet. */
function ascii(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < octets.length; at += 8192) pieces.push(String.fromCharCode(...octets.subarray(at, at + 8192)));
  return pieces.join('');
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';

/** Finds every block, in order. Text between blocks is skipped; a block without its end line has null octets. */
export function readPem(octets: Uint8Array): readonly PemBlock[] {
  const text = ascii(octets);
  const blocks: PemBlock[] = [];
  let at = 0;
  for (;;) {
    const begin = text.indexOf(BEGIN, at);
    if (begin < 0) return blocks;
    const labelStart = begin + BEGIN.length;
    const labelEnd = text.indexOf(DASHES, labelStart);
    if (labelEnd < 0 || labelEnd - labelStart > 80) {
      at = labelStart;
      if (labelEnd < 0) return blocks;
      continue;
    }
    const label = text.slice(labelStart, labelEnd);
    const bodyStart = labelEnd + DASHES.length;
    const ending = text.indexOf(`-----END `, bodyStart);
    const before = text.slice(at, begin);
    const friendlyName = /(?:^|\n)\s*friendlyName: ([^\r\n]{1,200})/.exec(before)?.[1]?.trim() ?? null;
    const body = ending < 0 ? null : readBody(text.slice(bodyStart, ending));
    blocks.push({ label, headers: body?.headers ?? new Map(), octets: body?.octets ?? null, friendlyName });
    if (ending < 0) return blocks;
    const endLine = text.indexOf(DASHES, ending + 9);
    at = endLine < 0 ? text.length : endLine + DASHES.length;
  }
}

function readBody(body: string): { readonly headers: ReadonlyMap<string, string>; readonly octets: Uint8Array | null } {
  const headers = new Map<string, string>();
  const lines = body.split(/\r\n|\n|\r/);
  let first = 0;
  while (first < lines.length && lines[first]?.trim() === '') first++;
  if (lines[first]?.includes(':')) {
    for (; first < lines.length && lines[first]?.trim() !== ''; first++) {
      const line = lines[first] ?? '';
      const colon = line.indexOf(':');
      if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
  }
  return { headers, octets: decodeBase64(lines.slice(first).join('\n')).octets };
}
