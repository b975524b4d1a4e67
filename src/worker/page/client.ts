/**
 * The page's side of the worker: one warm worker, newest run wins, a watchdog that terminates and restarts
 * (docs/limits.md, "Workers").
 */
import type { CallName, Calls, FromWorker, JudgeAnswer, JudgeCall, ToWorker } from './protocol.ts';

/** What the client needs of a Worker; tests give their own. */
export interface WorkerPort {
  postMessage(message: ToWorker, transfer?: readonly ArrayBuffer[]): void;
  terminate(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: FromWorker }) => void): void;
  addEventListener(type: 'error', listener: (event: { readonly message?: string }) => void): void;
}

export type JudgeOutcome =
  | { readonly type: 'judged'; readonly answer: JudgeAnswer }
  | { readonly type: 'cancelled' }
  /** The watchdog ended a run that gave no sign of life; keys with passwords must be unlocked again. */
  | { readonly type: 'time-limit' }
  | { readonly type: 'defect'; readonly message: string; readonly stack: string };

/** Thrown by calls other than `judge` when the worker throws or is restarted under them. */
export class WorkerDefect extends Error {
  override readonly name = 'WorkerDefect';
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export interface ClientOptions {
  /** Milliseconds without progress after which a run is ended. */
  readonly watchdog?: number;
  /** Milliseconds that a cancelled run may take to stop before the worker is terminated. */
  readonly patience?: number;
  /** Called when the worker had to be restarted: what it held is gone. */
  readonly restarted?: () => void;
}

export interface EngineClient {
  /** Judges; an older run still under way ends as `cancelled`. */
  judge(call: JudgeCall, progress?: (what: string, done: number) => void): Promise<JudgeOutcome>;
  /** Ends the run under way. */
  cancel(): void;
  call<Name extends Exclude<CallName, 'judge'>>(name: Name, send: Calls[Name]['send']): Promise<Calls[Name]['get']>;
  dispose(): void;
}

export function createClient(start: () => WorkerPort, options: ClientOptions = {}): EngineClient {
  const watchdogAfter = options.watchdog ?? 20_000;
  const patience = options.patience ?? 400;
  const waiting = new Map<number, Waiting>();
  const newest = typeof SharedArrayBuffer === 'function' ? new Int32Array(new SharedArrayBuffer(4)) : null;
  let nextId = 1;
  let worker: WorkerPort | null = null;
  let run: {
    id: number;
    /** False while it is held behind a cancelled run. */ posted: boolean;
    settle(outcome: JudgeOutcome): void;
    progress: ((what: string, done: number) => void) | undefined;
    timer: ReturnType<typeof setTimeout> | undefined;
  } | null = null;
  let impatience: ReturnType<typeof setTimeout> | undefined;
  /** A superseded run that the worker may still be busy with. */
  let stopping: number | null = null;
  /** Calls made while a cancelled run may still cost the worker its life: they go once that is decided. */
  let held: (() => void)[] | null = null;

  function release(): void {
    const calls = held ?? [];
    held = null;
    for (const call of calls) call();
  }

  function ensure(): WorkerPort {
    if (worker) return worker;
    const started = start();
    worker = started;
    // A terminated worker may still have a word on the way: only the one in use is heard.
    started.addEventListener('message', ({ data }) => {
      if (worker === started) receive(data);
    });
    started.addEventListener('error', (event) => {
      if (worker !== started) return;
      const message = event.message || 'the worker did not start';
      const failed = run;
      run = null;
      restart();
      clearTimeout(failed?.timer);
      failed?.settle({ type: 'defect', message, stack: '' });
    });
    if (newest) started.postMessage({ call: 'share', newest: newest.buffer });
    return started;
  }

  function restart(): void {
    worker?.terminate();
    worker = null;
    stopping = null;
    clearTimeout(impatience);
    for (const entry of waiting.values()) entry.reject(new WorkerDefect('the worker was restarted'));
    waiting.clear();
    options.restarted?.();
    release();
  }

  function armWatchdog(): void {
    if (!run) return;
    clearTimeout(run.timer);
    run.timer = setTimeout(() => {
      const ended = run;
      run = null;
      restart();
      ended?.settle({ type: 'time-limit' });
    }, watchdogAfter);
  }

  function finish(id: number, outcome: JudgeOutcome): void {
    if (stopping === id) {
      stopping = null;
      clearTimeout(impatience);
      release();
    }
    if (run?.id !== id) return;
    const ended = run;
    run = null;
    clearTimeout(ended.timer);
    ended.settle(outcome);
  }

  function receive(message: FromWorker): void {
    if (message.type === 'ready') return;
    if (message.type === 'progress') {
      if (run?.id === message.id) {
        armWatchdog();
        run.progress?.(message.what, message.done);
      }
      return;
    }
    const entry = waiting.get(message.id);
    if (entry) {
      waiting.delete(message.id);
      if (message.type === 'answer') entry.resolve(message.value);
      else entry.reject(new WorkerDefect(message.type === 'defect' ? message.message : 'cancelled'));
      return;
    }
    if (message.type === 'answer') finish(message.id, { type: 'judged', answer: message.value as JudgeAnswer });
    else if (message.type === 'cancelled') finish(message.id, { type: 'cancelled' });
    else finish(message.id, { type: 'defect', message: message.message, stack: message.stack });
  }

  function abandon(): void {
    if (!run) return;
    const ended = run;
    run = null;
    clearTimeout(ended.timer);
    if (ended.posted) {
      stopping = ended.id;
      if (newest) Atomics.store(newest, 0, -1);
      worker?.postMessage({ call: 'cancel', id: ended.id });
    }
    ended.settle({ type: 'cancelled' });
  }

  return {
    judge(call, progress) {
      abandon();
      const id = nextId++;
      return new Promise((settle) => {
        ensure();
        if (newest) Atomics.store(newest, 0, id);
        run = { id, posted: false, settle, progress, timer: undefined };
        // Behind the calls that are held: a run must see the keys that were given before it.
        const post = () => {
          if (run?.id !== id) return;
          run.posted = true;
          ensure().postMessage({ call: 'judge', id, send: call });
        };
        if (held) held.push(post);
        else post();
        armWatchdog();
      });
    },
    cancel() {
      abandon();
      clearTimeout(impatience);
      if (stopping === null) return;
      held ??= [];
      impatience = setTimeout(() => {
        if (stopping !== null) restart();
        else release();
      }, patience);
    },
    call(name, send) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const post = () => {
          waiting.set(id, { resolve: resolve, reject });
          const message = { call: name, id, send } as ToWorker;
          // Key files are moved, not copied: after this the page holds nothing of them.
          const moved =
            message.call === 'addKeyFiles'
              ? [...new Set(message.send.files.map((file) => file.octets.buffer as ArrayBuffer))]
              : [];
          ensure().postMessage(message, moved);
        };
        if (held) held.push(post);
        else post();
      });
    },
    dispose() {
      abandon();
      worker?.terminate();
      worker = null;
    },
  };
}
