/** A pane's marks and notes as Monaco decorations and markers. */
import { MarkerSeverity, editor } from 'monaco-editor/editor';
import type { Binding } from './bindings.ts';
import type { PaneMark, PaneNote } from './pane-types.ts';

const OWNER = 'wss-finding';
/** A message with more marks than this shows the first ones; the findings list has them all. */
const SHOWN = 2_000;
/** Labels that a strip of several has. */
const NAMED = 4;
/** Characters beyond which a line is no line to the eye. */
const LONG = 240;

const SEVERITY = { error: MarkerSeverity.Error, warning: MarkerSeverity.Warning, note: MarkerSeverity.Info } as const;

/** What Monaco carries for a click on a note or strip. */
export interface Target {
  readonly step: string | null;
  readonly finding: string | null;
}

/** A range of Monaco's for UTF-16 offsets of the pane's text, half-open. */
export function rangeOf(binding: Binding, start: number, end: number) {
  const from = binding.lines.positionAt(start);
  const to = binding.lines.positionAt(Math.max(start, end));
  return { startLineNumber: from.line, startColumn: from.column, endLineNumber: to.line, endColumn: to.column };
}

/** Whether nothing but white space stands beside a range on its first and last line. */
function fillsItsLines({ lines, pane }: Binding, start: number, end: number): boolean {
  const before = pane.text.slice(lines.offsetAt({ line: lines.positionAt(start).line, column: 1 }), start);
  const after = pane.text.slice(
    end,
    lines.offsetAt({ line: lines.positionAt(Math.max(start, end - 1)).line, column: Number.MAX_SAFE_INTEGER }),
  );
  return before.trim() === '' && after.trim() === '';
}

/** Beside the line numbers; where the line holds other things too, the range itself is underlined. */
function stripDecoration(binding: Binding, mark: PaneMark): editor.IModelDeltaDecoration[] {
  // A range that ends with a line end must not paint the next line.
  const range = rangeOf(binding, mark.start, Math.max(mark.start, mark.end - 1));
  const strip = {
    range,
    options: {
      isWholeLine: true,
      linesDecorationsClassName: `wss-strip wss-strip-${mark.meaning}`,
      linesDecorationsTooltip: mark.label,
    },
  };
  // Over several lines the strip says enough; an underline would run under everything.
  if (range.startLineNumber !== range.endLineNumber || fillsItsLines(binding, mark.start, mark.end)) return [strip];
  return [
    strip,
    { range: rangeOf(binding, mark.start, mark.end), options: { inlineClassName: `wss-span-${mark.meaning}` } },
  ];
}

function noteDecoration(binding: Binding, note: PaneNote): editor.IModelDeltaDecoration {
  const target: Target = { step: note.step, finding: null };
  return {
    range: rangeOf(binding, note.at, note.at),
    options: {
      showIfCollapsed: true,
      after: {
        content: `\u00A0${note.text}\u00A0`,
        inlineClassName: `wss-note wss-note-${note.tone}${note.step ? ' wss-note-link' : ''}`,
        inlineClassNameAffectsLetterSpacing: true,
        attachedData: target,
        cursorStops: 3,
      },
    },
  };
}

/** Strips over one and the same range are one strip, under the names of the first few. */
function together(marks: readonly PaneMark[]): readonly PaneMark[] {
  const strips = new Map<string, PaneMark[]>();
  const first: PaneMark[] = [];
  for (const mark of marks) {
    const place = `${mark.form} ${mark.meaning} ${mark.start} ${mark.end}`;
    const same = strips.get(place);
    if (mark.form === 'strip' && same) same.push(mark);
    else {
      first.push(mark);
      if (mark.form === 'strip') strips.set(place, [mark]);
    }
  }
  return first.map((mark) => {
    const same = strips.get(`${mark.form} ${mark.meaning} ${mark.start} ${mark.end}`) ?? [mark];
    return same.length === 1 ? mark : { ...mark, label: named(same) };
  });
}

function named(same: readonly PaneMark[]): string {
  const labels = [...new Set(same.map((mark) => mark.label))];
  return labels.length > NAMED ? `${labels.slice(0, NAMED).join(', ')} …` : labels.join(', ');
}

/** All decorations of a pane but selection and hover; notes keep their order on a line. */
export function paneDecorations(binding: Binding): editor.IModelDeltaDecoration[] {
  const { marks, notes } = binding.pane;
  const decorations: editor.IModelDeltaDecoration[] = [];
  for (const mark of together(marks).slice(0, SHOWN)) {
    if (mark.form === 'strip') decorations.push(...stripDecoration(binding, mark));
    else if (mark.form === 'fill') {
      decorations.push({
        range: rangeOf(binding, mark.start, mark.end),
        options: { inlineClassName: `wss-fill wss-fill-${mark.meaning}` },
      });
    } else if (mark.meaning === 'error') {
      const first = binding.lines.positionAt(mark.start).line;
      const length =
        binding.lines.offsetAt({ line: first, column: Number.MAX_SAFE_INTEGER }) -
        binding.lines.offsetAt({ line: first, column: 1 });
      // A long line is wrapped to a paragraph: only the place itself is coloured there.
      if (length > LONG) {
        decorations.push({
          range: rangeOf(binding, mark.start, Math.min(mark.end, mark.start + LONG)),
          options: { inlineClassName: 'wss-bad-place' },
        });
      } else {
        decorations.push({
          range: { startLineNumber: first, startColumn: 1, endLineNumber: first, endColumn: 1 },
          options: { isWholeLine: true, className: 'wss-bad-line' },
        });
      }
    }
  }
  for (const note of notes.slice(0, SHOWN)) decorations.push(noteDecoration(binding, note));
  return decorations;
}

/** Up to and with the last character: the offset after it may stand on the next laid out line. */
function squiggled(binding: Binding, { start, end }: PaneMark) {
  const range = rangeOf(binding, start, Math.max(start, end - 1));
  return { ...range, endColumn: range.endColumn + 1 };
}

/** Squiggles are Monaco markers: they come with hover, and screen readers know them. */
export function setFindingMarkers(model: editor.ITextModel, binding: Binding): void {
  editor.setModelMarkers(
    model,
    OWNER,
    binding.pane.marks
      .filter((mark) => mark.form === 'underline')
      .slice(0, SHOWN)
      .map((mark) => ({
        ...squiggled(binding, mark),
        severity: SEVERITY[mark.meaning as keyof typeof SEVERITY] ?? MarkerSeverity.Info,
        message: mark.label,
      })),
  );
}

/**
 * Whole lines where the range fills them, else the range alone: on a message of one line, everything would light up.
 */
export function highlight(
  binding: Binding,
  start: number,
  end: number,
  className: string,
): editor.IModelDeltaDecoration {
  if (fillsItsLines(binding, start, end)) {
    return { range: rangeOf(binding, start, Math.max(start, end - 1)), options: { isWholeLine: true, className } };
  }
  return { range: rangeOf(binding, start, end), options: { className } };
}
