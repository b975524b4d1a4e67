/**
 * The verdict: headline, cause, proof and next act in one band that never scrolls away; eight axes below, each leading
 * to its evidence.
 */
import { CONFIDENCE } from '../../content/data-words.ts';
import { axisDetail } from '../../content/axis-words.ts';
import { findingMessage, findingTitle } from '../../content/findings/on-demand.ts';
import { ArrowRight, Bug, Clock, KeyRound, LoaderCircle } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { AxisName, Finding, Trace } from '../../engine/trace/trace.ts';
import { proofOfFinding } from '../../state/proof.ts';
import { headlineFinding, type RunStatus } from '../../state/run.ts';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import { count } from '../format.ts';
import { AXES, verdictWords } from '../../content/verdicts.ts';
import { axisMark, headlineTone, type Tone } from '../marks.ts';
import { useJudging, useNavigation, useReceiver, useRun, useSubject } from '../bench-context.tsx';
import { DefectActions } from '../workbench/lazy-panels.ts';

const BADGE: Readonly<Record<Tone, MarkKind>> = { pass: 'pass', fail: 'fail', warn: 'warn', none: 'none' };

/** True once `since` lies `delay` milliseconds back: quick runs never flash a spinner. */
function useLater(active: boolean, delay: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setTimeout(() => setLate(true), delay);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [active, delay]);
  return active && late;
}

export interface VerdictBandProps {
  readonly onAddKey: () => void;
  /** The evidence stands in another view. */
  readonly onEvidence?: () => void;
  readonly onTrust?: (() => void) | undefined;
  readonly onSample?: (id: string) => void;
  /** The sample that fails instructively, offered beside one that does not. */
  readonly failing?: { readonly id: string } | undefined;
}

export function VerdictBand({ onAddKey, onEvidence, onTrust, onSample, failing }: VerdictBandProps) {
  // An announced verdict is shown at once; the rest of the page, and with it the end of the run, follows.
  const announced = useRun((run) => run.announced);
  const settled = useRun((run) => run.trace);
  const state = useRun((run) => run.status);
  const trace = announced ?? settled;
  const status = announced ? 'done' : state;
  const running = state === 'running' || state === 'stale';
  const seeking = useRun((run) => run.seeking);
  const checking = useLater(running, 150);
  const long = useLater(running, 1_000);
  const tone = toneOf(status, trace);
  return (
    <section
      className={`verdict verdict-${tone}`}
      aria-label="Verdict"
      aria-busy={running || seeking}
      data-status={status}
      data-headline={trace && status === 'done' ? trace.verdict.headline : undefined}
    >
      <Body
        status={status}
        trace={trace}
        checking={checking}
        onAddKey={onAddKey}
        onEvidence={onEvidence}
        onTrust={onTrust}
        onSample={onSample}
        failing={failing}
      />
      {long && !announced ? <Progress /> : null}
    </section>
  );
}

function toneOf(status: RunStatus, trace: Trace | null): Tone {
  if (status === 'defect' || status === 'time-limit') return 'warn';
  return trace && status !== 'empty' && status !== 'cancelled' ? headlineTone(trace.verdict.headline) : 'none';
}

/** What is said of the message, or why nothing is. */
function Body({
  status,
  trace,
  checking,
  ...judged
}: Omit<JudgedProps, 'trace'> & {
  readonly status: RunStatus;
  readonly trace: Trace | null;
  /** It takes long enough to say so. */
  readonly checking: boolean;
}) {
  switch (status) {
    case 'empty':
      return <Plain tone="none" word="No message." title="Paste, drop or open one to have it judged." />;
    case 'defect':
      return <DefectVerdict />;
    case 'time-limit':
      return (
        <Stopped
          title="Stopped: the engine gave no sign of life for 20 seconds."
          text="The message is kept. The engine was restarted; keys have to be added again."
        />
      );
    case 'cancelled':
      return <Stopped title="Cancelled." text="Nothing is said about this message until a run ends." />;
    default:
      return trace ? (
        <Judged trace={trace} {...judged} />
      ) : (
        <Plain tone="none" word={checking ? 'Checking…' : ''} title={checking ? '' : ' '} />
      );
  }
}

function Plain({ tone, word, title }: { readonly tone: Tone; readonly word: string; readonly title: string }) {
  return (
    <>
      <span className="badge">
        <Mark kind={BADGE[tone]} silent />
      </span>
      <div className="verdict-words" role="status">
        <h1>
          <span>{word}</span> {title}
        </h1>
      </div>
    </>
  );
}

function Stopped({ title, text }: { readonly title: string; readonly text: string }) {
  const judging = useJudging();
  return (
    <>
      <span className="badge">
        <Clock aria-hidden />
      </span>
      <div className="verdict-words" role="status">
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
      <div className="verdict-actions">
        <button type="button" className="control primary" onClick={() => judging.judge()}>
          Check again
        </button>
      </div>
    </>
  );
}

function DefectVerdict() {
  return (
    <>
      <span className="badge">
        <Bug aria-hidden />
      </span>
      <div className="verdict-words" role="status">
        <h1>
          <span>This is our bug.</span> The engine stopped where it should not.
        </h1>
        <p>
          Your message is unchanged and still here. Nothing is said about it. A copied report holds the error and sizes,
          not the message.
        </p>
      </div>
      <div className="verdict-actions">
        <Suspense fallback={null}>
          <DefectActions />
        </Suspense>
      </div>
    </>
  );
}

function Progress() {
  const judging = useJudging();
  const progress = useRun((run) => run.progress);
  return (
    <div className="progress" role="group" aria-label="Progress">
      <LoaderCircle className="spin" aria-hidden />
      <span>
        {progress
          ? `${progress.what.replaceAll('-', ' ')}${progress.done > 0 ? ` · ${count(progress.done)}` : ''}`
          : 'working'}
      </span>
      <span className="progress-bar" aria-hidden>
        <i />
      </span>
      <button type="button" className="control" onClick={() => judging.cancel()}>
        Cancel
      </button>
    </div>
  );
}

interface JudgedProps {
  readonly trace: Trace;
  readonly onTrust: (() => void) | undefined;
  readonly onAddKey: () => void;
  readonly onEvidence: (() => void) | undefined;
  readonly onSample: ((id: string) => void) | undefined;
  readonly failing: { readonly id: string } | undefined;
}

function Judged({ trace, onAddKey, onEvidence, onTrust, onSample, failing: offered }: JudgedProps) {
  const stale = useRun((run) => run.status === 'stale' && run.announced === null);
  const seeking = useRun((run) => run.seeking);
  const { headline } = trace.verdict;
  const words = verdictWords(trace);
  const leading = headlineFinding(trace);
  const proven = leading?.confidence === 'proven';
  return (
    <>
      <span className="badge">
        <Mark kind={BADGE[headlineTone(headline)]} silent />
      </span>
      <div className={`verdict-words${stale ? ' is-stale' : ''}`} role="status" aria-live="polite">
        <h1>
          <span>{words.word}.</span>{' '}
          {leading ? <Untrusted text={`${findingTitle(leading)}.`} limit={240} /> : words.sentence}
        </h1>
        <p>
          {leading ? (
            <span className={`confidence confidence-${leading.confidence}`}>
              {proven ? '✓ ' : ''}
              {CONFIDENCE[leading.confidence]}
            </span>
          ) : null}
          <Untrusted text={leading ? findingMessage(leading) : words.detail} limit={700} />
          {seeking ? <span className="muted"> Looking for the cause …</span> : null}
        </p>
      </div>
      <VerdictActions
        trace={trace}
        leading={leading}
        onAddKey={onAddKey}
        onEvidence={onEvidence}
        onTrust={onTrust}
        onSample={onSample}
        failing={offered}
      />
      <Axes trace={trace} onEvidence={onEvidence} />
    </>
  );
}

/** What to do next, the most helpful act first. */
function VerdictActions({
  trace,
  leading,
  onAddKey,
  onEvidence,
  onTrust,
  onSample,
  failing: offered,
}: JudgedProps & { readonly leading: Finding | null }) {
  const navigation = useNavigation();
  const { headline } = trace.verdict;
  const sample = useSubject((subject) => subject?.sample ?? null);
  const failing = headline === 'valid' && sample !== null && onSample ? offered : undefined;
  const help = headline === 'incomplete';
  const distrusted = headline === 'valid-untrusted' && onTrust !== undefined;
  const proof = leading ? proofOfFinding(trace, leading) : null;
  return (
    <div className="verdict-actions">
      {failing ? (
        <button type="button" className="control" onClick={() => onSample?.(failing.id)}>
          See one that fails
        </button>
      ) : null}
      {distrusted ? (
        <button type="button" className="control primary" onClick={onTrust}>
          Say whom you trust
        </button>
      ) : null}
      {help ? (
        <button type="button" className="control primary" onClick={onAddKey}>
          <KeyRound aria-hidden />
          Add a key
        </button>
      ) : null}
      {leading ? (
        <button
          type="button"
          className={`control${help || distrusted ? '' : ' primary'}`}
          onClick={() => {
            onEvidence?.();
            navigation.selectFinding(leading.id);
            navigation.show({ narrowTab: 'octets' });
          }}
        >
          {proof ? 'Show the proof' : 'Show the evidence'}
          <ArrowRight aria-hidden />
        </button>
      ) : null}
    </div>
  );
}

function Axes({ trace, onEvidence }: { readonly trace: Trace; readonly onEvidence: (() => void) | undefined }) {
  const navigation = useNavigation();
  const at = useReceiver((receiver) => receiver.clock.mode);
  const open = (axis: AxisName) => {
    onEvidence?.();
    const { steps, findings } = trace.verdict.evidence[axis];
    const finding = findings[0];
    const step = steps.find((id) => indexTrace(trace).step(id)?.status === 'failed') ?? steps[0];
    if (finding) navigation.selectFinding(finding);
    else if (step) navigation.selectStep(step);
    navigation.show({
      narrowTab: 'trace',
      leftTab:
        axis === 'trust' && !finding
          ? 'certificates'
          : axis === 'authentication' && !finding && !step
            ? 'tokens'
            : 'trace',
    });
  };
  return (
    <ul className="axes scroll" aria-label="Axes of the verdict" data-clock={at}>
      {AXES.map(({ axis, label, question }) => {
        const mark = axisMark(trace.verdict.axes, axis);
        const detail = axisDetail(trace, axis);
        return (
          <li key={axis}>
            <button
              type="button"
              title={question}
              className={`axis axis-${mark}`}
              onClick={() => open(axis)}
              data-axis={axis}
              data-value={trace.verdict.axes[axis]}
            >
              <Mark kind={mark} />
              <span>
                {label}
                {detail ? (
                  <span className="axis-detail">
                    {' '}
                    · <Untrusted text={detail} limit={60} />
                  </span>
                ) : null}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
