/** What a pane shows, apart from how: text, its map to the message's octets, marks with a meaning, and quiet notes. */
import { lastNotAbove } from '../../engine/bytes/sorted.ts';
import type { PaneName } from '../selection.ts';
import type { TextOctetMap } from '../../engine/bytes/octet-text.ts';

/** What a marked range means. Every meaning has a shape as well as a colour where it is drawn. */
export type Meaning = 'signed' | 'broken' | 'unknown' | 'encrypted' | 'error' | 'warning' | 'note';

/** A range of the pane's text that means something. UTF-16 offsets, half-open. */
export interface PaneMark {
  readonly start: number;
  readonly end: number;
  readonly meaning: Meaning;
  /** `strip`: beside the line numbers; `underline`: a squiggle; `fill`: behind the text. */
  readonly form: 'strip' | 'underline' | 'fill';
  /** For hovers and for screen readers. */
  readonly label: string;
  readonly step: string | null;
  readonly finding: string | null;
}

/** The tone of a note, as a class of its colours. */
export type NoteTone = 'pass' | 'fail' | 'warn' | 'encrypted' | 'plain' | 'none';

/** A short remark after the end of a line. */
export interface PaneNote {
  /** UTF-16 offset on the line that it follows. */
  readonly at: number;
  readonly text: string;
  readonly tone: NoteTone;
  readonly step: string | null;
}

/** Everything that a pane draws. */
export interface PaneModel {
  readonly pane: PaneName;
  /** Beside the pane's name: `as received · 4,167 octets · UTF-8 · LF`. */
  readonly summary: string;
  readonly aside: string;
  readonly text: string;
  readonly map: TextOctetMap;
  readonly marks: readonly PaneMark[];
  readonly notes: readonly PaneNote[];
  /** Shown in place of text. */
  readonly empty: string | null;
  readonly editable: boolean;
}

/** A stretch of laid out text that stands for one octet range; its first `indent` characters stand for nothing. */
export interface MapPiece {
  readonly text: number;
  readonly indent: number;
  readonly length: number;
  readonly start: number;
  readonly end: number;
  /** Its characters do not follow the octets one by one: any of them stands for the whole range. */
  readonly whole?: boolean;
}

/** A map made of pieces, sorted by text; used where text was laid out again. */
export function pieceMap(pieces: readonly MapPiece[]): TextOctetMap {
  const textStarts = pieces.map((piece) => piece.text);
  const byOctet = pieces.toSorted((a, b) => a.start - b.start || b.end - a.end);
  const octetStarts = byOctet.map((piece) => piece.start);
  /** Pieces that stand for one range together, by its start: the first and the last of them. */
  const together = new Map<number, { first: MapPiece; last: MapPiece }>();
  for (const piece of pieces) {
    if (!piece.whole) continue;
    const known = together.get(piece.start);
    if (known) known.last = piece;
    else together.set(piece.start, { first: piece, last: piece });
  }
  return {
    shows: (start, end) => pieces.some((piece) => piece.start < end && piece.end > start),
    octetAt(offset) {
      const piece = pieces[lastNotAbove(textStarts, offset)];
      if (!piece) return 0;
      if (piece.whole) return piece.start;
      const into = Math.max(0, offset - piece.text - piece.indent);
      return Math.min(piece.end, piece.start + into);
    },
    textAt(octet) {
      const piece = innermost(byOctet, lastNotAbove(octetStarts, octet), octet);
      if (!piece) return 0;
      const run = piece.whole ? together.get(piece.start) : undefined;
      if (run) return octet >= piece.end - 1 ? run.last.text + run.last.length - 1 : run.first.text + run.first.indent;
      return piece.text + piece.indent + Math.max(0, Math.min(piece.length - piece.indent, octet - piece.start));
    },
  };
}

/** Pieces looked at for the innermost: a line has few around it. */
const AROUND = 64;

/** The smallest piece that holds the octet, of those up to `last`, the last that begins before it; else that one. */
function innermost(byOctet: readonly MapPiece[], last: number, octet: number): MapPiece | undefined {
  let best: MapPiece | undefined;
  for (const piece of byOctet.slice(Math.max(0, last - AROUND + 1), last + 1).reverse()) {
    const holds = piece.start <= octet && octet < piece.end;
    if (holds && (!best || piece.end - piece.start < best.end - best.start)) best = piece;
  }
  return best ?? byOctet[last];
}
