/**
 * Judges the shared corpora once, before the tests that ask about them: one report for each job, by `wss batch` as
 * people run it. Kept until a source of the engine or the command, or a message or key of the corpora, changes.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { builtCommand } from '../cli/command.ts';
import { folder, peerCases, projectCases, sharedExists, stackCases } from './corpora.mjs';
import { decryptionCases } from './decryption-cases.mjs';

declare module 'vitest' {
  export interface ProvidedContext {
    /** File of `[job, report]` pairs, a line each as JSON; null where no corpus is there. */
    corpusReports: string | null;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules/.cache/wss-reports');

function* filesBelow(path: string): Generator<string> {
  for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
  }
}

/** The jobs of all cases, each once; the stacks' where the long tests ask for them. */
function corpusJobs(): string[] {
  const cases = [
    ...(sharedExists('peer-corpus') ? peerCases() : []),
    ...(process.env['WSS_LONG'] === '1' && sharedExists('stacks') ? stackCases() : []),
    ...(sharedExists('corpus') ? [...projectCases(), ...decryptionCases()] : []),
  ];
  return [...new Set(cases.map(({ job }) => JSON.stringify(job)))];
}

/** What the reports depend on: sources by content, the corpora's files by size and time of change. */
function keyOf(jobs: readonly string[]): string {
  const hash = createHash('sha256').update(process.version).update(jobs.join('\n'));
  for (const room of ['src/engine', 'src/cli', 'src/content']) {
    for (const file of [...filesBelow(join(ROOT, room))].toSorted()) hash.update(file).update(readFileSync(file));
  }
  hash.update(readFileSync(join(ROOT, 'package-lock.json')));
  for (const corpus of ['peer-corpus', 'stacks', 'corpus'].filter(sharedExists)) {
    for (const file of [...filesBelow(folder(corpus))].toSorted()) {
      const { size, mtimeMs } = statSync(file);
      hash.update(`${file} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex').slice(0, 32);
}

function judgeAll(jobs: readonly string[], file: string): void {
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE)) rmSync(join(CACHE, old), { force: true });
  const input = `${file}.jobs-${process.pid}`;
  writeFileSync(input, jobs.join('\n'));
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCommand(), 'batch', input, '--jobs', '2'], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  rmSync(input);
  if (status !== 0) throw new Error(`wss batch over the corpora ended with ${status}: ${stderr}`);
  const reports = stdout.trim().split('\n');
  if (reports.length !== jobs.length) throw new Error(`${jobs.length} jobs, ${reports.length} reports`);
  const own = `${file}.${process.pid}`;
  writeFileSync(own, reports.map((report, index) => `[${jobs[index]},${report}]`).join('\n'));
  renameSync(own, file);
}

export default function judgeCorpora(project: TestProject): void {
  const jobs = corpusJobs();
  const file = join(CACHE, `${keyOf(jobs)}.jsonl`);
  if (jobs.length > 0 && !existsSync(file)) judgeAll(jobs, file);
  project.provide('corpusReports', jobs.length > 0 ? file : null);
}
