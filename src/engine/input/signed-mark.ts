/** Signed marks in their textual form: base64 of the document between two lines (RFC 7848 §2). */
import { decodeBase64Pieces } from './input-base64.ts';
import { ascii, composed, slice, type Piece } from './input-piece.ts';

const MARK_BEGIN = '-----BEGIN ENCODED SMD-----';
const MARK_END = '-----END ENCODED SMD-----';
/** Octets in which the first line of a signed mark is looked for: a few labels stand before it. */
const MARK_HEAD = 65_536;

/** The signed mark between its lines, decoded; null where there is none. */
export function openSignedMark(piece: Piece): Piece | null {
  const head = ascii(piece.octets, 0, MARK_HEAD);
  const begin = head.indexOf(MARK_BEGIN);
  // At the beginning of a line: in XML it would be a text like any other.
  if (begin < 0 || (begin > 0 && head.charAt(begin - 1) !== '\n')) return null;
  const start = begin + MARK_BEGIN.length;
  const rest = slice(piece, start, endOfMark(piece.octets, start));
  return composed(rest, decodeBase64Pieces(rest.octets, 0));
}

function endOfMark(octets: Uint8Array, from: number): number {
  for (let at = octets.indexOf(0x2d, from); at >= 0; at = octets.indexOf(0x2d, at + 1)) {
    if (ascii(octets, at, at + MARK_END.length) === MARK_END) return at;
  }
  return octets.length;
}
