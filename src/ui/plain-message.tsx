/**
 * The built-in viewer: message text in windowed rows with line numbers, strips, notes and lines that can be tapped.
 * Draws; knows nothing of XML.
 */
import { CONTROL_WORDS } from '../content/page/controls.ts';
import { memo, useEffect, type KeyboardEvent, type MouseEvent } from 'react';
import { useWindowed } from './windowed.ts';

/** A stretch of a row in one look. */
export interface ViewedPiece {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly colour: string;
  readonly underline: string | null;
  readonly fill: string | null;
  readonly title: string | null;
}

/** One row of the text as it is drawn. */
export interface ViewedRow {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly indent: number;
  readonly pieces: readonly ViewedPiece[];
  readonly strips: readonly { readonly meaning: string; readonly label: string }[];
  readonly notes: readonly { readonly text: string; readonly tone: string; readonly step: string | null }[];
  readonly bad: boolean;
  readonly lineEnd: string;
}

/** Rows by number, and what of them is pointed out. */
export interface PlainMessageProps {
  readonly label: string;
  readonly count: number;
  readonly row: (index: number) => ViewedRow;
  /** Rows drawn as selected and as hovered, half-open. */
  readonly selected: readonly [number, number] | null;
  readonly hovered: readonly [number, number] | null;
  readonly active: number;
  /** A row to bring into sight; a new object scrolls again. */
  readonly reveal: { readonly row: number } | null;
  readonly onHover: (row: ViewedRow | null) => void;
  readonly onPick: (row: ViewedRow, offset: number) => void;
  readonly onNote: (step: string) => void;
}

const ROW_HEIGHT = 19;

/** A text of any length: only the rows in sight are in the document. */
export function PlainMessage(props: PlainMessageProps) {
  const { count, row, selected, hovered, active, reveal: wanted } = props;
  const { ref, first, last, onScroll, reveal, fit } = useWindowed(count, ROW_HEIGHT);
  useEffect(() => {
    if (wanted) reveal(wanted.row);
  }, [wanted, reveal]);
  const rows: ViewedRow[] = [];
  for (let index = first; index < Math.min(last, count); index++) rows.push(row(index));
  const move = (to: number) => {
    const index = Math.max(0, Math.min(count - 1, to));
    const target = row(index);
    props.onPick(target, target.start);
    reveal(index);
  };
  const { onKeyDown, onClick } = handlers(props, fit, move);
  const digits = String(count).length;
  const activeId = active >= first && active < last ? `${props.label}-row-${active}` : undefined;
  return (
    <div
      ref={ref}
      className="lines scroll"
      role="listbox"
      aria-label={CONTROL_WORDS.lines(props.label)}
      tabIndex={0}
      aria-activedescendant={activeId}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onPointerLeave={() => props.onHover(null)}
      style={{ '--digits': Math.max(3, digits) } as React.CSSProperties}
      data-gramm="false"
    >
      <div className="lines-space" style={{ height: count * ROW_HEIGHT + 12 }}>
        <div className="lines-shift" style={{ transform: `translateY(${first * ROW_HEIGHT + 6}px)` }}>
          {rows.map((view) => (
            <Row
              key={view.index}
              view={view}
              id={`${props.label}-row-${view.index}`}
              selected={selected !== null && view.index >= selected[0] && view.index < selected[1]}
              hovered={hovered !== null && view.index >= hovered[0] && view.index < hovered[1]}
              onHover={props.onHover}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** Keys move from row to row, clicks pick one or what a note leads to. */
function handlers(props: PlainMessageProps, fit: number, move: (to: number) => void) {
  const { active, count, row } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    const by: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: fit, PageUp: -fit };
    const step = by[event.key];
    if (step !== undefined) move(active + step);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(count - 1);
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const note = target?.closest<HTMLElement>('[data-step]')?.dataset['step'];
    const index = target?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (note) props.onNote(note);
    else if (index !== undefined) {
      const view = row(Number(index));
      props.onPick(view, offsetOf(target, view.start));
    }
  };
  return { onKeyDown, onClick };
}

interface RowProps {
  readonly view: ViewedRow;
  readonly id: string;
  readonly selected: boolean;
  readonly hovered: boolean;
  readonly onHover: (row: ViewedRow) => void;
}

/** The text offset under the pointer: the piece that was hit. */
function offsetOf(target: EventTarget | null, fallback: number): number {
  const piece = target instanceof Element ? target.closest<HTMLElement>('[data-at]') : null;
  return piece ? Number(piece.dataset['at']) : fallback;
}

const Row = memo(function Row({ view, id, selected, hovered, onHover }: RowProps) {
  const classes = ['line', selected ? 'is-selected' : '', hovered ? 'is-hovered' : '', view.bad ? 'is-bad' : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={classes}
      onPointerEnter={() => onHover(view)}
      data-row={view.index}
    >
      <span className={`line-number${view.line === 0 ? ' is-cut' : ''}`} aria-hidden={view.line === 0}>
        {view.line === 0 ? '' : view.line}
      </span>
      <span className="strips">
        {view.strips.map((strip) => (
          <i key={strip.meaning} className={`strip strip-${strip.meaning}`} title={strip.label}>
            <span className="visually-hidden">{strip.label}</span>
          </i>
        ))}
      </span>
      <span className="line-text" style={{ paddingInlineStart: `${view.indent * 2}ch` }}>
        {view.pieces.map((piece) => (
          <span
            key={piece.start}
            data-at={piece.start}
            title={piece.title ?? undefined}
            className={`x-${piece.colour}${piece.underline ? ` squiggle-${piece.underline}` : ''}${piece.fill ? ` fill-${piece.fill}` : ''}`}
          >
            {piece.text}
          </span>
        ))}
        {view.lineEnd ? <span className="x-control">{view.lineEnd}</span> : null}
        {view.notes.map((note) => (
          <em key={note.text} className={`note note-${note.tone}`} data-step={note.step ?? undefined}>
            {note.text}
          </em>
        ))}
      </span>
    </div>
  );
});
