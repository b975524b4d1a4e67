/** `wss batch`: one job a line in, one JSON report a line out, in order (docs/command.md, "wss batch"). */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { runThreads } from './batch-threads.ts';
import { UsageError } from './usage-error.ts';

/** What `wss batch` was asked for. */
export interface BatchOptions {
  /** `-` for standard input. */
  readonly file: string;
  readonly threads: number;
}

/**
 * Judges the jobs of a file, one JSON object a line, and writes a report a line in the same order. Jobs are judged by
 * threads, be it by one: what a message costs its thread costs the others nothing.
 * @throws {UsageError} where there is no such file
 */
export async function batch(options: BatchOptions): Promise<void> {
  const stdin = options.file === '-';
  const path = resolve(options.file);
  if (!stdin && !existsSync(path)) throw new UsageError(`${options.file}: no such file`);
  const lines = readFileSync(stdin ? 0 : path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  await runThreads({
    lines,
    base: stdin ? process.cwd() : dirname(path),
    threads: options.threads,
    script: new URL('./start-batch-worker.cjs', import.meta.url),
    write,
    progress: showProgress(lines.length),
    failed: async (line, death) => (await import('./batch-job.ts')).failedLine(line, death),
  });
}

async function write(reports: Uint8Array): Promise<void> {
  if (process.stdout.write(reports)) return;
  await new Promise<void>((done) => {
    process.stdout.once('drain', done);
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
