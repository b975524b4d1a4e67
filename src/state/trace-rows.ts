/** The rows of the trace as a tree: which steps are open at first, and what stands where. */
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { Step, Trace } from '../engine/trace/trace.ts';
import { SECOND_OPINION } from './selection.ts';

interface Placed {
  readonly id: string;
  /** 1 at the top. */
  readonly level: number;
  readonly expandable: boolean;
  /** Place among its siblings, from 1. */
  readonly position: number;
  readonly siblings: number;
}

/** A step, or the second opinion as the last row: no step of the run, but a step of looking at it. */
export type TraceRow = Placed & ({ readonly kind: 'step'; readonly step: Step } | { readonly kind: 'opinion' });

/** Which steps have rows. */
export type TraceFilter = 'all' | 'failed';

const STANDS_OUT: ReadonlySet<Step['status']> = new Set(['failed', 'warned', 'unknown', 'unsupported']);

/** Steps open at first: those on the way to anything that did not pass; where nothing stands out, the signatures. */
export function openAtFirst(trace: Trace): ReadonlySet<string> {
  const index = indexTrace(trace);
  const failing = trace.steps.some((step) => step.status === 'failed');
  const open = new Set<string>();
  for (const { id, status, parent } of trace.steps) {
    if (failing ? status !== 'failed' : !STANDS_OUT.has(status)) continue;
    if (index.children(id).length > 0) open.add(id);
    for (let above = parent; above !== null && !open.has(above); above = index.step(above)?.parent ?? null) {
      open.add(above);
    }
  }
  if (open.size === 0) for (const step of trace.steps) if (step.kind === 'signature') open.add(step.id);
  return open;
}

/** Steps that stand out or were skipped, with those that they stand in. */
function outstanding(trace: Trace): ReadonlySet<string> {
  const { step: stepOf } = indexTrace(trace);
  const kept = new Set<string>();
  for (const step of trace.steps) {
    if (!STANDS_OUT.has(step.status) && step.status !== 'skipped') continue;
    for (let at: Step | null = step; at !== null && !kept.has(at.id); at = stepOf(at.parent)) kept.add(at.id);
  }
  return kept;
}

/** Rows from top to bottom: the children of every step in `open`. */
export function traceRows(trace: Trace, open: ReadonlySet<string>, filter: TraceFilter): readonly TraceRow[] {
  const { children } = indexTrace(trace);
  const kept = filter === 'failed' ? outstanding(trace) : null;
  const below = (id: string | null) => children(id).filter((step) => kept === null || kept.has(step.id));
  const rows: TraceRow[] = [];
  const opinion = filter === 'all' && trace.signatures.length > 0;
  const top = below(null);
  const siblings = top.length + Number(opinion);
  // Depth first, without recursion: a trace may be as deep as a message is.
  const pending = top.map((step, at) => ({ step, level: 1, position: at + 1, siblings })).toReversed();
  for (let entry = pending.pop(); entry !== undefined; entry = pending.pop()) {
    const { step, level } = entry;
    const inside = below(step.id);
    rows.push({ kind: 'step', id: step.id, ...entry, expandable: inside.length > 0 });
    if (!open.has(step.id)) continue;
    for (const [at, child] of [...inside.entries()].toReversed()) {
      pending.push({ step: child, level: level + 1, position: at + 1, siblings: inside.length });
    }
  }
  if (opinion) {
    rows.push({ kind: 'opinion', id: SECOND_OPINION, level: 1, expandable: false, position: siblings, siblings });
  }
  return rows;
}
