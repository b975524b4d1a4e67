import type { FailedReport, Report } from '../../src/engine/trace/report.ts';
import type { CorpusCase } from './corpora.mjs';

export interface DecryptionCase extends CorpusCase {
  decodedRight(command: string, report: Report | FailedReport): boolean;
}

export function decryptionCases(root?: string): readonly DecryptionCase[];
