import type { FailedReport, Report } from '../../src/engine/trace/report.ts';
import type { CorpusCase } from './corpora.mjs';

export const LEFT_OUT: ReadonlyMap<string, string>;
export function reasonToLeaveOut(one: CorpusCase, report: Report | FailedReport): string | null;
