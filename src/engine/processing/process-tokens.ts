/** Reads and judges the tokens of every Security header, ours for the verdict, the others to be shown (SMS §6). */
import {
  judgeTokens,
  worstOf,
  WORST_AUTHENTICATION,
  WORST_FRESHNESS,
  type TokenJudgement,
} from '../tokens/judge-tokens.ts';
import { readTokens } from '../tokens/read-tokens.ts';
import type { Token } from '../tokens/token.ts';
import type { TokenReport } from '../trace/trace.ts';
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
}

/** Of a message without any. */
export const NO_TOKENS: ProcessedTokens = {
  all: [],
  ours: [],
  judgement: {
    authentication: 'absent',
    freshness: 'absent',
    reports: [],
    steps: new Map(),
    authenticationSteps: [],
    freshnessSteps: [],
  },
  reports: [],
};

/** Reads and judges the tokens of every Security header; those for other receivers are listed only. */
export function processTokens(view: MessageView, run: RunContext): ProcessedTokens {
  const { document } = view;
  const { clock, users, crypto, recorder } = run;
  const context = { document, clock, users, crypto };
  const headers = view.headers?.headers ?? [];
  const all: Token[] = [];
  const ours: Token[] = [];
  const foreign: TokenReport[] = [];
  let judgement = NO_TOKENS.judgement;
  for (const header of headers) {
    const tokens = readTokens(document, header.node, view.ids, run);
    all.push(...tokens);
    if (!header.ours) {
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
    ours.push(...tokens);
    const step = recorder.step('header', {
      range: nodeRange(document, header.node),
      data: { actor: header.actor, mustUnderstand: header.mustUnderstand, children: header.children.length },
      citation: { spec: 'SMS', section: '5' },
    });
    judgement = joined(judgement, judgeTokens(tokens, context, step));
    step.end();
  }
  if (view.envelope === null) {
    const tokens = readTokens(document, null, view.ids, run);
    all.push(...tokens);
    ours.push(...tokens);
    if (tokens.length > 0) {
      const step = recorder.step('header', { data: { actor: null, children: tokens.length } });
      judgement = judgeTokens(tokens, context, step);
      step.end();
    }
  }
  return { all, ours, judgement, reports: [...judgement.reports, ...foreign] };
}

/** What two headers for us say together. */
function joined(one: TokenJudgement, other: TokenJudgement): TokenJudgement {
  return {
    authentication: worstOf(WORST_AUTHENTICATION, one.authentication, other.authentication),
    freshness: worstOf(WORST_FRESHNESS, one.freshness, other.freshness),
    reports: [...one.reports, ...other.reports],
    steps: new Map([...one.steps, ...other.steps]),
    authenticationSteps: [...one.authenticationSteps, ...other.authenticationSteps],
    freshnessSteps: [...one.freshnessSteps, ...other.freshnessSteps],
  };
}
