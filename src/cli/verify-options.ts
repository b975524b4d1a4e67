/** The options of `wss verify` (docs/command.md, "wss verify"). */
import { parseArgs } from 'node:util';
import { EMPTY_JOB, type Job } from './job.ts';
import { parseLimit } from './limits.ts';
import { UsageError } from './usage-error.ts';

/** What `wss verify` was asked for. */
export interface VerifyOptions {
  readonly job: Job;
  readonly json: boolean;
  /** The whole trace instead of the report. */
  readonly trace: boolean;
  readonly html: string | null;
  readonly decoded: string | null;
  readonly canonical: string | null;
  /** Every step open, passed ones too. */
  readonly verbose: boolean;
  /** Ask the second library too. */
  readonly secondOpinion: boolean;
}

const many = { type: 'string', multiple: true } as const;
const one = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const OPTIONS = {
  key: many,
  secret: many,
  trust: many,
  crl: many,
  user: many,
  attachment: many,
  'id-attribute': many,
  limit: many,
  at: one,
  skew: one,
  ttl: one,
  request: one,
  'receiver-actor': one,
  policy: one,
  html: one,
  decoded: one,
  canonical: one,
  'no-diagnosis': flag,
  json: flag,
  trace: flag,
  'second-opinion': flag,
  verbose: { type: 'boolean', short: 'v' },
} as const;

/** Reads the arguments of `wss verify`. @throws {UsageError} */
export function parseVerifyOptions(args: readonly string[]): VerifyOptions {
  const { values, positionals } = parsed(args);
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError('wss verify: give the message to verify, or - for standard input');
  if (others.length > 0) {
    // What is too many may be a password that lost its place.
    throw new UsageError(`wss verify: one message at a time, not ${positionals.length} (wss batch takes many)`);
  }
  if (values.policy !== undefined) throw new UsageError('--policy: judging against a policy is still to come');
  return {
    job: {
      ...EMPTY_JOB,
      file,
      keys: values.key ?? [],
      secrets: values.secret ?? [],
      trust: values.trust ?? [],
      crls: values.crl ?? [],
      users: values.user ?? [],
      at: values.at ?? null,
      skew: seconds('--skew', values.skew) ?? 60,
      ttl: seconds('--ttl', values.ttl),
      request: values.request ?? null,
      attachments: Object.fromEntries((values.attachment ?? []).map(attachment)),
      receiverActor: values['receiver-actor'] ?? null,
      idAttributes: values['id-attribute'] ?? [],
      limits: Object.fromEntries((values.limit ?? []).map(parseLimit)),
      diagnosis: values['no-diagnosis'] !== true,
    },
    json: values.json === true,
    trace: values.trace === true,
    html: values.html ?? null,
    decoded: values.decoded ?? null,
    canonical: values.canonical ?? null,
    verbose: values.verbose === true,
    secondOpinion: values['second-opinion'] === true,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`wss verify: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function seconds(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new UsageError(`${option} ${text}: write a number of seconds`);
  }
  return value;
}

/** `CID=FILE`; a content id may hold `=`, a file name seldom does: the last one splits. */
function attachment(text: string): [string, string] {
  const equals = text.lastIndexOf('=');
  if (equals <= 0) throw new UsageError(`--attachment ${text}: write CID=FILE`);
  return [text.slice(0, equals).replace(/^cid:/, '').replace(/^<|>$/g, ''), text.slice(equals + 1)];
}
