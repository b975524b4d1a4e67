/** One line of a jobs file to one report (docs/command.md, "wss batch"). */
import type { Finding } from '../engine/trace/trace.ts';
import { makeReport, REPORT_SCHEMA, type FailedReport, type Report } from '../engine/trace/report.ts';
import { findingMessage } from '../content/findings/index.ts';
import type { Death } from './batch-threads.ts';
import { EMPTY_JOB, runJob, type Job } from './job.ts';
import type { Receiver } from './receiver.ts';
import { UsageError } from './usage-error.ts';

/** Never throws for the job's own mistakes: those are reports with `headline: null`. */
export async function reportOfLine(line: string, base: string, receiver: Receiver): Promise<Report | FailedReport> {
  const parsed = parseJob(line);
  if ('failed' in parsed) return failed(parsed.id, parsed.failed, 'unusable');
  try {
    const { trace } = await runJob(parsed.job, base, null, receiver);
    return makeReport(trace, (finding: Finding) => findingMessage(finding), parsed.id);
  } catch (error) {
    if (error instanceof UsageError) return failed(parsed.id, error.message, 'unusable');
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return failed(parsed.id, `internal error: ${what}`, 'defect');
  }
}

/** The report of a line whose thread died over it. */
export function failedLine(line: string, { code, message }: Death): FailedReport {
  return failed(parseJob(line).id, message, code);
}

function failed(id: string | null, error: string, code: FailedReport['code']): FailedReport {
  return { schema: REPORT_SCHEMA, id, headline: null, error, code };
}

/** The id is kept where there is one, whatever else is wrong: `failed` then says what. */
export function parseJob(
  line: string,
): { readonly id: string | null; readonly job: Job } | { readonly id: string | null; readonly failed: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { id: null, failed: 'not a line of JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { id: null, failed: 'not a JSON object' };
  }
  const given = Object.fromEntries(
    Object.entries(value).filter(([, member]) => member !== undefined && member !== null),
  );
  const id = given['id'] === undefined ? null : String(given['id']);
  if (given['file'] === undefined) return { id, failed: '"file" is missing' };
  for (const [name, member] of Object.entries(given)) {
    const expected = Object.hasOwn(MEMBERS, name) ? MEMBERS[name]! : null;
    if (expected !== null && !expected.fits(member)) return { id, failed: `"${name}" must be ${expected.words}` };
  }
  return { id, job: { ...EMPTY_JOB, ...(given as unknown as Pick<Job, 'file'>), id } };
}

interface Member {
  readonly words: string;
  fits(value: unknown): boolean;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every(isString);
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isKey = (value: unknown): boolean =>
  isString(value) ||
  (isRecord(value) &&
    isString(value['file']) &&
    ['password', 'keyPassword', 'alias', 'name'].every(
      (name) => value[name] === undefined || value[name] === null || isString(value[name]),
    ));

const TEXT: Member = { words: 'a string', fits: isString };
const TEXTS: Member = { words: 'a list of strings', fits: isStrings };
const KEYS: Member = {
  words: 'a list of KEYs: strings, or objects with "file"',
  fits: (value) => Array.isArray(value) && value.every(isKey),
};
const SECONDS: Member = {
  words: 'a number of seconds',
  fits: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
};

/** What each member of a job must be; others are ignored. */
const MEMBERS: Readonly<Record<string, Member>> = {
  file: TEXT,
  keys: KEYS,
  secrets: TEXTS,
  trust: KEYS,
  crls: TEXTS,
  users: TEXTS,
  at: TEXT,
  skew: SECONDS,
  ttl: SECONDS,
  request: TEXT,
  attachments: {
    words: 'an object of files by content id',
    fits: (value) => isRecord(value) && Object.values(value).every(isString),
  },
  receiverActor: TEXT,
  idAttributes: TEXTS,
  limits: {
    words: 'an object of whole numbers by bound',
    fits: (value) =>
      isRecord(value) && Object.values(value).every((one) => Number.isSafeInteger(one) && Number(one) >= 0),
  },
  diagnosis: { words: 'true or false', fits: (value) => typeof value === 'boolean' },
};
