/**
 * The worker's one queue: what the page asks for is done one after the other, so that a run sees the keys as they were
 * when it was asked for. Every job can say how far it is, and be cancelled before and while it runs.
 */
import { cutIntoParts } from '../page/parts.ts';
import { SIGNAL_CELLS, type FromWorker } from '../page/protocol.ts';

/** Milliseconds between two reports of progress. */
const PROGRESS_PAUSE = 50;

/** What a job sees of its queue. */
export interface JobControl {
  readonly id: number;
  /** The page no longer wants this job. */
  cancelled(): boolean;
  /** Says how far the job is; throws {@link JobCancelled} where the page no longer wants it. */
  between(what: string, done: number): void;
  /** As {@link between}, but never throws: for work that asks by itself whether it is cancelled. */
  progress(what: string, done: number): void;
}

/** Ends a job that the page no longer wants. Never leaves the queue. */
class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
}

/** What the queue needs of the worker's surroundings. */
export interface JobPorts {
  say(message: FromWorker): void;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** One job at a time, in the order in which they came. */
export class JobQueue {
  readonly #ports: JobPorts;
  /** Jobs that are queued or under way, and whether the page took them back; forgotten once answered. */
  readonly #cancelled = new Map<number, boolean>();
  /** Shared with the page: its cell `id % SIGNAL_CELLS` holds the id of a job that is cancelled. */
  #signals: Int32Array | null = null;
  #last: Promise<void> = Promise.resolve();

  constructor(ports: JobPorts) {
    this.#ports = ports;
  }

  /** Jobs queued or under way. */
  get size(): number {
    return this.#cancelled.size;
  }

  /**
   * Takes memory that the page writes cancelled ids to: they are seen in the middle of work that lets no message in.
   */
  share(signals: SharedArrayBuffer): void {
    this.#signals = new Int32Array(signals);
  }

  add(id: number, work: (control: JobControl) => Promise<unknown>): void {
    this.#cancelled.set(id, false);
    this.#last = this.#last.then(() => this.#run(id, work));
  }

  cancel(id: number): void {
    if (this.#cancelled.has(id)) this.#cancelled.set(id, true);
  }

  cancelAll(): void {
    for (const id of this.#cancelled.keys()) this.#cancelled.set(id, true);
  }

  #isCancelled(id: number): boolean {
    return this.#cancelled.get(id) === true || this.#signalled(id);
  }

  #signalled(id: number): boolean {
    return this.#signals !== null && Atomics.load(this.#signals, id % SIGNAL_CELLS) === id;
  }

  async #run(id: number, work: (control: JobControl) => Promise<unknown>): Promise<void> {
    const message = this.#isCancelled(id) ? ({ type: 'cancelled', id } as const) : await this.#answer(id, work);
    if (message.type === 'answer') {
      const { rest, parts } = cutIntoParts(message.value);
      for (const part of parts) this.#ports.say({ type: 'part', id, part });
      this.#ports.say({ ...message, value: rest });
    } else this.#ports.say(message);
    this.#cancelled.delete(id);
  }

  async #answer(id: number, work: (control: JobControl) => Promise<unknown>): Promise<FromWorker> {
    this.#ports.say({ type: 'started', id });
    try {
      const value = await work(this.#control(id));
      return this.#isCancelled(id) ? { type: 'cancelled', id } : { type: 'answer', id, value };
    } catch (error) {
      // What goes wrong in a job that nobody waits for is nobody's defect: its keys may be wiped under it.
      if (error instanceof JobCancelled || this.#isCancelled(id)) return { type: 'cancelled', id };
      const known = error instanceof Error;
      return {
        type: 'defect',
        id,
        message: known ? `${error.name}: ${error.message}` : String(error),
        stack: known ? (error.stack ?? '') : '',
      };
    }
  }

  #control(id: number): JobControl {
    let reported = 0;
    const progress = (what: string, done: number): void => {
      const at = this.#ports.now();
      if (at - reported < PROGRESS_PAUSE) return;
      reported = at;
      this.#ports.say({ type: 'progress', id, what, done });
    };
    return {
      id,
      cancelled: () => this.#isCancelled(id),
      progress,
      between: (what, done) => {
        if (this.#isCancelled(id)) throw new JobCancelled();
        progress(what, done);
      },
    };
  }
}
