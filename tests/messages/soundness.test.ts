/** Over the shared corpora: nothing that must not be valid is, harmless twins verify, and at least 97 % are right. */
import { describe, expect, it } from 'vitest';
import { peerCases, projectCases, sharedExists, type CorpusCase } from './corpora.mjs';
import { corpusReport } from './corpus-report.ts';
import { reasonToLeaveOut } from './left-out.mjs';

function corpus(name: string, cases: () => readonly CorpusCase[], leastShare: number): void {
  if (!sharedExists(name)) {
    it.skip(`${name}: skipped, ../shared/${name} is not there`, () => {});
    return;
  }
  it(`${name}: sound, and right for at least ${leastShare * 100} %`, () => {
    const unsound: string[] = [];
    const harmed: string[] = [];
    const wrong: string[] = [];
    let total = 0;
    for (const one of cases()) {
      const report = corpusReport(one);
      if (one.mustNotBeValid && report.headline === 'valid') unsound.push(one.id);
      const right = one.right(report);
      if (right === null || (!right && one.job.attachments !== undefined && reasonToLeaveOut(one, report) !== null)) {
        continue;
      }
      total++;
      if (!right) (one.kind === 'twin:accept' ? harmed : wrong).push(`${one.id} ${report.headline}`);
    }
    expect(unsound).toEqual([]);
    expect(harmed).toEqual([]);
    expect((total - wrong.length) / total, wrong.join('\n')).toBeGreaterThanOrEqual(leastShare);
  });
}

describe('the shared corpora', () => {
  corpus('peer-corpus', () => peerCases(), 0.99);
  // Seventeen known misses, each with its reason in MISSES.md.
  corpus('corpus', () => projectCases(), 0.95);
});
