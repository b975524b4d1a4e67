/**
 * One message to judge with everything a receiver would know: from arguments or from a line of a batch
 * (docs/command.md, "wss verify").
 */
import { resolve } from 'node:path';
import { judge } from '../engine/index.ts';
import type { JudgeRequest, Run } from '../engine/message/request.ts';
import { parseUser, type KeyText } from './key-specification.ts';
import { limitsOf, type AskedLimits } from './limits.ts';
import { loadKeys, readOctets } from './load-keys.ts';
import { readPassword } from './passwords.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { UsageError } from './usage-error.ts';

/** One message and all that judging it takes, as the command line or a line of a batch says it. */
export interface Job {
  readonly id: string | null;
  readonly file: string;
  readonly keys: readonly KeyText[];
  readonly secrets: readonly string[];
  readonly trust: readonly KeyText[];
  readonly crls: readonly string[];
  readonly users: readonly string[];
  /** RFC 3339, `now` or `made`; null: now. */
  readonly at: string | null;
  readonly skew: number;
  readonly ttl: number | null;
  readonly request: string | null;
  readonly attachments: Readonly<Record<string, string>>;
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
  readonly limits: AskedLimits;
  readonly diagnosis: boolean;
}

/** A job about which nothing was said but its file. */
export const EMPTY_JOB: Omit<Job, 'file'> = {
  id: null,
  keys: [],
  secrets: [],
  trust: [],
  crls: [],
  users: [],
  at: null,
  skew: 60,
  ttl: null,
  request: null,
  attachments: {},
  receiverActor: null,
  idAttributes: [],
  limits: {},
  diagnosis: true,
};

/**
 * @param base what relative paths are relative to
 * @param octets the message, where it did not come from `file` (standard input)
 * @param receiver whose keys and ports to use; one of its own for a single message
 */
export async function prepareJob(
  job: Job,
  base: string,
  octets: Uint8Array | null = null,
  receiver: Receiver = createReceiver(),
): Promise<JudgeRequest> {
  const limits = limitsOf(job.limits);
  const sources = { base, ask: receiver.ask };
  const input = octets ?? readOctets(resolve(base, job.file));
  const { entries, crls } = await loadKeys(job, base, receiver);
  const users: JudgeRequest['users'][number][] = [];
  for (const { name, password } of job.users.map(parseUser)) {
    users.push({ name, password: await readPassword(password, name, sources) });
  }
  return {
    octets: input,
    keys: entries,
    crls,
    users,
    ...timeOf(job.at),
    skewSeconds: job.skew,
    ttlSeconds: job.ttl,
    request: job.request === null ? null : readOctets(resolve(base, job.request)),
    attachments: new Map(Object.entries(job.attachments).map(([id, file]) => [id, readOctets(resolve(base, file))])),
    receiverActor: job.receiverActor,
    idAttributes: job.idAttributes,
    limits,
  };
}

/**
 * Judges one job, and explains it unless the job says not to.
 * @param base folder that relative paths of the job start from
 * @param octets the message, where it was read already
 * @throws {UsageError} for what the job names and is not there
 */
export async function runJob(
  job: Job,
  base: string,
  octets: Uint8Array | null = null,
  receiver: Receiver = createReceiver(),
): Promise<Run & { readonly request: JudgeRequest }> {
  const request = await prepareJob(job, base, octets, receiver);
  const judged = await judge(request, receiver);
  if (!job.diagnosis) return judged;
  const { explainRun } = await import('../engine/diagnosis/explain.ts');
  return { ...(await explainRun(judged, receiver)), request };
}

function timeOf(at: string | null): Pick<JudgeRequest, 'at' | 'asOf'> {
  if (at === null || at === 'now') return { at: Date.now(), asOf: 'now' };
  if (at === 'made') return { at: Date.now(), asOf: 'made' };
  const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i.test(at)
    ? Date.parse(at)
    : Number.NaN;
  if (Number.isNaN(time)) throw new UsageError(`--at ${at}: write a time as 2026-11-22T06:54:27Z, or now, or made`);
  return { at: time, asOf: 'given' };
}
