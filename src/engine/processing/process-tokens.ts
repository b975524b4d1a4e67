/** Reads and judges the tokens of every Security header, ours for the verdict, the others to be shown (SMS §6). */
import {
  judgeTokens,
  sooner,
  worstOf,
  WORST_AUTHENTICATION,
  WORST_FRESHNESS,
  type TokenJudgement,
} from '../tokens/judge-tokens.ts';
import { readTokens } from '../tokens/read-tokens.ts';
import type { Token } from '../tokens/token.ts';
import type { Clock } from '../tokens/clock.ts';
import { whenMade, type Making } from '../tokens/when-made.ts';
import type { SecurityHeaders } from '../security-header/read-headers.ts';
import type { AsOf, TokenReport } from '../trace/trace.ts';
import { nodeRange } from '../xml/navigate.ts';
import type { RunContext } from '../run/run-context.ts';
import type { MessageView } from '../message/message-view.ts';

/** The tokens of a message and what they come to. */
export interface ProcessedTokens {
  /** Of every header, in document order. */
  readonly all: readonly Token[];
  /** Of those this receiver processes; all of a document without SOAP. */
  readonly ours: readonly Token[];
  readonly judgement: TokenJudgement;
  readonly reports: readonly TokenReport[];
  /** As of when they were judged, and everything after them is. */
  readonly clock: Clock;
  /** Whose time that is, and when the message says that it was made where that was asked for. */
  readonly asOf: AsOf;
  readonly made: Making | null;
}

const NOTHING_JUDGED: TokenJudgement = {
  authentication: 'absent',
  freshness: 'absent',
  until: null,
  reports: [],
  steps: new Map(),
  authenticationSteps: [],
  freshnessSteps: [],
};

/** Of a message without any, or whose turn has not come. */
export function noTokens({ clock, asOf }: RunContext): ProcessedTokens {
  const whose = asOf === 'made' ? 'now' : asOf;
  return { all: [], ours: [], judgement: NOTHING_JUDGED, reports: [], clock, asOf: whose, made: null };
}

/** The tokens of one Security header, or of a document without one. */
interface ReadHeader {
  /** Null outside SOAP. */
  readonly header: SecurityHeaders['headers'][number] | null;
  readonly tokens: readonly Token[];
}

function readAll({ document, ids, envelope, headers }: MessageView, run: RunContext): readonly ReadHeader[] {
  const read: ReadHeader[] = (headers?.headers ?? []).map((header) => ({
    header,
    tokens: readTokens(document, header.node, ids, run),
  }));
  if (envelope === null) read.push({ header: null, tokens: readTokens(document, null, ids, run) });
  return read;
}

/**
 * The time of the judgement. A message that claims to be made in the future was not made then: it is judged as of now,
 * which is what shows it.
 */
function timeOf(ours: readonly Token[], view: MessageView, { clock, asOf }: RunContext): Timing {
  if (asOf !== 'made') return { clock, asOf, made: null };
  const made = whenMade(ours, view);
  return made === null || made.time > clock.at + clock.skewSeconds * 1000
    ? { clock, asOf: 'now', made }
    : { clock: { ...clock, at: made.time, own: nodeRange(view.document, made.node) }, asOf, made };
}

type Timing = Pick<ProcessedTokens, 'clock' | 'asOf' | 'made'>;

/** Reads and judges the tokens of every Security header; those for other receivers are listed only. */
export function processTokens(view: MessageView, run: RunContext): ProcessedTokens {
  const { document } = view;
  const { users, crypto, recorder } = run;
  const read = readAll(view, run);
  const ours = read.filter(({ header }) => header?.ours !== false).flatMap(({ tokens }) => tokens);
  const timing = timeOf(ours, view, run);
  const context = { document, clock: timing.clock, users, crypto };
  const foreign: TokenReport[] = [];
  let judgement = NOTHING_JUDGED;
  for (const { header, tokens } of read) {
    if (header?.ours === false) {
      foreign.push(
        ...tokens.map((token): TokenReport => ({
          step: null,
          kind: token.kind,
          id: token.id,
          path: '',
          range: nodeRange(document, token.node),
          data: { ...token.data, foreign: true },
        })),
      );
      continue;
    }
    if (header === null && tokens.length === 0) continue;
    const step = recorder.step(
      'header',
      header === null
        ? { data: { actor: null, children: tokens.length } }
        : {
            range: nodeRange(document, header.node),
            data: { actor: header.actor, mustUnderstand: header.mustUnderstand, children: header.children.length },
            citation: { spec: 'SMS', section: '5' },
          },
    );
    judgement = joined(judgement, judgeTokens(tokens, context, step));
    step.end();
  }
  const all = read.flatMap(({ tokens }) => tokens);
  return { all, ours, judgement, reports: [...judgement.reports, ...foreign], ...timing };
}

/** What two headers for us say together. */
function joined(one: TokenJudgement, other: TokenJudgement): TokenJudgement {
  return {
    authentication: worstOf(WORST_AUTHENTICATION, one.authentication, other.authentication),
    freshness: worstOf(WORST_FRESHNESS, one.freshness, other.freshness),
    until: sooner(one.until, other.until),
    reports: [...one.reports, ...other.reports],
    steps: new Map([...one.steps, ...other.steps]),
    authenticationSteps: [...one.authenticationSteps, ...other.authenticationSteps],
    freshnessSteps: [...one.freshnessSteps, ...other.freshnessSteps],
  };
}
