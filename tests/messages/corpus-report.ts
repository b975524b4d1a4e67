/** The report of a case of the shared corpora, judged before the tests began (`corpus-reports.ts`). */
import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import type { Job } from '../../src/cli/job.ts';
import type { FailedReport, Report } from '../../src/engine/trace/report.ts';
import type { CorpusCase } from './corpora.mjs';

const file = inject('corpusReports');
const reports = new Map(
  (file === null ? '' : readFileSync(file, 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [job, report] = JSON.parse(line) as [Partial<Job>, Report | FailedReport];
      return [JSON.stringify(job), report] as const;
    }),
);

/** Throws where the case is in neither corpus. */
export function corpusReport(one: CorpusCase): Report | FailedReport {
  const report = reports.get(JSON.stringify(one.job));
  if (report === undefined) throw new Error(`${one.id} was not judged`);
  return report;
}
