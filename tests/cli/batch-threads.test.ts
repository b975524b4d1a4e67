/** A thread of a batch may die: its line is reported as failed, every other is judged, in order. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { runThreads } from '../../src/cli/batch-threads.ts';
import { wss } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'wss-threads-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Answers each line as it is; some lines kill it. */
const SCRIPT = `
const { parentPort, workerData } = require('node:worker_threads');
const kill = {
  exit: () => process.exit(7),
  throw: () => { throw new Error('thrown'); },
  reject: () => Promise.reject(new Error('rejected')),
  memory: () => { const all = []; for (;;) all.push(Array.from({ length: 1e5 }, (_, i) => ({ i }))); },
};
let queue = Promise.resolve();
parentPort.on('message', ({ start, lines }) => {
  queue = queue.then(async () => {
    for (const [index, line] of lines.entries()) {
      Atomics.store(workerData.at, 0, start + index);
      if (line in kill) await Promise.all([kill[line](), new Promise((done) => setTimeout(done, 2000))]);
      parentPort.postMessage({ start: start + index, count: 1, reports: new TextEncoder().encode(line + '\\n') });
    }
    Atomics.store(workerData.at, 0, -1);
  });
});
`;
writeFileSync(join(folder, 'thread.cjs'), SCRIPT);
writeFileSync(join(folder, 'stillborn.cjs'), 'throw new Error("stillborn");');

async function run(lines: readonly string[], threads: number, script = 'thread.cjs'): Promise<readonly string[]> {
  let text = '';
  let done = 0;
  await runThreads({
    lines,
    base: '/',
    threads,
    script: pathToFileURL(join(folder, script)),
    write: async (reports) => {
      text += new TextDecoder().decode(reports);
    },
    progress: (count) => {
      done += count;
    },
    failed: async (line, { code, message }) => ({
      schema: 1,
      id: line,
      headline: null,
      error: message.split('\n')[0] ?? '',
      code,
    }),
  });
  expect(done).toBe(lines.length);
  return text.trim().split('\n');
}

const good = (count: number, from = 0) => Array.from({ length: count }, (_, index) => `line ${from + index}`);

describe('threads', () => {
  it.each([1, 2, 3])('%i answer all lines in order, whichever kill them', async (threads) => {
    const lines = [...good(40), 'exit', ...good(3, 40), 'throw', 'exit', ...good(60, 43), 'reject'];
    const answers = await run(lines, threads);
    expect(answers.filter((line) => !line.startsWith('{'))).toEqual(good(103));
    const failed = answers.map((line) => (line.startsWith('{') ? (JSON.parse(line) as Record<string, string>) : null));
    expect(failed.map((one, index) => (one === null ? lines[index] : one['id']))).toEqual(lines);
    expect(failed.filter((one) => one !== null).map(({ code, error }) => [code, error])).toEqual([
      ['ended', 'its thread ended with status 7'],
      ['defect', 'internal error: Error: thrown'],
      ['ended', 'its thread ended with status 7'],
      ['defect', 'internal error: Error: rejected'],
    ]);
  });

  it('that do not start are no report of any line', async () => {
    await expect(run(good(5), 2, 'stillborn.cjs')).rejects.toThrow('a thread ended before it began');
  });
});

it('the command goes on after a job that takes more memory than there is', () => {
  // A message whose limits were raised: the many names in it do not fit.
  const elements = Array.from({ length: 400_000 }, (_, index) => `<n${index}/>`).join('');
  writeFileSync(
    join(folder, 'huge.xml'),
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${elements}</s:Body></s:Envelope>`,
  );
  writeFileSync(
    join(folder, 'small.xml'),
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>',
  );
  const huge = { id: 'huge', file: 'huge.xml', limits: { octets: 100_000_000, nodes: 10_000_000 } };
  const jobs = ['a', 'huge', 'b', 'c'].map((id) => (id === 'huge' ? huge : { id, file: 'small.xml' }));
  writeFileSync(join(folder, 'jobs.jsonl'), jobs.map((job) => JSON.stringify(job)).join('\n'));
  for (const threads of ['1', '2']) {
    const { status, stdout } = wss(['batch', '--jobs', threads, join(folder, 'jobs.jsonl')], {
      env: { NODE_OPTIONS: '--max-old-space-size=24' },
    });
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(status).toBe(0);
    expect(reports.map(({ id, headline, code }) => [id, headline, code])).toEqual([
      ['a', 'unsecured', undefined],
      ['huge', null, 'out-of-memory'],
      ['b', 'unsecured', undefined],
      ['c', 'unsecured', undefined],
    ]);
  }
});
