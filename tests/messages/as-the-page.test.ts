/**
 * The leading finding of the peer corpus' twins as the page shows it on the day: judged as of when they were made, with
 * anchors, with all keys and with either half of them. It names the true cause, or the key that is missing to find it.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtCommand } from '../cli/command.ts';
import { peerCases, sharedExists, type CorpusCase } from './corpora.mjs';

interface Told {
  readonly id: string;
  readonly headline: string | null;
  readonly findings?: readonly { readonly code: string }[];
}

const NOT_GIVEN: ReadonlySet<string> = new Set([
  'private-key-not-found',
  'signer-certificate-not-found',
  'secret-not-given',
  'keyinfo-missing-or-empty',
]);
/** As of when they were made they are in time: how late they are by now, the freshness axis says. */
const IN_TIME: ReadonlySet<string> = new Set(['timestamp-expired', 'saml-expired']);

function judge(jobs: readonly CorpusCase['job'][]): ReadonlyMap<string, Told> {
  const folder = mkdtempSync(join(tmpdir(), 'wss-as-the-page-'));
  const file = join(folder, 'jobs.jsonl');
  writeFileSync(file, jobs.map((job) => JSON.stringify(job)).join('\n'));
  const { stdout, status, stderr } = spawnSync(process.execPath, [builtCommand(), 'batch', file, '--jobs', '2'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
  });
  rmSync(folder, { recursive: true });
  if (status !== 0) throw new Error(`wss batch ended with ${status}: ${stderr}`);
  const reports = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told);
  return new Map(reports.map((report) => [report.id, report]));
}

/** @param half null for all keys */
function share(half: 0 | 1 | null): { readonly share: number; readonly missed: readonly string[] } {
  const twins = peerCases().filter(
    ({ kind, codes, what }) => kind.startsWith('twin') && codes.length > 0 && !IN_TIME.has(what),
  );
  const keysOf = ({ job }: CorpusCase) => (job.keys ?? []).filter((_, index) => half === null || index % 2 === half);
  const reports = judge(twins.map((twin) => ({ ...twin.job, at: 'made', keys: keysOf(twin) })));
  const missed = twins.filter(({ id, codes }) => {
    const { headline, findings = [] } = reports.get(id) ?? { headline: null };
    const named = findings.slice(0, 2).some(({ code }) => codes.includes(code));
    return !named && !(headline === 'incomplete' && NOT_GIVEN.has(findings[0]?.code ?? ''));
  });
  const told = missed.map(({ id, what }) => `${id} ${what} ${reports.get(id)?.findings?.[0]?.code}`);
  return { share: 1 - missed.length / twins.length, missed: told };
}

describe.skipIf(!sharedExists('peer-corpus'))(
  'twins as the page shows them (skipped where ../shared/peer-corpus is not)',
  () => {
    it.each([
      ['with all keys', null, 0.97],
      ['with the first, third, … key', 0, 0.95],
      ['with the second, fourth, … key', 1, 0.97],
    ] as const)(
      '%s',
      (_, half, least) => {
        const result = share(half);
        expect(result.share, result.missed.join('\n')).toBeGreaterThanOrEqual(least);
      },
      300_000,
    );
  },
);
