/** Judging: one run a message; its causes are looked for on that same run, and only where something failed. */
import type { Trace } from '../../engine/trace/trace.ts';
import { indexTrace } from '../../engine/trace/trace-index.ts';
import type { Outcome } from '../../worker/page/client.ts';
import { explainedTrace } from '../../worker/page/explained.ts';
import type { JudgeAnswer, JudgeCall } from '../../worker/page/protocol.ts';
import { currentStand, type Bench } from '../bench.ts';
import { keySetsOf } from '../keys.ts';
import { judgedAt, type ReceiverState } from '../receiver.ts';
import { LONG_RUN, mayHaveCause, type RunState } from '../run.ts';
import type { Subject } from '../subject.ts';
import type { Stand } from '../subjects.ts';
import { landOnResult, leaveProof } from './navigation.ts';

/** Judging and explaining of one stand: whatever is asked for later replaces what is under way. */
function laneOf(stand: Stand): string {
  return `judge:${stand.id}`;
}

function judgeCall(bench: Bench, stand: Stand, subject: Subject): JudgeCall {
  const { clock, request, attachments, skewSeconds, ttlSeconds, receiverActor, idAttributes } =
    stand.receiver.getState();
  return {
    octets: subject.octets,
    request: request?.octets ?? null,
    attachments: attachments.map(({ name, octets }) => [name, octets] as const),
    settings: { ...judgedAt(clock, bench.ports.now()), skewSeconds, ttlSeconds, receiverActor, idAttributes },
    keySets: keySetsOf(stand.id),
  };
}

/** Judges what is on the stand, then looks for causes where something failed. Resolves when both are done. */
export async function judge(bench: Bench, stand: Stand = currentStand(bench)): Promise<void> {
  const { subject } = stand.message.getState();
  if (!subject) return;
  const before = stand.run.getState();
  stand.run.setState({
    status: before.trace ? 'stale' : 'running',
    asked: subject,
    announced: null,
    seeking: false,
    progress: null,
    since: bench.ports.now(),
    defect: null,
  });
  const outcome = await bench.ports.client.ask('judge', judgeCall(bench, stand, subject), {
    lane: laneOf(stand),
    progress: (what, done) => stand.run.setState({ progress: { what, done } }),
  });
  const landed = await landVerdict(bench, stand, subject, outcome, () => before.judged !== subject);
  if (landed && stand.run.getState().seeking) await explain(bench, stand);
}

/** Looks for the causes of what failed, on the run that stands; the verdict stays what it is. */
async function explain(bench: Bench, stand: Stand = currentStand(bench)): Promise<void> {
  const { handle, serial, trace: judged } = stand.run.getState();
  if (handle === null || judged === null) return;
  const landed = stand.selection.getState();
  stand.run.setState({ seeking: true });
  const outcome = await bench.ports.client.ask('explain', { run: handle }, { lane: laneOf(stand) });
  const now = stand.run.getState();
  // A newer run, an edit or a cancel since then has said by itself what is sought.
  if (outcome.type === 'cancelled' || now.handle !== handle || now.serial !== serial) return;
  if (outcome.type !== 'done' || outcome.value === null) {
    stand.run.setState({ seeking: false, ...(outcome.type === 'done' ? {} : ended(outcome)) });
    return;
  }
  const trace = explainedTrace(judged, outcome.value);
  const { elapsed } = outcome.value;
  stand.run.setState({ trace, seeking: false, elapsed: now.elapsed + elapsed, serial: serial + 1 });
  // Whoever looked at something else meanwhile stays there.
  const selection = stand.selection.getState();
  const untouched = landed.by === null && selection.step === landed.step && selection.finding === landed.finding;
  if (untouched) landOnResult(stand);
  else leaveProof(stand);
}

function ended(
  outcome: Exclude<Outcome<unknown>, { readonly type: 'done' | 'cancelled' }>,
): Pick<RunState, 'status' | 'announced' | 'progress' | 'defect'> {
  return outcome.type === 'time-limit'
    ? { status: 'time-limit', announced: null, progress: null, defect: null }
    : {
        status: 'defect',
        announced: null,
        progress: null,
        defect: { message: outcome.message, stack: outcome.stack },
      };
}

/** Shows what a run ended with. False where it ended without a trace of the message on the screen. */
async function landVerdict(
  bench: Bench,
  stand: Stand,
  subject: Subject,
  outcome: Outcome<JudgeAnswer>,
  landAnew: () => boolean,
): Promise<boolean> {
  // An edit since then waits for its own run: an answer about the older text must not be shown for it.
  if (outcome.type === 'cancelled' || stand.message.getState().subject !== subject) return false;
  if (outcome.type !== 'done') {
    stand.run.setState(ended(outcome));
    return false;
  }
  const { run: handle, trace, outline, opened, attachments, elapsed } = outcome.value;
  const { since } = stand.run.getState();
  // What is valid is said without a finding: their words come behind it.
  if (trace.verdict.headline !== 'valid') await bench.ports.findings.load();
  // A newer run, message or cancel takes the verdict back.
  const overtaken = () => {
    const now = stand.run.getState();
    const underWay = now.status === 'running' || now.status === 'stale';
    return !underWay || now.since !== since || stand.message.getState().subject !== subject;
  };
  if (overtaken()) return false;
  if (bench.ports.painted) {
    stand.run.setState({ announced: trace });
    await bench.ports.painted();
    if (stand.run.getState().announced !== trace) return false;
  }
  await bench.ports.findings.load();
  await readied(bench, trace);
  if (overtaken()) return false;
  stand.run.setState((previous) => ({
    status: 'done',
    announced: null,
    handle,
    trace,
    judged: subject,
    outline,
    opened,
    attachments,
    opinions: 'unasked',
    elapsed,
    serial: previous.serial + 1,
    seeking: mayHaveCause(trace),
    progress: null,
  }));
  const { step } = stand.selection.getState();
  if (landAnew() || !indexTrace(trace).step(step)) landOnResult(stand);
  else leaveProof(stand);
  return true;
}

/** Look-ups in a long trace are built in a turn of their own, before anything is drawn with them. */
async function readied({ ports: { pause } }: Bench, trace: Trace): Promise<void> {
  if (!pause || trace.steps.length <= LONG_RUN) return;
  await pause();
  indexTrace(trace);
  await pause();
}

/** Changes what a receiver would be told (clock, skew, actor …) and judges again. */
export function configure(bench: Bench, change: Partial<ReceiverState>, stand: Stand = currentStand(bench)): void {
  stand.receiver.setState(change);
  void judge(bench, stand);
}

/** Ends everything that is under way; what was judged stays. */
export function cancel(bench: Bench): void {
  bench.ports.client.cancel();
  for (const { run, message } of bench.subjects.getState().stands) {
    const { subject } = message.getState();
    if (!subject) continue;
    run.setState((state) => ({
      status: state.judged === subject ? 'done' : 'cancelled',
      announced: null,
      seeking: false,
      progress: null,
    }));
  }
}
