/** Judges corpus cases in this process, as `wss batch` does. */
import { reportOfLine } from '../../src/cli/batch-job.ts';
import { createReceiver } from '../../src/cli/receiver.ts';
import type { FailedReport, Report } from '../../src/engine/trace/report.ts';
import type { CorpusCase } from './corpora.mjs';

const receiver = createReceiver();

export function judgeCase(one: CorpusCase): Promise<Report | FailedReport> {
  return reportOfLine(JSON.stringify(one.job), process.cwd(), receiver);
}
