/** What a body travels in: HTTP/1.1 chunks (RFC 9112 §7.1) and quoted-printable (RFC 2045 §6.7). */
import type { OriginSegment } from '../bytes/origin-map.ts';
import { ascii, composed, segment, type Piece } from './input-piece.ts';

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
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.end - part.start, 0));
  const segments: OriginSegment[] = [];
  let written = 0;
  for (const part of parts) {
    joined.set(octets.subarray(part.start, part.end), written);
    segments.push(segment(written, written + part.end - part.start, part.start, part.end, 'copied'));
    written += part.end - part.start;
  }
  return composed(body, { octets: joined, segments });
}

/** What is no valid escape stands as it is. */
export function decodeQuotedPrintable(octets: Uint8Array): Piece {
  const out = new Uint8Array(octets.length);
  const segments: OriginSegment[] = [];
  let written = 0;
  let copiedFrom = 0;
  let at = 0;
  const flush = (upTo: number) => {
    if (upTo > copiedFrom) segments.push(segment(written - (upTo - copiedFrom), written, copiedFrom, upTo, 'copied'));
  };
  while (at < octets.length) {
    if (octets[at] !== 0x3d) {
      out[written++] = octets[at++]!;
      continue;
    }
    const soft = octets[at + 1] === 0x0a ? 2 : octets[at + 1] === 0x0d && octets[at + 2] === 0x0a ? 3 : 0;
    const value = soft > 0 ? Number.NaN : Number.parseInt(ascii(octets, at + 1, at + 3), 16);
    if (soft === 0 && Number.isNaN(value)) {
      out[written++] = octets[at++]!;
      continue;
    }
    flush(at);
    const length = soft > 0 ? soft : 3;
    if (soft > 0) {
      segments.push(segment(written, written, at, at + length, 'removed'));
    } else {
      out[written] = value;
      segments.push(segment(written, written + 1, at, at + length, 'rewritten'));
      written++;
    }
    at += length;
    copiedFrom = at;
  }
  flush(at);
  return { octets: out.subarray(0, written), segments };
}
