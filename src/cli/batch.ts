/** `wss batch`: one job a line in, one JSON report a line out, in order (docs/command.md, "wss batch"). */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BatchReply, BatchRequest } from './batch-worker.ts';
import { reportOfLine } from './batch-job.ts';
import { createReceiver } from './receiver.ts';
import { UsageError } from './usage-error.ts';

export interface BatchOptions {
  /** `-` for standard input. */
  readonly file: string;
  readonly threads: number;
}

export async function batch(options: BatchOptions): Promise<void> {
  const stdin = options.file === '-';
  const path = resolve(options.file);
  if (!stdin && !existsSync(path)) throw new UsageError(`${options.file}: no such file`);
  const lines = readFileSync(stdin ? 0 : path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const base = stdin ? process.cwd() : dirname(path);
  const progress = showProgress(lines.length);
  const write = async (report: string) => {
    progress();
    if (!process.stdout.write(`${report}\n`)) {
      await new Promise<void>((done) => {
        process.stdout.once('drain', done);
      });
    }
  };
  if (options.threads <= 1) {
    const receiver = createReceiver();
    for (const line of lines) await write(JSON.stringify(await reportOfLine(line, base, receiver)));
  } else {
    await runThreads(lines, base, options.threads, write);
  }
}

/** Reports are written as soon as all before them are there. */
async function runThreads(
  lines: readonly string[],
  base: string,
  threads: number,
  write: (report: string) => Promise<void>,
): Promise<void> {
  const script = fileURLToPath(new URL('./batch-worker.mjs', import.meta.url));
  const done = new Map<number, string>();
  let next = 0;
  let written = 0;
  let writing = false;
  const flush = async () => {
    if (writing) return;
    writing = true;
    for (let report = done.get(written); report !== undefined; report = done.get(written)) {
      done.delete(written);
      written++;
      await write(report);
    }
    writing = false;
  };
  await Promise.all(
    Array.from(
      { length: Math.min(threads, lines.length) },
      () =>
        new Promise<void>((resolveThread, reject) => {
          const worker = new Worker(script);
          const give = async () => {
            if (next >= lines.length) {
              await worker.terminate();
              resolveThread();
              return;
            }
            worker.postMessage({ index: next, line: lines[next]!, base } satisfies BatchRequest);
            next++;
          };
          worker.on('message', ({ index, report }: BatchReply) => {
            done.set(index, report);
            void flush();
            void give();
          });
          worker.on('error', reject);
          void give();
        }),
    ),
  );
  await flush();
}

/** Counts on stderr where that is a terminal and the run is long. */
function showProgress(total: number): () => void {
  let count = 0;
  let shown = 0;
  return () => {
    count++;
    const now = Date.now();
    if (!process.stderr.isTTY || total < 20 || (now - shown < 200 && count < total)) return;
    shown = now;
    process.stderr.write(`\r${count} of ${total}${count === total ? '\n' : ''}`);
  };
}
