/**
 * The workbench: the slices together, and the acts that change them. Everything the interface does goes through here.
 */
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { SourceRange } from '../engine/bytes/source-range.ts';
import type { Finding, Step, Trace } from '../engine/trace/trace.ts';
import { CallCancelled, WorkerDefect, type EngineClient, type Outcome } from '../worker/page/client.ts';
import type { JudgeAnswer, JudgeCall, KeyFileInput, KeyRing } from '../worker/page/protocol.ts';
import type { PaneActions } from './editor-contract.ts';
import { sortFiles, type IncomingFile } from './files.ts';
import { createLayoutStore, type LayoutStore, type Storage } from './layout.ts';
import { createPanesStore, type PanesStore } from './panes/panes.ts';
import { proofOf, proofOfFinding, subjectOf } from './proof.ts';
import {
  createRunStore,
  firstFailure,
  inMessage,
  leadingFinding,
  mayHaveCause,
  placeOfStep,
  type RunStore,
} from './run.ts';
import type { LoadedSample } from '../content/samples/sample.ts';
import { createSelectionStore, NO_SELECTION, sameRange, type RightTab, type SelectionStore } from './selection.ts';
import {
  createSessionStore,
  judgedAt,
  NO_KEYS,
  type MessageInput,
  type SessionState,
  type SessionStore,
} from './session.ts';

/** Pause after an edit before it is judged, in milliseconds. */
const EDIT_PAUSE = 120;

/** Stands for a step in the selection: the second opinion is no part of the trace. */
export const SECOND_OPINION = 'second-opinion';

export interface WorkbenchPorts {
  readonly client: EngineClient;
  readonly storage?: Storage;
  readonly now: () => number;
  readonly findingTitle: (finding: Finding) => string;
  /**
   * Resolves when what the stores said last is on the screen: a verdict is shown before everything that is drawn for
   * it.
   */
  readonly painted?: () => Promise<void>;
}

export interface LoadReport {
  readonly message: string | null;
  readonly request: string | null;
  readonly keys: readonly string[];
  readonly left: readonly string[];
}

export interface Workbench {
  readonly session: SessionStore;
  readonly run: RunStore;
  readonly selection: SelectionStore;
  readonly layout: LayoutStore;
  readonly panes: PanesStore;
  readonly client: EngineClient;
  readonly pane: PaneActions;
  /** Takes files of any kind, several at once, sorted by their octets; judges. */
  load(files: readonly IncomingFile[], origin: 'file' | 'pasted'): Promise<LoadReport>;
  loadSample(sample: LoadedSample): Promise<void>;
  addKeys(
    files: readonly IncomingFile[],
    options?: { readonly trusted?: boolean; readonly secret?: boolean; readonly keyName?: string },
  ): Promise<void>;
  unlock(file: string, alias: string | null, password: string): Promise<void>;
  /** Takes a file that is no key file as the octets of a shared secret, for any name or for one. */
  takeAsSecret(file: string, keyName: string | null): Promise<void>;
  removeKeyFile(file: string): Promise<void>;
  setTrusted(file: string, trusted: boolean): Promise<void>;
  addUser(name: string, password: string): Promise<void>;
  removeUser(name: string): Promise<void>;
  /** Changes what a receiver would be told (clock, skew, actor …) and judges anew. */
  configure(
    change: Partial<
      Pick<
        SessionState,
        'clock' | 'skewSeconds' | 'ttlSeconds' | 'receiverActor' | 'idAttributes' | 'request' | 'attachments'
      >
    >,
  ): void;
  clearMessage(): void;
  /** Forgets every key, password, message and result. */
  wipe(): Promise<void>;
  cancel(): void;
  judge(): void;
  selectStep(id: string, options?: { readonly tab?: RightTab }): void;
  selectFinding(id: string): void;
  /** Selects the second opinion, and asks for it where that was not done since the last run. */
  askOpinion(): Promise<void>;
  moveFinding(by: 1 | -1): void;
  /** To be called by whoever owns the worker, when it had to be restarted. */
  keysLost(): void;
}

export function createWorkbench(ports: WorkbenchPorts): Workbench {
  const { client } = ports;
  const session = createSessionStore();
  const run = createRunStore();
  const selection = createSelectionStore();
  const layout = createLayoutStore(ports.storage ?? null);
  const panes = createPanesStore(session, run, ports.findingTitle);
  let editTimer: ReturnType<typeof setTimeout> | undefined;
  let nextFile = 1;
  let sampleUsers: readonly string[] = [];

  async function judge(): Promise<void> {
    clearTimeout(editTimer);
    const state = session.getState();
    const { message } = state;
    if (!message) return;
    const before = run.getState();
    run.setState({
      status: before.trace ? 'stale' : 'running',
      announced: null,
      seeking: false,
      progress: null,
      since: ports.now(),
      defect: null,
    });
    const call: Omit<JudgeCall, 'settings'> = {
      octets: message.octets,
      request: state.request?.octets ?? null,
      attachments: state.attachments.map(({ name, octets }) => [name, octets] as const),
    };
    const settings = {
      at: judgedAt(state.clock, ports.now()),
      skewSeconds: state.skewSeconds,
      ttlSeconds: state.ttlSeconds,
      receiverActor: state.receiverActor,
      idAttributes: state.idAttributes,
    };
    const ask = (diagnosis: boolean) =>
      client.ask(
        'judge',
        { ...call, settings: { ...settings, diagnosis } },
        { lane: 'judge', progress: (what, done) => run.setState({ progress: { what, done } }) },
      );
    // The verdict first, its cause after it: the search recomputes many digests, and nobody should wait for it while
    // typing.
    const verdict = await ask(false);
    if (!(await take(verdict, message, () => before.judged !== message, true)) || !run.getState().seeking) return;
    const landed = selection.getState();
    const cause = await ask(true);
    // Whoever looked at something else meanwhile stays there.
    const untouched = () =>
      landed.by === null &&
      selection.getState().step === landed.step &&
      selection.getState().finding === landed.finding;
    if (!(await take(cause, message, untouched, false))) run.setState({ seeking: false });
  }

  /** Shows what a run ended with. False where it ended without a trace of the message on the screen. */
  async function take(
    outcome: Outcome<JudgeAnswer>,
    message: MessageInput,
    landAnew: () => boolean,
    seek: boolean,
  ): Promise<boolean> {
    // An edit since then waits for its own run: an answer about the older text must not be shown for it.
    if (outcome.type === 'cancelled' || session.getState().message !== message) return false;
    if (outcome.type === 'done') {
      const { run: handle, trace, outline, opened, attachments, elapsed } = outcome.value;
      if (ports.painted) {
        run.setState({ announced: trace });
        await ports.painted();
        // A newer run, message or cancel takes the announcement back.
        if (run.getState().announced !== trace) return false;
      }
      run.setState((previous) => ({
        status: 'done',
        announced: null,
        handle,
        trace,
        judged: message,
        outline,
        opened,
        attachments,
        opinions: 'unasked',
        elapsed,
        serial: previous.serial + 1,
        seeking: seek && mayHaveCause(trace),
        progress: null,
      }));
      if (landAnew() || !trace.steps.some((step) => step.id === selection.getState().step)) land();
      else leaveProof();
      return true;
    }
    if (outcome.type === 'time-limit') run.setState({ status: 'time-limit', announced: null, progress: null });
    else run.setState({ status: 'defect', progress: null, defect: { message: outcome.message, stack: outcome.stack } });
    return false;
  }

  /**
   * After a first verdict the eye should land on what failed, or on the first signature's octets, or on what was
   * decrypted.
   */
  function land(): void {
    const { trace } = run.getState();
    if (!trace) return;
    const index = indexTrace(trace);
    const leading = leadingFinding(trace);
    const failure =
      (leading?.severity === 'error' ? index.step(leading.step) : null) ?? firstFailure(trace) ?? undefined;
    const cause = failure ? subjectOf(trace, failure) : undefined;
    const body = index.references.find(
      (reference) => reference.target !== null && /[:/]Body(?:\[\d+\])?$/.test(reference.target.path),
    );
    const step =
      cause ??
      trace.steps.find((candidate) => (body ? candidate.id === body.step : candidate.kind === 'reference')) ??
      trace.steps.find((candidate) => candidate.kind === 'encrypted-data') ??
      trace.steps[0];
    selection.setState({
      step: step?.id ?? null,
      finding: leading?.id ?? null,
      range: inMessage(trace, landingPlace(trace, leading, step)),
      by: null,
      hover: null,
      inspected: null,
      rightTab: !failure ? 'octets' : leading && proofOfFinding(trace, leading) ? 'proof' : 'explain',
    });
  }

  function setMessage(message: MessageInput, more: Partial<SessionState> = {}): void {
    session.setState({ ...more, message });
    selection.setState({
      ...NO_SELECTION,
      leftTab: selection.getState().leftTab,
      rightTab: selection.getState().rightTab,
      narrowTab: 'message',
    });
    run.setState({
      status: 'running',
      handle: null,
      trace: null,
      announced: null,
      outline: null,
      opened: null,
      judged: null,
      defect: null,
    });
  }

  async function withKeys(change: Promise<KeyRing>): Promise<void> {
    await orDefect(async () => {
      session.setState({ keys: await change, keysLost: false });
      void judge();
    });
  }

  /** A worker that throws or does not start is a defect of ours, whatever was asked of it. */
  async function orDefect(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (error instanceof CallCancelled) return;
      if (!(error instanceof WorkerDefect)) throw error;
      run.setState({ status: 'defect', progress: null, defect: { message: error.message, stack: error.stack ?? '' } });
    }
  }

  /** A sample's keys go with it: they must not judge, or be trusted for, a message of the user's. */
  async function dropSampleKeys(): Promise<void> {
    let { keys } = session.getState();
    for (const file of keys.files) {
      if (file.id.startsWith('sample')) keys = await client.call('removeKeyFile', { file: file.id });
    }
    for (const name of sampleUsers) keys = await client.call('removeUser', { name });
    sampleUsers = [];
    session.setState({ keys });
  }

  const incoming = (
    files: readonly IncomingFile[],
    options: { readonly trusted?: boolean; readonly secret?: boolean; readonly keyName?: string } = {},
  ): KeyFileInput[] =>
    files.map((file) => ({
      id: `file${nextFile++}`,
      name: file.name,
      octets: file.octets,
      trusted: options.trusted ?? false,
      ...(options.secret ? { secret: true } : {}),
      ...(options.keyName ? { keyName: options.keyName } : {}),
    }));

  const pane: PaneActions = {
    hover(over) {
      const range = inMessage(run.getState().trace, over);
      if (!sameRange(selection.getState().hover, range)) selection.setState({ hover: range });
    },
    select(range, by) {
      selection.setState({ range, by, caret: range.start });
    },
    caret(octet) {
      selection.setState({ caret: octet });
    },
    edit(octets) {
      const { message } = session.getState();
      session.setState({ message: { octets, name: message?.name ?? 'message.xml', origin: 'edited' }, sample: null });
      run.setState((state) => ({ status: state.trace ? 'stale' : 'running', announced: null }));
      clearTimeout(editTimer);
      editTimer = setTimeout(() => void judge(), EDIT_PAUSE);
    },
    open({ step, finding }) {
      if (finding !== null) selectFinding(finding);
      else if (step !== null) selectStep(step);
    },
  };

  function selectStep(id: string, options: { readonly tab?: RightTab } = {}): void {
    const { trace } = run.getState();
    const step = trace && indexTrace(trace).step(id);
    if (!trace || !step) return;
    selection.setState({
      step: id,
      finding: step.findings[0] ?? null,
      range: inMessage(trace, placeOfStep(trace, step)),
      by: 'trace',
      ...(options.tab ? { rightTab: options.tab } : {}),
    });
    leaveProof();
  }

  /** The proof of something else than what is selected proves nothing here. */
  function leaveProof(): void {
    const { trace } = run.getState();
    const { rightTab, finding, step } = selection.getState();
    if (rightTab === 'proof' && !(trace && proofOf(trace, finding, step))) selection.setState({ rightTab: 'explain' });
  }

  async function askOpinion(): Promise<void> {
    const { handle, opinions } = run.getState();
    selection.setState({ step: SECOND_OPINION, finding: null, by: 'trace', rightTab: 'explain' });
    if (handle === null || opinions !== 'unasked') return;
    run.setState({ opinions: 'asking' });
    const outcome = await client.ask('secondOpinion', { run: handle }, { lane: 'opinion' });
    const given = outcome.type === 'done' ? outcome.value : null;
    if (run.getState().handle === handle) run.setState({ opinions: given });
  }

  function selectFinding(id: string): void {
    const { trace } = run.getState();
    const finding = trace && indexTrace(trace).finding(id);
    if (!trace || !finding) return;
    const own = indexTrace(trace).step(finding.step);
    selection.setState((state) => ({
      finding: id,
      step: own ? subjectOf(trace, own).id : state.step,
      range: inMessage(trace, finding.ranges[0] ?? null),
      by: 'findings',
      rightTab: proofOfFinding(trace, finding) ? 'proof' : 'explain',
    }));
  }

  return {
    session,
    run,
    selection,
    layout,
    panes,
    client,
    pane,
    selectStep,
    selectFinding,
    askOpinion,
    judge: () => void judge(),
    async load(files, origin) {
      const sorted = sortFiles(files);
      const report: LoadReport = {
        message: sorted.message?.name ?? null,
        request: sorted.request?.name ?? null,
        keys: sorted.keys.map((file) => file.name),
        left: sorted.left.map((file) => file.name),
      };
      const request = sorted.request ? { octets: sorted.request.octets, name: sorted.request.name, origin } : null;
      await orDefect(async () => {
        if (sorted.message) {
          await dropSampleKeys();
          setMessage(
            { octets: sorted.message.octets, name: sorted.message.name, origin },
            { sample: null, request, attachments: [], clock: { mode: 'now' }, receiverActor: null },
          );
        }
        if (sorted.keys.length > 0) {
          session.setState({
            keys: await client.call('addKeyFiles', { files: incoming(sorted.keys) }),
            keysLost: false,
          });
        }
        void judge();
      });
      return report;
    },
    loadSample: (sample) =>
      orDefect(async () => {
        await dropSampleKeys();
        setMessage(
          { octets: sample.message.octets, name: sample.message.name, origin: 'sample' },
          {
            sample: sample.id,
            request: null,
            attachments: [],
            clock: { mode: 'generated', at: sample.at },
            skewSeconds: 60,
            ttlSeconds: null,
            receiverActor: null,
            idAttributes: [],
            keysLost: false,
          },
        );
        sampleUsers = sample.users.map((user) => user.name);
        // The worker does what it is asked in order: the run can be asked for at once and sees these keys.
        const rings = [
          ...(sample.keys.length > 0
            ? [
                client.call('addKeyFiles', {
                  files: sample.keys.map((file) => ({
                    id: `sample${nextFile++}`,
                    ...file,
                    octets: file.octets.slice(),
                  })),
                }),
              ]
            : []),
          ...sample.users.map((user) => client.call('addUser', user)),
        ];
        const judged = judge();
        const keys = (await Promise.all(rings)).at(-1);
        if (keys) session.setState({ keys });
        await judged;
      }),
    addKeys: (files, options) => withKeys(client.call('addKeyFiles', { files: incoming(files, options) })),
    unlock: (file, alias, password) => withKeys(client.call('unlock', { file, alias, password })),
    takeAsSecret: (file, keyName) => withKeys(client.call('takeAsSecret', { file, keyName })),
    removeKeyFile: (file) => withKeys(client.call('removeKeyFile', { file })),
    setTrusted: (file, trusted) => withKeys(client.call('setTrusted', { file, trusted })),
    addUser: (name, password) => withKeys(client.call('addUser', { name, password })),
    removeUser: (name) => withKeys(client.call('removeUser', { name })),
    configure(change) {
      session.setState(change);
      void judge();
    },
    clearMessage() {
      client.cancel();
      session.setState({ message: null, request: null, attachments: [], sample: null });
      run.setState({
        status: 'empty',
        handle: null,
        trace: null,
        announced: null,
        outline: null,
        opened: null,
        judged: null,
        defect: null,
        progress: null,
      });
      selection.setState(NO_SELECTION);
    },
    async wipe() {
      session.setState({
        message: null,
        request: null,
        attachments: [],
        sample: null,
        keys: NO_KEYS,
        clock: { mode: 'now' },
        ttlSeconds: null,
        receiverActor: null,
        idAttributes: [],
        keysLost: false,
      });
      run.setState({
        status: 'empty',
        handle: null,
        trace: null,
        announced: null,
        outline: null,
        opened: null,
        judged: null,
        defect: null,
        progress: null,
      });
      selection.setState(NO_SELECTION);
      await client.wipe();
    },
    cancel() {
      client.cancel();
      run.setState((state) => ({
        status: state.judged && state.judged === session.getState().message ? 'done' : 'cancelled',
        announced: null,
        seeking: false,
        progress: null,
      }));
    },
    moveFinding(by) {
      const findings = run.getState().trace?.findings ?? [];
      if (findings.length === 0) return;
      const at = findings.findIndex((finding) => finding.id === selection.getState().finding);
      const next = findings[(at + by + findings.length) % findings.length];
      if (next) selectFinding(next.id);
    },
    keysLost() {
      const had = session.getState().keys.files.length + session.getState().keys.users.length > 0;
      session.setState({ keys: NO_KEYS, keysLost: had });
    },
  };
}

/**
 * Where the eye should land: on what a reference covers rather than on the ds:Reference, else on the finding's own
 * place.
 */
function landingPlace(trace: Trace, leading: Finding | null, step: Step | undefined): SourceRange | null {
  const place = step ? placeOfStep(trace, step) : null;
  const own = leading?.severity === 'error' ? (leading.ranges[0] ?? null) : null;
  if (!own) return place;
  const inReference = trace.signatures.some((signature) =>
    signature.references.some(
      (reference) =>
        reference.range.start <= own.start && own.end <= reference.range.end && reference.range.space === own.space,
    ),
  );
  return inReference && place ? place : own;
}

/** The range of the input a selection names, where it names one there. */
export function inInput(range: SourceRange | null): SourceRange | null {
  return range?.space === 'input' ? range : null;
}
