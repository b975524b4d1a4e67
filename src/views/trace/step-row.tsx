/** One row of the trace. Rows are remembered: a selection redraws two of them, not thousands. */
import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { stepOutcome } from '../../content/step-outcomes.ts';
import { stepLine } from '../../content/steps.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { Step, Trace } from '../../engine/trace/trace.ts';
import { placeOfStep } from '../../state/run.ts';
import type { TraceRow } from '../../state/trace-rows.ts';
import { Mark } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { useNavigation, useRun } from '../bench-context.tsx';
import { octets } from '../../content/page/figures.ts';
import { OPINION, TRACE } from '../../content/page/trace.ts';
import { stepMark } from '../marks.ts';
import { opinionLine } from './opinion-line.ts';

/** What a row is drawn from: it is redrawn only where one of these changes. */
export interface TraceRowProps {
  readonly trace: Trace;
  readonly row: TraceRow;
  /** Number of the row among all, from 1. */
  readonly number: number;
  readonly open: boolean;
  readonly selected: boolean;
  readonly tabbable: boolean;
  /** Pixels above it that stand for rows not drawn. */
  readonly gap: number;
  /** Pixels, where every row must have the same; null where it is as high as its text. */
  readonly height: number | null;
}

/** A row of the trace: a step, or the second opinion. */
export const TraceRowView = memo(function TraceRowView(props: TraceRowProps) {
  const { row, trace, number, selected, tabbable, gap, height } = props;
  const { hover } = useNavigation();
  const step = row.kind === 'step' ? row.step : null;
  return (
    <div
      role="row"
      className={`step step-${step?.status ?? 'passed'}${selected ? ' is-selected' : ''}`}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-rowindex={number}
      aria-selected={selected}
      {...(row.expandable ? { 'aria-expanded': props.open } : {})}
      tabIndex={tabbable ? 0 : -1}
      data-step={row.id}
      data-kind={step?.kind ?? 'second-opinion'}
      style={{
        paddingInlineStart: 8 + (row.level - 1) * 20,
        ...(gap > 0 ? { marginTop: gap } : {}),
        ...(height === null ? {} : { height, minHeight: 0 }),
      }}
      onPointerEnter={step ? () => hover(placeOfStep(trace, step)) : undefined}
    >
      {step ? (
        <StepCells trace={trace} step={step} expandable={row.expandable} open={props.open} />
      ) : (
        <OpinionCells trace={trace} />
      )}
    </div>
  );
});

function OpinionCells({ trace }: { readonly trace: Trace }) {
  const opinions = useRun((run) => run.opinions);
  const { detail, mark } = opinionLine(trace, opinions);
  return (
    <>
      <span role="gridcell" className="step-main">
        <span className="twist" />
        <Mark kind={mark} quiet />
        <span className="step-title">{OPINION.title}</span>
        <span className="step-detail">{detail}</span>
      </span>
      <span role="gridcell" className="step-size">
        {OPINION.signatures(trace.signatures.length)}
      </span>
    </>
  );
}

/** What the buttons in it do is done by the grid: `data-twist` folds, `data-because` leads to the step it names. */
function StepCells({
  trace,
  step,
  expandable,
  open,
}: {
  readonly trace: Trace;
  readonly step: Step;
  readonly expandable: boolean;
  readonly open: boolean;
}) {
  const words = stepLine(trace, step);
  const detail = [words.detail, stepOutcome(step)].filter((part) => part !== '').join(' · ');
  const index = indexTrace(trace);
  const made = step.outputs.find((artifact) => artifact.type === 'octets');
  const size = made?.type === 'octets' ? index.space(made.space)?.size : undefined;
  const because = index.step(step.because);
  return (
    <>
      <span role="gridcell" className="step-main">
        <button type="button" className="twist" tabIndex={-1} aria-hidden disabled={!expandable} data-twist="">
          {expandable ? <ChevronRight className={open ? 'is-open' : ''} /> : null}
        </button>
        <Mark kind={stepMark(step)} quiet={step.status !== 'failed'} />
        <span className="step-title">{words.title}</span>
        {words.code ? (
          <code>
            <Untrusted text={words.code} limit={60} />
          </code>
        ) : null}
        {detail ? (
          <span className="step-detail">
            <Untrusted text={detail} limit={200} />
          </span>
        ) : null}
        {because ? (
          <button type="button" className="because" tabIndex={-1} data-because={because.id}>
            {TRACE.notReached(stepLine(trace, because).title)}
          </button>
        ) : null}
      </span>
      <span role="gridcell" className="step-size">
        {size === undefined ? '' : octets(size)}
      </span>
    </>
  );
}
