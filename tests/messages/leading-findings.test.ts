/**
 * Every pair of headline and leading finding that the corpora give is written down in leading-findings.tsv and was read
 * by a person: a new pair is a new sentence at the top of the page, to be read before it is added there.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { peerCases, projectCases, sharedExists, stackCases } from './corpora.mjs';
import { corpusReport } from './corpus-report.ts';

const WRITTEN: ReadonlySet<string> = new Set(
  readFileSync(new URL('leading-findings.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1),
);
const ALL = ['peer-corpus', 'corpus', 'stacks'].every((name) => sharedExists(name));

describe.skipIf(!ALL)('headline and leading finding (skipped where the corpora beside the project are not)', () => {
  it('are pairs that were read', () => {
    const met = new Set<string>();
    for (const one of [...peerCases(), ...projectCases(), ...stackCases()]) {
      const report = corpusReport(one);
      if (!('findings' in report)) continue;
      met.add(`${report.headline}\t${report.findings[0]?.code ?? '-'}`);
    }
    expect([...met].filter((pair) => !WRITTEN.has(pair)).toSorted()).toEqual([]);
    expect([...WRITTEN].filter((pair) => !met.has(pair)).toSorted()).toEqual([]);
  });
});
