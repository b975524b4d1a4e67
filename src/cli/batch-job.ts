/** One line of a jobs file to one report (cli.md, "wss batch"). */
import type { Finding } from '../engine/trace/trace.ts';
import { makeReport, REPORT_SCHEMA, type FailedReport, type Report } from '../engine/trace/report.ts';
import { findingMessage } from '../content/findings/index.ts';
import { EMPTY_JOB, runJob, type Job } from './job.ts';
import { UsageError } from './usage-error.ts';

/** Never throws for the job's own mistakes: those are reports with `headline: null`. */
export async function reportOfLine(line: string, base: string): Promise<Report | FailedReport> {
  let id: string | null = null;
  try {
    const job = parseJob(line);
    id = job.id;
    const { trace } = await runJob(job, base);
    return makeReport(trace, (finding: Finding) => findingMessage(finding), id);
  } catch (error) {
    return { schema: REPORT_SCHEMA, id, headline: null, error: error instanceof Error ? (error instanceof UsageError ? error.message : `internal error: ${error.stack ?? error.message}`) : String(error) };
  }
}

/** @throws {UsageError} where the line is no job */
export function parseJob(line: string): Job {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new UsageError('not a line of JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UsageError('not a JSON object');
  const given = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined && member !== null)) as Partial<Job>;
  if (typeof given.file !== 'string') throw new UsageError('"file" is missing');
  return { ...EMPTY_JOB, ...given, file: given.file, id: given.id === undefined ? null : String(given.id) };
}
