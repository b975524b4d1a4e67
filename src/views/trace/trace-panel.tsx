/** The trace as a tree grid: arrow keys, type-ahead, passed steps folded, the failing path open. */
import { ChevronRight } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Step, Trace } from '../../engine/trace/trace.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import { placeOfStep } from '../../state/run.ts';
import { Mark } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { octets } from '../format.ts';
import { stepMark } from '../words.ts';
import { stepWords } from '../wording.ts';
import { SECOND_OPINION } from '../../state/selection.ts';
import { useJudging, useLayout, useNavigation, useRun, useSelection } from '../bench-context.tsx';
import { opinionLine } from './opinion-line.ts';

/** The second opinion as the last row: no step of the run, but a step of looking at it. */
const OPINION: Step = {
  id: SECOND_OPINION,
  kind: 'verdict',
  parent: null,
  status: 'passed',
  because: null,
  data: {},
  inputs: [],
  outputs: [],
  range: null,
  citation: null,
  findings: [],
};

interface Row {
  readonly step: Step;
  readonly level: number;
  readonly expandable: boolean;
  readonly position: number;
  readonly siblings: number;
}

function stepUnder(target: EventTarget): string | null {
  return target instanceof Element ? (target.closest<HTMLElement>('[data-step]')?.dataset['step'] ?? null) : null;
}

const WORTH_OPENING = new Set(['failed', 'warned', 'unknown', 'unsupported']);

/** Steps open at first: those on the way to anything that did not pass. */
function opened(trace: Trace): ReadonlySet<string> {
  const open = new Set<string>();
  const index = indexTrace(trace);
  const failing = trace.steps.some((step) => step.status === 'failed');
  for (const step of trace.steps) {
    if (failing ? step.status !== 'failed' : !WORTH_OPENING.has(step.status)) continue;
    if (index.children(step.id).length > 0) open.add(step.id);
    for (let parent = step.parent; parent !== null && !open.has(parent); parent = index.step(parent)?.parent ?? null) {
      open.add(parent);
    }
  }
  // Nothing stands out: show what each signature is made of.
  if (open.size === 0) for (const step of trace.steps) if (step.kind === 'signature') open.add(step.id);
  return open;
}

export function TracePanel() {
  const judging = useJudging();
  const navigation = useNavigation();
  const trace = useRun((run) => run.trace);
  const selected = useSelection((selection) => selection.step);
  const filter = useLayout((layout) => layout.traceFilter);
  const [chosen, setChosen] = useState<{ readonly trace: Trace | null; readonly open: ReadonlySet<string> }>({
    trace: null,
    open: new Set(),
  });
  const grid = useRef<HTMLDivElement | null>(null);
  const typed = useRef({ text: '', at: 0 });
  // A new run opens its own failing path; what the user opened belongs to the run it was opened in.
  const base = useMemo(
    () => (trace ? (chosen.trace === trace ? chosen.open : opened(trace)) : new Set<string>()),
    [trace, chosen],
  );
  // A step selected elsewhere must be in sight: its ancestors are open.
  const open = useMemo(() => {
    if (!trace || selected === null) return base;
    const need = indexTrace(trace)
      .lineage(selected)
      .slice(1)
      .map((step) => step.id);
    return need.every((id) => base.has(id)) ? base : new Set([...base, ...need]);
  }, [base, trace, selected]);
  const rows = useMemo(() => {
    if (!trace) return [];
    const { children } = indexTrace(trace);
    const list: Row[] = [];
    const failing = (step: Step): boolean =>
      WORTH_OPENING.has(step.status) || step.status === 'skipped' || children(step.id).some(failing);
    const keep = (steps: readonly Step[]) => (filter === 'failed' ? steps.filter(failing) : steps);
    const own = keep(children(null));
    const roots = filter === 'all' && trace.signatures.length > 0 ? [...own, OPINION] : own;
    const pending = roots
      .toReversed()
      .map((step, index) => ({ step, level: 1, position: roots.length - index, siblings: roots.length }));
    while (pending.length > 0) {
      const entry = pending.pop();
      if (!entry) break;
      const below = keep(children(entry.step.id));
      list.push({ ...entry, expandable: below.length > 0 });
      if (open.has(entry.step.id)) {
        for (const [index, child] of [...below.entries()].toReversed()) {
          pending.push({ step: child, level: entry.level + 1, position: index + 1, siblings: below.length });
        }
      }
    }
    return list;
  }, [trace, open, filter]);
  useEffect(() => {
    if (rows.some((row) => row.step.id === selected)) {
      grid.current?.querySelector(`[data-step="${selected}"]`)?.scrollIntoView({ block: 'nearest' });
    }
  }, [selected, rows]);
  if (!trace) return <p className="panel-empty">The steps appear here when the message is judged.</p>;
  const index = Math.max(
    0,
    rows.findIndex((row) => row.step.id === selected),
  );
  const select = (id: string) => {
    if (id === SECOND_OPINION) judging.askOpinion();
    else navigation.selectStep(id);
  };
  const focus = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (!row) return;
    select(row.step.id);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-step="${row.step.id}"]`)?.focus());
  };
  const toggle = (id: string, wanted?: boolean) => {
    const next = new Set(open);
    const opening = wanted ?? !next.has(id);
    if (opening) next.add(id);
    else {
      next.delete(id);
      // What is selected must not hide in a folded step: the folded step takes its place.
      if (
        selected !== null &&
        indexTrace(trace)
          .lineage(selected)
          .slice(1)
          .some((step) => step.id === id)
      ) {
        navigation.selectStep(id);
      }
    }
    setChosen({ trace, open: next });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[index];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const isOpen = open.has(row.step.id);
    if (event.key === 'ArrowDown') focus(index + 1);
    else if (event.key === 'ArrowUp') focus(index - 1);
    else if (event.key === 'Home') focus(0);
    else if (event.key === 'End') focus(rows.length - 1);
    else if (event.key === 'PageDown') focus(index + 10);
    else if (event.key === 'PageUp') focus(index - 10);
    else if (event.key === 'ArrowRight') {
      if (row.expandable && !isOpen) toggle(row.step.id, true);
      else if (row.expandable) focus(index + 1);
    } else if (event.key === 'ArrowLeft') {
      if (row.expandable && isOpen) toggle(row.step.id, false);
      else focus(rows.findIndex((candidate) => candidate.step.id === row.step.parent));
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (row.expandable) toggle(row.step.id);
    } else if (event.key === '*') setChosen({ trace, open: new Set(trace.steps.map((step) => step.id)) });
    else if (event.key.length === 1) {
      const now = event.timeStamp;
      typed.current = {
        text: now - typed.current.at < 700 ? typed.current.text + event.key.toLowerCase() : event.key.toLowerCase(),
        at: now,
      };
      const order = rows.map((_, offset) => (index + offset + (typed.current.text.length === 1 ? 1 : 0)) % rows.length);
      const hit = order.find((at) =>
        (rows[at]!.step === OPINION
          ? 'second opinion'
          : stepWords(trace, rows[at]!.step).title.toLowerCase()
        ).startsWith(typed.current.text),
      );
      if (hit !== undefined) focus(hit);
    } else return;
    event.preventDefault();
  };
  return (
    <div
      ref={grid}
      className="trace scroll"
      role="treegrid"
      aria-label="Trace"
      aria-readonly="true"
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const id = stepUnder(event.target);
        if (id) select(id);
      }}
      onDoubleClick={(event) => {
        const id = stepUnder(event.target);
        if (id && rows.some((row) => row.step.id === id && row.expandable)) toggle(id);
      }}
      onPointerLeave={() => navigation.hover(null)}
    >
      {rows.map((row, at) =>
        row.step === OPINION ? (
          <OpinionRow
            key={row.step.id}
            trace={trace}
            row={row}
            selected={selected === SECOND_OPINION}
            tabbable={at === index}
          />
        ) : (
          <StepRow
            key={row.step.id}
            row={row}
            trace={trace}
            open={open.has(row.step.id)}
            selected={row.step.id === selected}
            tabbable={at === index}
            onToggle={() => toggle(row.step.id)}
          />
        ),
      )}
      {rows.length === 0 ? (
        <div role="row" className="panel-empty">
          <span role="gridcell">Nothing failed. Show all steps to see what was checked.</span>
        </div>
      ) : null}
    </div>
  );
}

function OpinionRow({
  trace,
  row,
  selected,
  tabbable,
}: {
  readonly trace: Trace;
  readonly row: Row;
  readonly selected: boolean;
  readonly tabbable: boolean;
}) {
  const opinions = useRun((run) => run.opinions);
  const { detail, mark } = opinionLine(trace, opinions);
  return (
    <div
      role="row"
      className={`step step-passed${selected ? ' is-selected' : ''}`}
      aria-level={1}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      tabIndex={tabbable ? 0 : -1}
      data-step={SECOND_OPINION}
      data-kind="second-opinion"
      style={{ paddingInlineStart: 8 }}
    >
      <span role="gridcell" className="step-main">
        <span className="twist" />
        <Mark kind={mark} quiet />
        <span className="step-title">Second opinion</span>
        <span className="step-detail">{detail}</span>
      </span>
      <span role="gridcell" className="step-size">
        {trace.signatures.length === 1 ? '1 signature' : `${trace.signatures.length} signatures`}
      </span>
    </div>
  );
}

function StepRow({
  row,
  trace,
  open,
  selected,
  tabbable,
  onToggle,
}: {
  readonly row: Row;
  readonly trace: Trace;
  readonly open: boolean;
  readonly selected: boolean;
  readonly tabbable: boolean;
  readonly onToggle: () => void;
}) {
  const navigation = useNavigation();
  const { step } = row;
  const words = stepWords(trace, step);
  const made = step.outputs.find((artifact) => artifact.type === 'octets');
  const size = made?.type === 'octets' ? indexTrace(trace).space(made.space)?.size : undefined;
  const because = indexTrace(trace).step(step.because);
  return (
    <div
      role="row"
      className={`step step-${step.status}${selected ? ' is-selected' : ''}`}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-selected={selected}
      {...(row.expandable ? { 'aria-expanded': open } : {})}
      tabIndex={tabbable ? 0 : -1}
      data-step={step.id}
      data-kind={step.kind}
      style={{ paddingInlineStart: 8 + (row.level - 1) * 20 }}
      onPointerEnter={() => navigation.hover(placeOfStep(trace, step))}
    >
      <span role="gridcell" className="step-main">
        <button
          type="button"
          className="twist"
          tabIndex={-1}
          aria-hidden
          disabled={!row.expandable}
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          {row.expandable ? <ChevronRight className={open ? 'is-open' : ''} /> : null}
        </button>
        <Mark kind={stepMark(step)} quiet={step.status !== 'failed'} />
        <span className="step-title">{words.title}</span>
        {words.code ? (
          <code>
            <Untrusted text={words.code} limit={60} />
          </code>
        ) : null}
        {words.detail ? (
          <span className="step-detail">
            <Untrusted text={words.detail} limit={200} />
          </span>
        ) : null}
        {because ? (
          <button
            type="button"
            className="because"
            tabIndex={-1}
            onClick={(event) => {
              event.stopPropagation();
              navigation.selectStep(because.id);
            }}
          >
            not reached: {stepWords(trace, because).title}
          </button>
        ) : null}
      </span>
      <span role="gridcell" className="step-size">
        {size === undefined ? '' : octets(size)}
      </span>
    </div>
  );
}
