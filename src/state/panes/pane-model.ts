/** What a pane shows, apart from how: text, its map to the message's octets, marks with a meaning, and quiet notes. */
import type { PaneName } from '../selection.ts';
import type { TextOctetMap } from './octet-text.ts';

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

export type NoteTone = 'pass' | 'fail' | 'warn' | 'encrypted' | 'plain' | 'none';

/** A short remark after the end of a line. */
export interface PaneNote {
  /** UTF-16 offset on the line that it follows. */
  readonly at: number;
  readonly text: string;
  readonly tone: NoteTone;
  readonly step: string | null;
}

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

/** A map made of pieces, sorted by text; used where text was laid out anew. */
export function pieceMap(pieces: readonly MapPiece[]): TextOctetMap {
  const find = (offset: number) => {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle]?.text ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return pieces[low];
  };
  const byOctet = pieces.toSorted((a, b) => a.start - b.start || b.end - a.end);
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
      const piece = find(offset);
      if (!piece) return 0;
      if (piece.whole) return piece.start;
      const into = Math.max(0, offset - piece.text - piece.indent);
      return Math.min(piece.end, piece.start + into);
    },
    textAt(octet) {
      // The innermost piece that begins at or before the octet; pieces are few (a line each).
      let best: (typeof pieces)[number] | undefined;
      let low = 0;
      let high = byOctet.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((byOctet[middle]?.start ?? 0) <= octet) low = middle;
        else high = middle - 1;
      }
      for (let index = low; index >= 0 && index > low - 64; index--) {
        const piece = byOctet[index];
        if (
          piece &&
          piece.start <= octet &&
          octet < piece.end &&
          (!best || piece.end - piece.start < best.end - best.start)
        ) {
          best = piece;
        }
      }
      best ??= byOctet[low];
      if (!best) return 0;
      const run = best.whole ? together.get(best.start) : undefined;
      if (run) return octet >= best.end - 1 ? run.last.text + run.last.length - 1 : run.first.text + run.first.indent;
      return best.text + best.indent + Math.max(0, Math.min(best.length - best.indent, octet - best.start));
    },
  };
}
