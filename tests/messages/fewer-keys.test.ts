/**
 * With some of its keys, secrets, users and anchors taken away no good message becomes invalid: each alone, of every
 * tenth message all pairs, and all together.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtCommand } from '../cli/command.ts';
import { peerCases, projectCases, sharedExists, stackCases, type CorpusCase } from './corpora.mjs';

type Job = CorpusCase['job'];
const LISTS = ['keys', 'secrets', 'trust', 'users'] as const;
type Part = readonly [list: (typeof LISTS)[number], index: number];

function without(job: Job, parts: readonly Part[]): Job {
  const kept = LISTS.map((list) => [
    list,
    (job[list] ?? []).filter((_, index) => !parts.some(([other, at]) => other === list && at === index)),
  ]);
  const id = [job.id, ...parts.map((part) => part.join(''))].join('|');
  return { ...job, ...Object.fromEntries(kept), id } as Job;
}

function fewer({ job }: CorpusCase, place: number): readonly Job[] {
  const parts = LISTS.flatMap((list) => (job[list] ?? []).map((_, index): Part => [list, index]));
  const pairs = place % 10 === 0 ? parts.flatMap((one, at) => parts.slice(at + 1).map((other) => [one, other])) : [];
  return [[], ...parts.map((part) => [part]), ...pairs, parts].map((some) => without(job, some));
}

/** Headlines by id. */
function judge(jobs: readonly Job[]): ReadonlyMap<string, string | null> {
  const folder = mkdtempSync(join(tmpdir(), 'wss-fewer-keys-'));
  const file = join(folder, 'jobs.jsonl');
  writeFileSync(file, jobs.map((job) => JSON.stringify(job)).join('\n'));
  const { stdout, status, stderr } = spawnSync(process.execPath, [builtCommand(), 'batch', file, '--jobs', '2'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`wss batch ended with ${status}: ${stderr}`);
  const reports = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly id: string; readonly headline: string | null });
  return new Map(reports.map(({ id, headline }) => [id, headline]));
}

const CORPORA: readonly (readonly [string, () => readonly CorpusCase[]])[] = [
  ['peer-corpus', () => peerCases().filter(({ kind }) => kind === 'message')],
  ['stacks', () => stackCases().filter(({ kind }) => kind === 'message')],
  ['corpus', () => projectCases().filter(({ entry }) => entry.expect.outcome === 'valid')],
];

describe.each(CORPORA)('%s', (name, cases) => {
  it.skipIf(!sharedExists(name))(
    `is never invalid for what is missing (skipped where ../shared/${name} is not)`,
    () => {
      const jobs = cases().flatMap((one, place) => fewer(one, place));
      const headlines = judge(jobs);
      const wrong = ['invalid', 'malformed', null];
      // What is called so with everything given is a known miss of the corpus (MISSES.md).
      const turned = jobs.filter(
        ({ id }) =>
          wrong.includes(headlines.get(id) ?? null) && !wrong.includes(headlines.get(id.split('|')[0] ?? '') ?? null),
      );
      expect(headlines.size).toBe(new Set(jobs.map(({ id }) => id)).size);
      expect(turned.map(({ id }) => `${id} ${headlines.get(id)}`)).toEqual([]);
    },
    900_000,
  );
});
