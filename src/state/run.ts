/** The run: what the engine said last, and whether it still speaks of the message on the screen. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { INPUT_SPACE, type SourceRange } from '../engine/bytes/source-range.ts';
import type { AxisName, Finding, Headline, Step, Trace } from '../engine/trace/trace.ts';
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { AttachmentSummary, Outline, RunId, SecondOpinionView } from '../worker/page/protocol.ts';
import type { Subject } from './subject.ts';

/** Steps and nodes of a run beyond which what is drawn of it is made piece by piece, with a pause between them. */
export const LONG_RUN = 2_000;

/** What became of the message that was last asked about. */
export type RunStatus =
  /** Nothing to judge. */
  | 'empty'
  /** A first run is under way; there is no verdict yet. */
  | 'running'
  /** A verdict stands, and a newer run is under way. */
  | 'stale'
  | 'done'
  /** Ended by the user. */
  | 'cancelled'
  | 'time-limit'
  /** The engine threw: our own bug. */
  | 'defect';

/** What is known of a stand's last run, and of the one under way. */
export interface RunState {
  readonly status: RunStatus;
  /** The worker's handle of the run that `trace` came from. */
  readonly handle: RunId | null;
  readonly trace: Trace | null;
  /** A verdict that has just come: it is shown first and alone, everything else follows when it is painted. */
  readonly announced: Trace | null;
  /** The message that `trace` speaks of. */
  readonly judged: Subject | null;
  /** The message that a run was asked for last. */
  readonly asked: Subject | null;
  readonly outline: Outline | null;
  /** The outline with what was decrypted in its place; null where nothing was. */
  readonly opened: Outline | null;
  /** MIME parts beside the envelope. */
  readonly attachments: readonly AttachmentSummary[];
  readonly elapsed: number;
  /** What the independent library says: not asked yet, being asked, its opinions, or null where it declines. */
  readonly opinions: 'unasked' | 'asking' | readonly SecondOpinionView[] | null;
  /** The verdict stands and the search for its cause goes on. */
  readonly seeking: boolean;
  /** Counts runs that ended with a verdict; a view that keeps data of a run compares it. */
  readonly serial: number;
  readonly progress: { readonly what: string; readonly done: number } | null;
  /** Milliseconds on the page's clock when the run under way began. */
  readonly since: number;
  readonly defect: { readonly message: string; readonly stack: string } | null;
}

/** The store of one stand's run. */
export type RunStore = StoreApi<RunState>;

/** Nothing was judged. */
export const IDLE_RUN: RunState = {
  status: 'empty',
  handle: null,
  trace: null,
  announced: null,
  judged: null,
  asked: null,
  outline: null,
  opened: null,
  attachments: [],
  opinions: 'unasked',
  elapsed: 0,
  seeking: false,
  serial: 0,
  progress: null,
  since: 0,
  defect: null,
};

/** A store of a run; `initial` is for tests. */
export function createRunStore(initial: Partial<RunState> = {}): RunStore {
  return createStore<RunState>(() => ({ ...IDLE_RUN, ...initial }));
}

/** Whether a search for causes can find anything: it recomputes values, digests and decryptions that fail. */
export function mayHaveCause(trace: Trace): boolean {
  return trace.verdict.axes.signature === 'fail' || trace.verdict.axes.decryption === 'fail';
}

/** The deepest failing step, by order of the trace: what the eye should land on. */
export function firstFailure(trace: Trace): Step | null {
  const failed = trace.steps.filter(
    (step) => step.status === 'failed' && step.kind !== 'verdict' && step.kind !== 'coverage',
  );
  const parents = new Set(failed.map((step) => step.parent));
  return failed.find((step) => !parents.has(step.id)) ?? failed[0] ?? null;
}

/** The finding that explains the verdict best: the first error, else the first warning; root causes stand first. */
export function leadingFinding(trace: Trace): Finding | null {
  return (
    trace.findings.find((finding) => finding.severity === 'error') ??
    trace.findings.find((finding) => finding.severity === 'warning') ??
    null
  );
}

/** Headlines about one axis: what else was found does not explain them. */
const AXIS_OF: Readonly<Partial<Record<Headline, AxisName>>> = {
  'valid-untrusted': 'trust',
  'valid-stale': 'freshness',
  'valid-partial': 'coverage',
};

/** The finding that the headline comes from, or null where its own sentence says all. */
export function headlineFinding(trace: Trace): Finding | null {
  const { headline, evidence } = trace.verdict;
  if (headline === 'valid') return null;
  const axis = AXIS_OF[headline];
  if (axis === undefined) return leadingFinding(trace);
  const own = new Set(evidence[axis].findings);
  for (const step of trace.steps) if (step.kind === axis) for (const finding of step.findings) own.add(finding);
  return trace.findings.find((finding) => finding.severity !== 'note' && own.has(finding.id)) ?? null;
}

/**
 * What of the message a step is about, for eyes: the element that a reference covers rather than the ds:Reference that
 * names it.
 */
export function placeOfStep(trace: Trace, step: Step): SourceRange | null {
  if (step.kind !== 'signature') {
    const target = indexTrace(trace).referenceOf(step.id)?.target;
    if (target) return { space: target.space, start: target.start, end: target.end };
  }
  return step.range;
}

/** Where in the message a range stands: octets that were decrypted stand where their ciphertext does. */
export function inMessage(trace: Trace | null, range: SourceRange | null): SourceRange | null {
  if (!trace) return range;
  let place = range;
  for (let hops = 0; place && place.space !== INPUT_SPACE && hops < 16; hops++) {
    const { space } = place;
    const part = trace.encrypted.find((candidate) => candidate.space === space);
    if (!part) break;
    place = { space: part.target.space, start: part.target.start, end: part.target.end };
  }
  return place;
}
