/**
 * The trace as a tree grid: arrow keys, type-ahead, passed steps folded, the failing path open. Of a long one only the
 * rows in sight are drawn.
 */
import { useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { stepLine } from '../../content/steps.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { RunId } from '../../state/inspector.ts';
import { SECOND_OPINION } from '../../state/selection.ts';
import { openAtFirst, traceRows, type TraceRow } from '../../state/trace-rows.ts';
import { useMedia } from '../../ui/use-media.ts';
import { useWindowed } from '../../ui/windowed.ts';
import { useJudging, useLayout, useNavigation, useRun, useSelection } from '../bench-context.tsx';
import { TraceRowView } from './step-row.tsx';

/** Rows up to which all are drawn: the browser's own search and scrolling are best. */
const DRAWN_WHOLE = 200;
/** Pixels of a row, with a fine pointer and on narrow screens (app.css, `.step`). */
const ROW_HEIGHT = 25;
const NARROW_ROW_HEIGHT = 34;
/** Milliseconds between two letters of one word that is typed to jump to a step. */
const TYPED_TOGETHER = 700;

const NOTHING_OPEN: ReadonlySet<string> = new Set();

/** What is open of a trace: what the user opened belongs to the run it was opened in, explained or not. */
function useOpenSteps(trace: Trace | null, selected: string | null) {
  const run = useRun(({ handle }) => handle);
  const [chosen, setChosen] = useState<{ readonly run: RunId | null; readonly open: ReadonlySet<string> }>({
    run: null,
    open: NOTHING_OPEN,
  });
  const base = useMemo(
    () => (trace === null ? NOTHING_OPEN : chosen.run === run ? chosen.open : openAtFirst(trace)),
    [trace, run, chosen],
  );
  // A step selected elsewhere must be in sight: its ancestors are open.
  const open = useMemo(() => {
    if (!trace || selected === null) return base;
    const above = indexTrace(trace).lineage(selected).slice(1);
    return above.every(({ id }) => base.has(id)) ? base : new Set([...base, ...above.map(({ id }) => id)]);
  }, [base, trace, selected]);
  return [open, (next: ReadonlySet<string>) => setChosen({ run, open: next })] as const;
}

/** Indices of the rows to draw: those in sight, and the one that Tab reaches wherever it is. */
function drawn(first: number, last: number, tabbable: number): readonly number[] {
  const inSight = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  if (tabbable < first) return [tabbable, ...inSight];
  return tabbable >= last ? [...inSight, tabbable] : inSight;
}

export function TracePanel() {
  const trace = useRun((run) => run.trace);
  if (!trace) return <p className="panel-empty">The steps appear here when the message is judged.</p>;
  return <TraceGrid trace={trace} />;
}

function TraceGrid({ trace }: { readonly trace: Trace }) {
  const { askOpinion } = useJudging();
  const { selectStep, hover } = useNavigation();
  const selected = useSelection((selection) => selection.step);
  const filter = useLayout((layout) => layout.traceFilter);
  const [open, setOpen] = useOpenSteps(trace, selected);
  const rows = useMemo(() => traceRows(trace, open, filter), [trace, open, filter]);
  const places = useMemo(() => new Map(rows.map((row, at) => [row.id, at])), [rows]);
  const height = useMedia('(max-width: 899px)') ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const windowed = useWindowed(rows.length, height);
  const { ref: grid, reveal } = windowed;
  const whole = rows.length <= DRAWN_WHOLE;
  const place = selected === null ? undefined : places.get(selected);
  const index = place ?? 0;
  const focusWanted = useRef(false);

  useLayoutEffect(() => {
    if (place === undefined) return;
    if (!whole) reveal(place, 'nearest');
    else rowOf(grid.current, rows[place]?.id)?.scrollIntoView({ block: 'nearest' });
  }, [place, rows, whole, reveal, grid]);
  // A row that was not drawn can be focused once it is.
  useLayoutEffect(() => {
    const row = focusWanted.current ? rowOf(grid.current, rows[index]?.id) : null;
    if (!row) return;
    focusWanted.current = false;
    row.focus({ preventScroll: true });
  });

  const select = (id: string) => {
    if (id === SECOND_OPINION) askOpinion();
    else selectStep(id);
  };
  const focus = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    focusWanted.current = true;
    // The row that is selected already is focused all the same.
    if (row.id === selected) rowOf(grid.current, row.id)?.focus();
    else select(row.id);
  };
  const toggle = (id: string) => {
    const next = new Set(open);
    if (!next.delete(id)) next.add(id);
    else if (selected !== null) {
      // What is selected must not hide in a folded step: the folded step takes its place.
      const above = indexTrace(trace).lineage(selected).slice(1);
      if (above.some((step) => step.id === id)) selectStep(id);
    }
    setOpen(next);
  };
  const openAll = () => setOpen(new Set(trace.steps.map((step) => step.id)));
  const onKeyDown = useTraceKeys({ trace, rows, index, open, places, focus, toggle, openAll });

  const onClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const id = stepUnder(target);
    const because = target?.closest<HTMLElement>('[data-because]')?.dataset['because'];
    if (because !== undefined) selectStep(because);
    else if (id !== null && target?.closest('[data-twist]:not([disabled])')) toggle(id);
    else if (id !== null) select(id);
  };
  const onDoubleClick = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    const id = stepUnder(target);
    if (id !== null && !target?.closest('[data-twist]') && rows[places.get(id) ?? -1]?.expandable) toggle(id);
  };
  const shown = whole ? drawn(0, rows.length, 0) : drawn(windowed.first, windowed.last, index);
  const below = rows.length - 1 - (shown.at(-1) ?? -1);
  return (
    <div
      ref={grid}
      className="trace scroll"
      role="treegrid"
      aria-label="Trace"
      aria-readonly="true"
      aria-rowcount={rows.length}
      onScroll={windowed.onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onPointerLeave={() => hover(null)}
    >
      {shown.map((at, order) => {
        const row = rows[at];
        return row ? (
          <TraceRowView
            key={row.id}
            trace={trace}
            row={row}
            number={at + 1}
            open={open.has(row.id)}
            selected={row.id === selected}
            tabbable={at === index}
            gap={(at - (shown[order - 1] ?? -1) - 1) * height}
            height={whole ? null : height}
          />
        ) : null;
      })}
      {below > 0 ? <div role="presentation" style={{ height: below * height }} /> : null}
      {rows.length === 0 ? (
        <div role="row" className="panel-empty">
          <span role="gridcell">Nothing failed. Show all steps to see what was checked.</span>
        </div>
      ) : null}
    </div>
  );
}

function stepUnder(target: Element | null): string | null {
  return target?.closest<HTMLElement>('[data-step]')?.dataset['step'] ?? null;
}

function rowOf(grid: HTMLElement | null, id: string | undefined): HTMLElement | null {
  return id === undefined ? null : (grid?.querySelector<HTMLElement>(`[data-step="${id}"]`) ?? null);
}

interface TraceKeys {
  readonly trace: Trace;
  readonly rows: readonly TraceRow[];
  /** Row of the selection. */
  readonly index: number;
  readonly open: ReadonlySet<string>;
  /** Rows by id. */
  readonly places: ReadonlyMap<string, number>;
  focus(row: number): void;
  toggle(id: string): void;
  openAll(): void;
}

/** The keys of a tree grid (ARIA Authoring Practices), and letters that jump to the next step that begins so. */
function useTraceKeys(keys: TraceKeys): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 });
  return (event) => {
    const { rows, index } = keys;
    const row = rows[index];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const to = destination(event.key, keys, row);
    if (to !== null) keys.focus(to);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft' || event.key === 'Enter' || event.key === ' ') {
      // An arrow that leads nowhere folds or unfolds.
      if (row.expandable) keys.toggle(row.id);
    } else if (event.key === '*') keys.openAll();
    else if (event.key.length === 1) {
      const together = event.timeStamp - typed.current.at < TYPED_TOGETHER;
      const text = (together ? typed.current.text : '') + event.key.toLowerCase();
      typed.current = { text, at: event.timeStamp };
      const hit = nextBeginning(keys, text);
      if (hit !== null) keys.focus(hit);
    } else return;
    event.preventDefault();
  };
}

/** The row that a key leads to; null where it leads to none. */
function destination(key: string, { rows, index, open, places }: TraceKeys, row: TraceRow): number | null {
  const isOpen = open.has(row.id);
  switch (key) {
    case 'ArrowDown':
      return index + 1;
    case 'ArrowUp':
      return index - 1;
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'PageDown':
      return index + 10;
    case 'PageUp':
      return index - 10;
    case 'ArrowRight':
      return row.expandable && isOpen ? index + 1 : null;
    case 'ArrowLeft':
      return row.expandable && isOpen ? null : parentRow(row, places, index);
    default:
      return null;
  }
}

/** A top row stays where it is. */
function parentRow(row: TraceRow, places: ReadonlyMap<string, number>, index: number): number {
  const parent = row.kind === 'step' ? row.step.parent : null;
  return parent === null ? index : (places.get(parent) ?? index);
}

/** The next row whose title begins so; while a word is typed the row itself may be meant. */
function nextBeginning({ trace, rows, index }: TraceKeys, text: string): number | null {
  for (let step = text.length === 1 ? 1 : 0; step < rows.length; step++) {
    const at = (index + step) % rows.length;
    const row = rows[at];
    const title = row?.kind === 'step' ? stepLine(trace, row.step).title : 'second opinion';
    if (title.toLowerCase().startsWith(text)) return at;
  }
  return null;
}
