/**
 * The page's side of the worker: one warm worker, jobs that can be cancelled, where it is meant the newest of a lane
 * only, and a watchdog that ends a silent worker and starts another.
 */
import { putBack, type AnswerPart } from './parts.ts';
import { SIGNAL_CELLS, type CallName, type Calls, type FromWorker, type Job, type ToWorker } from './protocol.ts';

/** What the client needs of a Worker; tests give their own. */
export interface WorkerPort {
  postMessage(message: ToWorker, transfer?: readonly ArrayBuffer[]): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromWorker }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
}

/** How a job ended. */
export type Outcome<Value> =
  | { readonly type: 'done'; readonly value: Value }
  /** By the user, by a newer job of its lane, or because everything was wiped. */
  | { readonly type: 'cancelled' }
  /** The watchdog ended a worker that gave no sign of life; keys with passwords must be unlocked again. */
  | { readonly type: 'time-limit' }
  | { readonly type: 'defect'; readonly message: string; readonly stack: string };

/** Thrown by `call` when the worker throws or is restarted under it. */
export class WorkerDefect extends Error {
  override readonly name = 'WorkerDefect';
}

/** Thrown by `call` when the job was cancelled: nobody waits for it any more. */
export class CallCancelled extends Error {
  override readonly name = 'CallCancelled';
}

/** How patient the client is, and who hears that a worker was replaced. */
export interface ClientOptions {
  /** Milliseconds without a sign of life after which a worker that has work is ended. */
  readonly watchdog?: number;
  /** Milliseconds that a cancelled job may take to stop before the worker is terminated. */
  readonly patience?: number;
  /** Called when the worker had to be restarted: what it held is gone. */
  readonly restarted?: () => void;
}

/** How a call is made. */
export interface JobOptions {
  /** A newer job of a lane cancels the older ones; `cancel()` ends every job that has a lane. */
  readonly lane?: string;
  readonly progress?: (what: string, done: number) => void;
}

/** The page's side of the worker. */
export interface EngineClient {
  /** Asks for a job, and says how it ended. Never throws. */
  ask<Name extends CallName>(
    name: Name,
    send: Calls[Name]['send'],
    options?: JobOptions,
  ): Promise<Outcome<Calls[Name]['get']>>;
  /** Asks for a job that answers at once as a rule. Throws {@link WorkerDefect} or {@link CallCancelled}. */
  call<Name extends CallName>(name: Name, send: Calls[Name]['send']): Promise<Calls[Name]['get']>;
  /** Takes back the jobs of one lane; the worker may take its time. */
  drop(lane: string): void;
  /**
   * The user wants an end: takes back the jobs of all lanes, and the reading of key files where the worker is at that.
   * A worker that does not stop soon is replaced.
   */
  cancel(): void;
  /** Overwrites what the worker holds, ends it, and starts another. Resolves when the old one is gone. */
  wipe(): Promise<void>;
  dispose(): void;
}

interface Pending {
  readonly job: Job;
  readonly lane: string | null;
  readonly progress: ((what: string, done: number) => void) | undefined;
  settle(outcome: Outcome<unknown>): void;
  /** What came of its answer. */
  readonly parts: AnswerPart[];
  /** False while it is held behind a cancelled job. */
  posted: boolean;
}

/** Reading these may take long: a password is worth thousands of rounds of hashing. */
const READS_KEYS: ReadonlySet<CallName> = new Set(['addKeyFiles', 'unlock', 'takeAsSecret', 'setTrusted']);

/** Key files are moved, not copied: after this the page holds nothing of them. */
function movedWith(job: Job): readonly ArrayBuffer[] {
  return job.call === 'addKeyFiles'
    ? [...new Set(job.send.files.map((file) => file.octets.buffer as ArrayBuffer))]
    : [];
}

/** How a job ended, by the worker's last word on it. */
function outcomeOf(
  message: Extract<FromWorker, { readonly type: 'answer' | 'cancelled' | 'defect' }>,
  parts: readonly AnswerPart[],
): Outcome<unknown> {
  if (message.type === 'answer') return { type: 'done', value: parts.reduce(putBack, message.value) };
  if (message.type === 'cancelled') return { type: 'cancelled' };
  return { type: 'defect', message: message.message, stack: message.stack };
}

/** A client whose worker is made by `start` when it is first needed, and again when one is lost. */
export function createClient(start: () => WorkerPort, options: ClientOptions = {}): EngineClient {
  return new Client(start, options);
}

class Client implements EngineClient {
  readonly #start: () => WorkerPort;
  readonly #watchdogAfter: number;
  readonly #patience: number;
  readonly #restarted: () => void;
  readonly #signals = typeof SharedArrayBuffer === 'function' ? new SharedArrayBuffer(4 * SIGNAL_CELLS) : null;
  #worker: WorkerPort | null = null;
  #nextId = 1;
  /** Jobs that somebody waits for, in the order in which they were asked for. */
  readonly #pending = new Map<number, Pending>();
  /** Jobs taken back that the worker may still be busy with. */
  readonly #stopping = new Set<number>();
  /** The job that the worker is at. */
  #running: number | null = null;
  /** Jobs asked for while a cancelled one may still cost the worker its life: they go once that is decided. */
  #held: Pending[] | null = null;
  #watchdog: ReturnType<typeof setTimeout> | undefined;
  #impatience: ReturnType<typeof setTimeout> | undefined;
  #wiped: (() => void) | null = null;

  constructor(start: () => WorkerPort, options: ClientOptions) {
    this.#start = start;
    this.#watchdogAfter = options.watchdog ?? 20_000;
    this.#patience = options.patience ?? 400;
    this.#restarted = options.restarted ?? (() => undefined);
  }

  ask<Name extends CallName>(
    name: Name,
    send: Calls[Name]['send'],
    { lane, progress }: JobOptions = {},
  ): Promise<Outcome<Calls[Name]['get']>> {
    if (lane !== undefined) this.drop(lane);
    const job = { call: name, id: this.#nextId++, send } as Job;
    return new Promise((settle) => {
      const pending: Pending = {
        job,
        lane: lane ?? null,
        progress,
        settle: settle as Pending['settle'],
        parts: [],
        posted: false,
      };
      this.#pending.set(job.id, pending);
      if (this.#held) this.#held.push(pending);
      else this.#post(pending);
    });
  }

  async call<Name extends CallName>(name: Name, send: Calls[Name]['send']): Promise<Calls[Name]['get']> {
    const outcome = await this.ask(name, send);
    if (outcome.type === 'done') return outcome.value;
    if (outcome.type === 'cancelled') throw new CallCancelled();
    throw new WorkerDefect(outcome.type === 'defect' ? outcome.message : 'the worker was restarted');
  }

  drop(lane: string): void {
    for (const pending of this.#pending.values()) if (pending.lane === lane) this.#takeBack(pending);
  }

  cancel(): void {
    for (const pending of this.#pending.values()) {
      const { id, call } = pending.job;
      if (pending.lane !== null || (id === this.#running && READS_KEYS.has(call))) this.#takeBack(pending);
    }
    if (this.#stopping.size === 0) return;
    this.#held ??= [];
    clearTimeout(this.#impatience);
    this.#impatience = setTimeout(() => this.#replace({ type: 'cancelled' }), this.#patience);
  }

  async wipe(): Promise<void> {
    for (const pending of this.#pending.values()) this.#takeBack(pending);
    const worker = this.#worker;
    if (worker) {
      this.#held ??= [];
      clearTimeout(this.#impatience);
      await new Promise<void>((resolve) => {
        this.#wiped = resolve;
        this.#impatience = setTimeout(resolve, this.#patience);
        worker.postMessage({ call: 'wipe' });
      });
      this.#wiped = null;
    }
    this.#end();
    this.#release();
    // The next message must not wait for a worker to start.
    this.#ensure();
  }

  dispose(): void {
    for (const pending of this.#pending.values()) this.#takeBack(pending);
    this.#end();
  }

  #ensure(): WorkerPort {
    if (this.#worker) return this.#worker;
    const started = this.#start();
    this.#worker = started;
    // A terminated worker may still have a word on the way: only the one in use is heard.
    started.addEventListener('message', ({ data }) => {
      if (this.#worker === started) this.#receive(data);
    });
    started.addEventListener('error', (event) => {
      if (this.#worker !== started) return;
      this.#replace({ type: 'defect', message: event.message || 'the worker did not start', stack: '' });
    });
    if (this.#signals) started.postMessage({ call: 'share', signals: this.#signals });
    return started;
  }

  #post(pending: Pending): void {
    if (!this.#pending.has(pending.job.id)) return;
    pending.posted = true;
    this.#ensure().postMessage(pending.job, movedWith(pending.job));
    this.#watch();
  }

  /** Any word of the worker is a sign of life of all its jobs: it does one after the other. */
  #watch(): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = [...this.#pending.values()].some((pending) => pending.posted)
      ? setTimeout(() => this.#replace({ type: 'time-limit' }), this.#watchdogAfter)
      : undefined;
  }

  /** Nobody waits for it any more. */
  #takeBack(pending: Pending): void {
    const { id } = pending.job;
    this.#pending.delete(id);
    if (pending.posted) {
      this.#stopping.add(id);
      if (this.#signals) Atomics.store(new Int32Array(this.#signals), id % SIGNAL_CELLS, id);
      this.#worker?.postMessage({ call: 'cancel', id });
    }
    this.#watch();
    pending.settle({ type: 'cancelled' });
  }

  #receive(message: FromWorker): void {
    if (message.type === 'wiped') this.#wiped?.();
    if (message.type === 'ready' || message.type === 'wiped') return;
    const pending = this.#pending.get(message.id);
    if (message.type === 'started') this.#running = message.id;
    else if (message.type === 'progress') pending?.progress?.(message.what, message.done);
    else if (message.type === 'part') pending?.parts.push(message.part);
    else {
      this.#running = null;
      this.#pending.delete(message.id);
      this.#stopped(message.id);
      pending?.settle(outcomeOf(message, pending.parts));
    }
    this.#watch();
  }

  #stopped(id: number): void {
    if (!this.#stopping.delete(id) || this.#stopping.size > 0 || this.#wiped) return;
    clearTimeout(this.#impatience);
    this.#release();
  }

  /** Ends a worker that is of no use any more: whatever was posted to it ends with `outcome`, what was held goes on. */
  #replace(outcome: Outcome<never>): void {
    const lost = [...this.#pending.values()].filter((pending) => pending.posted);
    for (const { job } of lost) this.#pending.delete(job.id);
    this.#end();
    // Keys first: who hears of the outcome may judge again at once.
    this.#restarted();
    for (const pending of lost) pending.settle(outcome);
    this.#release();
  }

  #end(): void {
    clearTimeout(this.#watchdog);
    clearTimeout(this.#impatience);
    this.#worker?.terminate();
    this.#worker = null;
    this.#running = null;
    this.#stopping.clear();
  }

  #release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const pending of held) this.#post(pending);
  }
}
