/**
 * The verdict: headline, cause, proof and next act in one band that never scrolls away; eight axes below, each leading
 * to its evidence.
 */
import { CONFIDENCE } from '../../content/data-words.ts';
import { axisDetail } from '../../content/axis-words.ts';
import { ArrowRight, Bug, Clock, KeyRound, LoaderCircle } from 'lucide-react';
import { Suspense, useEffect, useState } from 'react';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { AxisName, Finding, Trace } from '../../engine/trace/trace.ts';
import { proofOfFinding } from '../../state/proof.ts';
import { headlineFinding, type RunStatus } from '../../state/run.ts';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { Untrusted } from '../../ui/untrusted.tsx';
import {
  NO_VERDICT,
  PROGRESS,
  progressWords,
  PROVEN_TICK,
  VERDICT_ACTS,
  VERDICT_BAND,
} from '../../content/page/verdict.ts';
import { AXES, verdictWords } from '../../content/verdicts.ts';
import { axisMark, headlineTone, type Tone } from '../marks.ts';
import { useFindingWords, useJudging, useNavigation, useReceiver, useRun, useSubject } from '../bench-context.tsx';
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

/** The ways that lead out of the band; each is offered where it is given. */
export interface VerdictBandProps {
  readonly onAddKey: () => void;
  /** The evidence stands in another view. */
  readonly onEvidence?: () => void;
  readonly onTrust?: (() => void) | undefined;
  readonly onSample?: (id: string) => void;
  /** The sample that fails instructively, offered beside one that does not. */
  readonly failing?: { readonly id: string } | undefined;
}

/** The verdict that stands, or why there is none. */
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
      aria-label={VERDICT_BAND.label}
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
      return <Plain tone="none" word={NO_VERDICT.empty.title} title={NO_VERDICT.empty.text} />;
    case 'defect':
      return <DefectVerdict />;
    case 'time-limit':
      return <Stopped {...NO_VERDICT.timeLimit} />;
    case 'cancelled':
      return <Stopped {...NO_VERDICT.cancelled} />;
    default:
      return trace ? (
        <Judged trace={trace} {...judged} />
      ) : (
        <Plain tone="none" word={checking ? VERDICT_BAND.checking : ''} title={checking ? '' : ' '} />
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
          {VERDICT_ACTS.again}
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
          <span>{NO_VERDICT.defect.title}</span> {NO_VERDICT.defect.sentence}
        </h1>
        <p>{NO_VERDICT.defect.text}</p>
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
    <div className="progress" role="group" aria-label={PROGRESS}>
      <LoaderCircle className="spin" aria-hidden />
      <span>{progressWords(progress)}</span>
      <span className="progress-bar" aria-hidden>
        <i />
      </span>
      <button type="button" className="control" onClick={() => judging.cancel()}>
        {VERDICT_ACTS.cancel}
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
  const findings = useFindingWords();
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
          {leading ? <Untrusted text={`${findings.title(leading)}.`} limit={240} /> : words.sentence}
        </h1>
        <p>
          {leading ? (
            <span className={`confidence confidence-${leading.confidence}`}>
              {proven ? PROVEN_TICK : ''}
              {CONFIDENCE[leading.confidence]}
            </span>
          ) : null}
          <Untrusted text={leading ? findings.message(leading) : words.detail} limit={700} />
          {seeking ? <span className="muted"> {VERDICT_BAND.seeking}</span> : null}
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

/** What is missing are octets: no key brings them back. */
const WITHOUT_OCTETS: ReadonlySet<string> = new Set([
  'captured-not-wire',
  'attachment-cid-not-found',
  'external-reference-not-supplied',
  'reference-without-uri',
]);

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
  // A key helps where something was left open for want of one.
  const { signature, decryption, authentication } = trace.verdict.axes;
  const open = headline === 'incomplete' && [signature, decryption, authentication].includes('unknown');
  const help = open && !WITHOUT_OCTETS.has(leading?.code ?? '');
  const distrusted = headline === 'valid-untrusted' && onTrust !== undefined;
  const proof = leading ? proofOfFinding(trace, leading) : null;
  return (
    <div className="verdict-actions">
      {failing ? (
        <button type="button" className="control" onClick={() => onSample?.(failing.id)}>
          {VERDICT_ACTS.failingSample}
        </button>
      ) : null}
      {distrusted ? (
        <button type="button" className="control primary" onClick={onTrust}>
          {VERDICT_ACTS.trust}
        </button>
      ) : null}
      {help ? (
        <button type="button" className="control primary" onClick={onAddKey}>
          <KeyRound aria-hidden />
          {VERDICT_ACTS.addKey}
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
          {proof ? VERDICT_ACTS.proof : VERDICT_ACTS.evidence}
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
    <ul className="axes scroll" aria-label={VERDICT_BAND.axes} data-clock={at}>
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
