/** What a body travels in: HTTP/1.1 chunks (RFC 9112 §7.1) and quoted-printable (RFC 2045 §6.7). */
import { joinOctets, octetAt } from '../bytes/octets.ts';
import { OriginBuilder } from '../bytes/origin-map.ts';
import { ascii, composed, type Piece } from './input-piece.ts';

/** HTTP/1.1 chunks (RFC 9112 §7.1) joined; null where the body is not chunked after all (a tool joined it already). */
export function joinChunks(body: Piece): Piece | null {
  const { octets } = body;
  const parts: { start: number; end: number }[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = octets.indexOf(0x0a, at);
    if (lineEnd < 0 || lineEnd - at > 200) return null;
    const size = /^([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r?$/.exec(ascii(octets, at, lineEnd));
    if (size?.[1] === undefined) return null;
    const length = Number.parseInt(size[1], 16);
    if (length === 0) break;
    const start = lineEnd + 1;
    if (start + length > octets.length) return null;
    parts.push({ start, end: start + length });
    at = start + length;
    if (octets[at] === 0x0d) at++;
    if (octets[at] === 0x0a) at++;
  }
  const origin = new OriginBuilder();
  for (const { start, end } of parts) origin.copy(start, end);
  const joined = joinOctets(parts.map(({ start, end }) => octets.subarray(start, end)));
  return composed(body, { octets: joined, segments: origin.segments });
}

/** What is no valid escape stands as it is. */
export function decodeQuotedPrintable(octets: Uint8Array): Piece {
  const out = new Uint8Array(octets.length);
  const origin = new OriginBuilder();
  let written = 0;
  let copiedFrom = 0;
  let at = 0;
  while (at < octets.length) {
    if (octets[at] !== 0x3d) {
      out[written++] = octetAt(octets, at++);
      continue;
    }
    const soft = octets[at + 1] === 0x0a ? 2 : octets[at + 1] === 0x0d && octets[at + 2] === 0x0a ? 3 : 0;
    const value = soft > 0 ? Number.NaN : Number.parseInt(ascii(octets, at + 1, at + 3), 16);
    if (soft === 0 && Number.isNaN(value)) {
      out[written++] = octetAt(octets, at++);
      continue;
    }
    origin.copy(copiedFrom, at);
    if (soft > 0) {
      origin.remove(at, at + soft);
      at += soft;
    } else {
      out[written++] = value;
      origin.rewrite(1, at, at + 3);
      at += 3;
    }
    copiedFrom = at;
  }
  origin.copy(copiedFrom, at);
  return { octets: out.subarray(0, written), segments: origin.segments };
}
