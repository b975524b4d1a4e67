/**
 * The threads of `wss batch`. One that dies (its memory is used up, it throws, it ends) is replaced: the line that it was
 * at is reported as failed, the others that it had are judged by the next.
 */
import { Worker } from 'node:worker_threads';
import { jsonText } from '../content/visible-text.ts';
import type { FailedReport } from '../engine/trace/report.ts';
import type { BatchReply, BatchRequest, BatchThreadData } from './batch-protocol.ts';

/** What a batch asks of its threads. */
export interface BatchThreads {
  readonly lines: readonly string[];
  readonly base: string;
  readonly threads: number;
  /** The script of a thread. */
  readonly script: URL;
  /** Writes reports, in the order of the lines. */
  readonly write: (reports: Uint8Array) => Promise<void>;
  /** Called with the number of lines that are done since. */
  readonly progress: (done: number) => void;
  /** The report of a line whose thread died over it. */
  readonly failed: (line: string, death: Death) => Promise<FailedReport>;
}

/** How a thread died. */
export interface Death {
  readonly code: FailedReport['code'];
  readonly message: string;
}

/** Lines from `next` to before `end` that are not reported yet. */
interface Share {
  next: number;
  readonly end: number;
}

/** Lines that a thread gets together at most, and how many times as many shares as threads there are at least. */
const LINES_AT_ONCE = 32;
const SHARES = 4;
/** Shares that a thread holds: the next is there when one is done. */
const AHEAD = 2;
/** Threads that may die one after the other without having begun a line. */
const MOST_FRUITLESS = 2;

/** Judges every line. Rejects where no thread can be started. */
export async function runThreads(batch: BatchThreads): Promise<void> {
  const { lines, threads } = batch;
  const size = Math.max(1, Math.min(LINES_AT_ONCE, Math.floor(lines.length / (SHARES * threads))));
  const shares = Array.from({ length: Math.ceil(lines.length / size) }, (_, index): Share => ({
    next: index * size,
    end: Math.min(lines.length, (index + 1) * size),
  }));
  const board = new Board(batch, shares);
  await Promise.all(Array.from({ length: Math.min(threads, shares.length) }, () => keepThread(board)));
  await board.written();
}

/** What is still to be judged, and what was judged and waits for the lines before it. */
class Board {
  readonly batch: BatchThreads;
  readonly #waiting: Share[];
  readonly #reports = new Map<number, { readonly count: number; readonly reports: Uint8Array }>();
  #written = 0;
  #writing = Promise.resolve();

  constructor(batch: BatchThreads, shares: Share[]) {
    this.batch = batch;
    this.#waiting = shares;
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  take(): Share | null {
    return this.#waiting.shift() ?? null;
  }

  giveBack(shares: readonly Share[]): void {
    this.#waiting.unshift(...shares.filter(({ next, end }) => next < end));
  }

  report(start: number, count: number, reports: Uint8Array): void {
    this.#reports.set(start, { count, reports });
    this.batch.progress(count);
    this.#writing = this.#writing.then(() => this.#write());
  }

  /** Everything that was reported is written. */
  written(): Promise<void> {
    return this.#writing;
  }

  /** Reports are written as soon as all before them are there. */
  async #write(): Promise<void> {
    for (let next = this.#reports.get(this.#written); next; next = this.#reports.get(this.#written)) {
      this.#reports.delete(this.#written);
      this.#written += next.count;
      await this.batch.write(next.reports);
    }
  }
}

/** One thread after the other, until nothing is left that one could take. */
async function keepThread(board: Board): Promise<void> {
  let fruitless = 0;
  while (!board.isEmpty) {
    const { held, at, death, reported } = await runThread(board);
    if (death === null) return;
    // A line that was reported is not what it died of.
    const guilty = held.find(({ next, end }) => next <= at && at < end);
    if (guilty === undefined) {
      fruitless = reported ? 0 : fruitless + 1;
      if (fruitless === MOST_FRUITLESS) throw new Error(`a thread ended before it began: ${death.message}`);
      board.giveBack(held);
      continue;
    }
    fruitless = 0;
    board.giveBack(
      held.flatMap((share) =>
        share === guilty
          ? [
              { next: share.next, end: at },
              { next: at + 1, end: share.end },
            ]
          : [share],
      ),
    );
    const failed = await board.batch.failed(board.batch.lines[at] ?? '', death);
    board.report(at, 1, new TextEncoder().encode(`${jsonText(failed)}\n`));
  }
}

/** What a thread left behind. */
interface Ended {
  /** Shares that it had, with the lines that it had not reported. */
  readonly held: readonly Share[];
  /** The line that it was at; -1 where it was at none. */
  readonly at: number;
  /** Null where it ended because nothing was left. */
  readonly death: Death | null;
  /** It gave a report at least. */
  readonly reported: boolean;
}

/** Feeds one thread until there is nothing left and it has answered all it got, or it dies. */
function runThread(board: Board): Promise<Ended> {
  const { lines, base, script } = board.batch;
  const at = new Int32Array(new SharedArrayBuffer(4)).fill(-1);
  const worker = new Worker(script, { workerData: { base, at } satisfies BatchThreadData });
  const held: Share[] = [];
  return new Promise<Ended>((resolve) => {
    let death: Death | null = null;
    let reported = false;
    const feed = () => {
      while (held.length < AHEAD) {
        const share = board.take();
        if (share === null) break;
        held.push(share);
        const request: BatchRequest = { start: share.next, lines: lines.slice(share.next, share.end) };
        worker.postMessage(request);
      }
      if (held.length === 0) void worker.terminate();
    };
    worker.on('message', ({ start, count, reports }: BatchReply) => {
      const [share] = held;
      if (share !== undefined) share.next = start + count;
      if (share !== undefined && share.next >= share.end) held.shift();
      reported = true;
      board.report(start, count, reports);
      feed();
    });
    worker.on('error', (error: unknown) => {
      death = deathOf(error);
    });
    worker.on('exit', (code) => {
      const left = held.length > 0;
      const ended: Death = { code: 'ended', message: `its thread ended with status ${code}` };
      resolve({ held, at: Atomics.load(at, 0), death: death ?? (left ? ended : null), reported });
    });
    feed();
  });
}

function deathOf(error: unknown): Death {
  if (error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return { code: 'out-of-memory', message: 'its thread used up its memory' };
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'defect', message: `internal error: ${what}` };
}
