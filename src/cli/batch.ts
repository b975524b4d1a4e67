/** `wss batch`: one job a line in, one JSON report a line out, in order (docs/command.md, "wss batch"). */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BatchReply, BatchRequest } from './batch-worker.ts';
import { jsonText } from '../content/visible-text.ts';
import { reportOfLine } from './batch-job.ts';
import { createReceiver } from './receiver.ts';
import { UsageError } from './usage-error.ts';

/** What `wss batch` was asked for. */
export interface BatchOptions {
  /** `-` for standard input. */
  readonly file: string;
  readonly threads: number;
}

/** Characters of reports that are written together, and milliseconds that one waits for others at most. */
const WRITTEN_AT_ONCE = 65_536;
const LONGEST_WAIT = 200;

/**
 * Judges the jobs of a file, one JSON object a line, and writes a report a line in the same order. @throws
 * {UsageError} where there is no such file
 */
export async function batch(options: BatchOptions): Promise<void> {
  const stdin = options.file === '-';
  const path = resolve(options.file);
  if (!stdin && !existsSync(path)) throw new UsageError(`${options.file}: no such file`);
  const lines = readFileSync(stdin ? 0 : path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const base = stdin ? process.cwd() : dirname(path);
  const progress = showProgress(lines.length);
  if (options.threads > 1) await runThreads(lines, base, options.threads, progress);
  else await runHere(lines, base, progress);
}

async function write(reports: string | Uint8Array): Promise<void> {
  if (process.stdout.write(reports)) return;
  await new Promise<void>((done) => {
    process.stdout.once('drain', done);
  });
}

async function runHere(lines: readonly string[], base: string, progress: (done: number) => void): Promise<void> {
  const receiver = createReceiver();
  let reports = '';
  let written = Date.now();
  for (const line of lines) {
    reports += `${jsonText(await reportOfLine(line, base, receiver))}\n`;
    progress(1);
    if (reports.length < WRITTEN_AT_ONCE && Date.now() - written < LONGEST_WAIT) continue;
    await write(reports);
    reports = '';
    written = Date.now();
  }
  await write(reports);
}

/** Lines that a thread gets together at most, and how many times as many shares as threads there are at least. */
const LINES_AT_ONCE = 32;
const SHARES = 4;
/** Shares that a thread holds: the next is there when one is done. */
const AHEAD = 2;

/** Reports are written as soon as all before them are there. */
async function runThreads(
  lines: readonly string[],
  base: string,
  threads: number,
  progress: (done: number) => void,
): Promise<void> {
  const size = Math.max(1, Math.min(LINES_AT_ONCE, Math.floor(lines.length / (SHARES * threads))));
  const shares = Array.from({ length: Math.ceil(lines.length / size) }, (_, index) =>
    lines.slice(index * size, (index + 1) * size),
  );
  const done = new Map<number, Uint8Array>();
  let written = 0;
  let writing = Promise.resolve();
  const writeDone = async () => {
    for (let reports = done.get(written); reports !== undefined; reports = done.get(written)) {
      done.delete(written);
      written += 1;
      await write(reports);
    }
  };
  const requests = shares.map((share, index): BatchRequest => ({ index, lines: share, base })).values();
  const took = ({ index, reports }: BatchReply) => {
    done.set(index, reports);
    progress(shares[index]?.length ?? 0);
    writing = writing.then(writeDone);
  };
  await Promise.all(Array.from({ length: Math.min(threads, shares.length) }, () => runThread(requests, took)));
  await writing;
}

/** One thread, fed until there is nothing left and it has answered all it got. */
function runThread(requests: Iterator<BatchRequest>, took: (reply: BatchReply) => void): Promise<void> {
  const worker = new Worker(fileURLToPath(new URL('./start-batch-worker.cjs', import.meta.url)));
  return new Promise<void>((resolveThread, reject) => {
    let held = 0;
    const feed = () => {
      while (held < AHEAD) {
        const next = requests.next();
        if (next.done === true) break;
        worker.postMessage(next.value);
        held += 1;
      }
      if (held === 0) void worker.terminate().then(() => resolveThread());
    };
    worker.on('message', (reply: BatchReply) => {
      held -= 1;
      took(reply);
      feed();
    });
    worker.on('error', reject);
    feed();
  });
}

/** Counts on stderr where that is a terminal and the run is long. */
function showProgress(total: number): (done: number) => void {
  let count = 0;
  let shown = 0;
  return (done) => {
    count += done;
    const now = Date.now();
    if (!process.stderr.isTTY || total < 20 || (now - shown < 200 && count < total)) return;
    shown = now;
    process.stderr.write(`\r${count} of ${total}${count === total ? '\n' : ''}`);
  };
}
