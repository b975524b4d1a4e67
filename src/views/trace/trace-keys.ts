/** The keys of the trace: those of a tree grid (ARIA Authoring Practices), and letters that jump to a step. */
import { useRef, type KeyboardEvent } from 'react';
import { OPINION } from '../../content/page/trace.ts';
import { stepLine } from '../../content/steps.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { TraceRow } from '../../state/trace-rows.ts';

/** Milliseconds between two letters of one word that is typed to jump to a step. */
const TYPED_TOGETHER = 700;

/** What keys move in, and what they do. */
export interface TraceKeys {
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
export function useTraceKeys(keys: TraceKeys): (event: KeyboardEvent) => void {
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
    const title = row?.kind === 'step' ? stepLine(trace, row.step).title : OPINION.title;
    if (title.toLowerCase().startsWith(text)) return at;
  }
  return null;
}
