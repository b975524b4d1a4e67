/**
 * The trace as a tree grid: arrow keys, type-ahead, passed steps folded, the failing path open. Of a long one only the
 * rows in sight are drawn.
 */
import { useLayoutEffect, useRef, type MouseEvent } from 'react';
import { TRACE } from '../../content/page/trace.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { SECOND_OPINION } from '../../state/selection.ts';
import type { TraceRow } from '../../state/trace-rows.ts';
import { useMedia } from '../../ui/use-media.ts';
import { useWindowed } from '../../ui/windowed.ts';
import { useJudging, useNavigation, useRun, useSelection } from '../bench-context.tsx';
import { useOpenRows, type OpenRows } from './open-steps.ts';
import { TraceRowView } from './step-row.tsx';
import { useTraceKeys } from './trace-keys.ts';

/** Rows up to which all are drawn: the browser's own search and scrolling are best. */
const DRAWN_WHOLE = 200;
/** Pixels of a row, with a fine pointer and on narrow screens (app.css, `.step`). */
const ROW_HEIGHT = 25;
const NARROW_ROW_HEIGHT = 34;
/** Indices of the rows to draw: those in sight, and the one that Tab reaches wherever it is. */
function drawn(first: number, last: number, tabbable: number): readonly number[] {
  const inSight = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  if (tabbable < first) return [tabbable, ...inSight];
  return tabbable >= last ? [...inSight, tabbable] : inSight;
}

/** The trace of the run that stands. */
export function TracePanel() {
  const trace = useRun((run) => run.trace);
  if (!trace) return <p className="panel-empty">{TRACE.notJudgedYet}</p>;
  return <TraceGrid trace={trace} />;
}

/** The rows drawn, the one selected kept in sight, and the focus, which goes to a row once it is drawn. */
function useDrawnRows(rows: readonly TraceRow[], places: ReadonlyMap<string, number>, select: (id: string) => void) {
  const selected = useSelection((selection) => selection.step);
  const height = useMedia('(max-width: 899px)') ? NARROW_ROW_HEIGHT : ROW_HEIGHT;
  const { ref: grid, reveal, first, last, onScroll } = useWindowed(rows.length, height);
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
  const focus = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    focusWanted.current = true;
    // The row that is selected already is focused all the same.
    if (row.id === selected) rowOf(grid.current, row.id)?.focus();
    else select(row.id);
  };
  const shown = whole ? drawn(0, rows.length, 0) : drawn(first, last, index);
  return { grid, onScroll, shown, index, focus, height: whole ? null : height, rowHeight: height };
}

/** A click on a row selects it, on its arrow folds it, on what it names as its cause leads there. */
function useClicks({ rows, places, toggle }: OpenRows, select: (id: string) => void) {
  const { selectStep } = useNavigation();
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
  return { onClick, onDoubleClick };
}

function TraceGrid({ trace }: { readonly trace: Trace }) {
  const { askOpinion } = useJudging();
  const { selectStep, hover } = useNavigation();
  const selected = useSelection((selection) => selection.step);
  const openRows = useOpenRows(trace);
  const { open, rows, places } = openRows;
  const select = (id: string) => (id === SECOND_OPINION ? askOpinion() : selectStep(id));
  const { grid, onScroll, shown, index, focus, height, rowHeight } = useDrawnRows(rows, places, select);
  const onKeyDown = useTraceKeys({ trace, ...openRows, index, focus });
  const below = rows.length - 1 - (shown.at(-1) ?? -1);
  return (
    <div
      ref={grid}
      className="trace scroll"
      role="treegrid"
      aria-label={TRACE.label}
      aria-readonly="true"
      aria-rowcount={rows.length}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      {...useClicks(openRows, select)}
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
            gap={(at - (shown[order - 1] ?? -1) - 1) * rowHeight}
            height={height}
          />
        ) : null;
      })}
      {below > 0 ? <div role="presentation" style={{ height: below * rowHeight }} /> : null}
      {rows.length === 0 ? (
        <div role="row" className="panel-empty">
          <span role="gridcell">{TRACE.nothingFailed}</span>
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
