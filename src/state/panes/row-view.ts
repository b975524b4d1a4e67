/**
 * One display row of a pane: coloured pieces, strips, notes and highlights, ready to draw without knowing what any of
 * it means.
 */
import { PANE } from '../../content/pane-words.ts';
import { colourRow, insideTag, type Colour } from './colour.ts';
import type { Meaning, PaneMark, PaneModel, PaneNote } from './pane-model.ts';
import type { Rows } from './rows.ts';

/** A stretch of a row in one look: UTF-16 offsets, half-open. */
export interface RowPiece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly colour: Colour | 'control';
  readonly underline: 'error' | 'warning' | 'note' | null;
  readonly fill: Meaning | null;
  readonly title: string | null;
}

/** One row as it is drawn. */
export interface RowView {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** 0 where a layout cut made the row. */
  readonly line: number;
  readonly indent: number;
  readonly pieces: readonly RowPiece[];
  readonly strips: readonly { readonly meaning: Meaning; readonly label: string }[];
  readonly notes: readonly PaneNote[];
  readonly bad: boolean;
  readonly marks: readonly PaneMark[];
  /** The line end as a mark, where a pane shows them. */
  readonly lineEnd: string;
}

const CONTROLS: Readonly<Record<string, string>> = {
  '\uFEFF': 'BOM',
  '\u00A0': 'NBSP',
  '\u200B': 'ZWSP',
  '\u00AD': 'SHY',
  '\u2028': 'LS',
  '\u2029': 'PS',
  '\uFFFD': '\uFFFD',
};
const CONTROL =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u00A0\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFFD]/;

function controlName(character: string): string {
  return CONTROLS[character] ?? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

const LONGEST = 2_000;
const CACHED = 2_000;

/** Rows of a model by index, made when first asked for. */
export function rowViews(model: PaneModel, rows: Rows, showLineEnds: boolean): (index: number) => RowView {
  const cache = new Map<number, RowView>();
  return (index) => {
    let row = cache.get(index);
    if (!row) {
      if (cache.size >= CACHED) cache.clear();
      row = rowView(model, rows, index, showLineEnds);
      cache.set(index, row);
    }
    return row;
  };
}

function rowView(model: PaneModel, rows: Rows, index: number, showLineEnds: boolean): RowView {
  const start = rows.start[index] ?? 0;
  const end = rows.end[index] ?? start;
  const line = rows.line[index] ?? 0;
  const drawn = Math.min(end, start + LONGEST);
  const marks = model.marks.filter((mark) => mark.start < Math.max(end, start + 1) && mark.end > start);
  const inline = marks.filter((mark) => mark.form !== 'strip');
  const strips: { meaning: Meaning; label: string }[] = [];
  for (const mark of marks) {
    if (mark.form === 'strip' && !strips.some((strip) => strip.meaning === mark.meaning)) {
      strips.push({ meaning: mark.meaning, label: mark.label });
    }
  }
  const pieces: RowPiece[] = [];
  for (const piece of colourRow(model.text, start, drawn, insideTag(model.text, start))) {
    if (piece.shown !== undefined) {
      pieces.push({
        start: piece.start,
        end: piece.end,
        text: piece.shown,
        colour: 'folded',
        underline: null,
        fill: null,
        title: null,
      });
      continue;
    }
    split(model.text, piece.start, piece.end, piece.colour, inline, pieces);
  }
  if (drawn < end) {
    pieces.push({
      start: drawn,
      end,
      text: PANE.folded(end - drawn),
      colour: 'folded',
      underline: null,
      fill: null,
      title: null,
    });
  }
  const next = rows.start[index + 1] ?? model.text.length;
  const gap = model.text.slice(end, Math.min(next, end + 2));
  return {
    index,
    start,
    end,
    line,
    indent: rows.indent[index] ?? 0,
    pieces,
    strips,
    marks,
    notes: model.notes.filter((note) => note.at >= start && note.at <= end),
    bad: marks.some((mark) => mark.meaning === 'error' && mark.form === 'underline' && mark.start >= start),
    lineEnd: showLineEnds ? lineEndName(gap) : '',
  };
}

function lineEndName(gap: string): RowView['lineEnd'] {
  if (gap === '\r\n') return 'CRLF';
  return gap.startsWith('\n') ? 'LF' : gap.startsWith('\r') ? 'CR' : '';
}

/** Cuts a piece where an inline mark begins or ends and around characters that cannot be seen. */
function split(
  text: string,
  start: number,
  end: number,
  colour: Colour,
  marks: readonly PaneMark[],
  pieces: RowPiece[],
): void {
  const cuts = new Set([start, end]);
  for (const mark of marks) {
    if (mark.start > start && mark.start < end) cuts.add(mark.start);
    if (mark.end > start && mark.end < end) cuts.add(mark.end);
  }
  for (let at = start; at < end; at++) {
    if (CONTROL.test(text[at] ?? '')) {
      cuts.add(at);
      cuts.add(at + 1);
    }
  }
  const points = [...cuts].toSorted((a, b) => a - b);
  for (let index = 0; index + 1 < points.length; index++) {
    const from = points[index] ?? 0;
    const to = points[index + 1] ?? from;
    const over = marks.filter((mark) => mark.start <= from && mark.end >= to);
    const underline = over.findLast((mark) => mark.form === 'underline');
    const fill = over.findLast((mark) => mark.form === 'fill');
    const raw = text.slice(from, to);
    const control = raw.length === 1 && CONTROL.test(raw);
    pieces.push({
      start: from,
      end: to,
      text: control ? controlName(raw) : raw,
      colour: control ? 'control' : colour,
      underline: underline ? (underline.meaning as 'error' | 'warning' | 'note') : null,
      fill: fill?.meaning ?? null,
      title: over.at(-1)?.label ?? null,
    });
  }
}
