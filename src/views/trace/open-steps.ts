/** Which steps of the trace are open, and the rows that this leaves. */
import { useMemo, useState } from 'react';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { RunId } from '../../state/inspector.ts';
import { openAtFirst, traceRows, type TraceRow } from '../../state/trace-rows.ts';
import { useLayout, useNavigation, useRun, useSelection } from '../bench-context.tsx';

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

/** The rows of a trace, and the ways to fold and unfold them. */
export interface OpenRows {
  readonly open: ReadonlySet<string>;
  readonly rows: readonly TraceRow[];
  /** Rows by id. */
  readonly places: ReadonlyMap<string, number>;
  toggle(id: string): void;
  openAll(): void;
}

/** The rows of a trace, and the ways to fold and unfold them. */
export function useOpenRows(trace: Trace): OpenRows {
  const { selectStep } = useNavigation();
  const selected = useSelection((selection) => selection.step);
  const filter = useLayout((layout) => layout.traceFilter);
  const [open, setOpen] = useOpenSteps(trace, selected);
  const rows = useMemo(() => traceRows(trace, open, filter), [trace, open, filter]);
  const places = useMemo(() => new Map(rows.map((row, at) => [row.id, at])), [rows]);
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
  return { open, rows, places, toggle, openAll };
}
