import type { Report, FailedReport } from '../../src/engine/trace/report.ts';
import type { Job } from '../../src/cli/job.ts';

export interface ReportCase {
  readonly id: string;
  readonly kind: string;
  readonly job: Partial<Job> & { readonly id: string; readonly file: string };
  /** What a later issue builds, or empty. */
  readonly feature: string;
  /** Where the process' time and memory are judged; else null. */
  readonly limits: { readonly seconds: number; readonly mb: number } | null;
  /** Why the report is not right, or null. */
  wrong(report: Report | FailedReport | undefined): string | null;
}

export function reportsExist(): boolean;
export function fieldReports(): readonly ReportCase[];
export function collected(): readonly ReportCase[];
export function attacks(): readonly ReportCase[];
