/**
 * Judges the tokens of a message against clock and users, and records a step for each (SMS 1.1 §6, §10; UTP 1.1; STP
 * 1.1).
 */
import type { BspRule } from '../bsp/rules.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { FindingDraft, OpenStep } from '../trace/recorder.ts';
import type { Axes, SpecCitation, TokenReport } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { parseDateTime } from '../xml/date-time.ts';
import { elementPath, localName, nodeRange } from '../xml/navigate.ts';
import type { Clock } from './clock.ts';
import { judgePassword, judgeUsernameTokenAge, usernameTokenEnd, type User } from './judge-username-token.ts';
import { judgeConditions, readSamlAssertion } from './saml-assertion.ts';
import { judgeTimestamp, readTimestamp, type Timestamp } from './timestamp.ts';
import type { Token, TokenKind } from './token.ts';
import { readUsernameToken } from './username-token.ts';

/** What tokens are judged with. */
export interface TokenJudgingContext {
  readonly document: XmlDocument;
  readonly clock: Clock;
  readonly users: readonly User[];
  readonly crypto: CryptoProvider;
}

/** What the tokens say for two axes of the verdict, and where. Subject confirmation is judged after the signatures. */
export interface TokenJudgement {
  readonly authentication: Axes['authentication'];
  readonly freshness: Axes['freshness'];
  /** UTC milliseconds when the first of them ends, tolerance apart; null where none has an end. */
  readonly until: number | null;
  /** In document order, one a token. */
  readonly reports: readonly TokenReport[];
  /** The step of each token, for findings made about it later. */
  readonly steps: ReadonlyMap<NodeIndex, string>;
  /** Steps on which each axis rests. */
  readonly authenticationSteps: readonly string[];
  readonly freshnessSteps: readonly string[];
}

const CITATIONS: Readonly<Record<TokenKind, SpecCitation>> = {
  Timestamp: { spec: 'SMS', section: '10' },
  UsernameToken: { spec: 'UTP', section: '3.1' },
  BinarySecurityToken: { spec: 'XTP', section: '3.1' },
  SAMLAssertion: { spec: 'STP', section: '3.2' },
  SecurityContextToken: { spec: 'WSSC', section: '2' },
  DerivedKeyToken: { spec: 'WSSC', section: '7' },
  SignatureConfirmation: { spec: 'SMS', section: '8.5' },
  EncryptedKey: { spec: 'SMS', section: '7.7' },
  SecurityTokenReference: { spec: 'SMS', section: '7' },
  unknown: { spec: 'SMS', section: '6' },
};

/** How the step ends that checked a password; a right one as its findings have it. */
const PASSWORD_STATUS = { pass: undefined, fail: 'failed', unknown: 'unknown', absent: 'skipped' } as const;

/** Results of an axis, the worst last. */
export const WORST_AUTHENTICATION = ['absent', 'pass', 'unknown', 'fail'] as const;
/** Results of an axis, the worst last. */
export const WORST_FRESHNESS = ['absent', 'pass', 'fail'] as const;

/** The worse of two results on one axis. */
export function worstOf<T extends string>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** The sooner of two moments, either of which may be none. */
export function sooner(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** When the header's own Timestamp says that the message ends, for tokens that say nothing themselves. */
function statedUntil(timestamps: readonly Timestamp[]): number | null {
  const ends = timestamps.map((one) => one.expires?.value?.time).filter((one) => one !== undefined);
  return ends.length === 0 ? null : ends.reduce((least, end) => Math.min(least, end));
}

function recordAll(step: OpenStep, findings: readonly FindingDraft[]): boolean {
  for (const finding of findings) step.finding(finding);
  return findings.some((finding) => finding.severity === 'error');
}

/** Judges one token after the other, and keeps what they say for the axes. */
class TokenJudging {
  readonly #context: TokenJudgingContext;
  readonly #timestamps: ReadonlyMap<NodeIndex, Timestamp>;
  /** Of the Timestamps: the first, the texts of Created, and when they say that the message ends. */
  readonly #first: NodeIndex | null;
  readonly #moments: readonly string[];
  readonly #until: number | null;
  readonly #reports: TokenReport[] = [];
  readonly #steps = new Map<NodeIndex, string>();
  readonly #authenticationSteps: string[] = [];
  readonly #freshnessSteps: string[] = [];
  #authentication: Axes['authentication'] = 'absent';
  #freshness: Axes['freshness'] = 'absent';
  #ends: number | null = null;

  constructor(tokens: readonly Token[], context: TokenJudgingContext) {
    this.#context = context;
    const timestamps = tokens
      .filter((token) => token.kind === 'Timestamp')
      .map((token) => readTimestamp(context.document, token.node));
    this.#timestamps = new Map(timestamps.map((one) => [one.node, one]));
    this.#first = timestamps[0]?.node ?? null;
    this.#moments = timestamps.flatMap((one) => (one.created ? [one.created.text] : []));
    this.#until = statedUntil(timestamps);
  }

  get judgement(): TokenJudgement {
    return {
      authentication: this.#authentication,
      freshness: this.#freshness,
      until: this.#ends,
      reports: this.#reports,
      steps: this.#steps,
      authenticationSteps: this.#authenticationSteps,
      freshnessSteps: this.#freshnessSteps,
    };
  }

  judge(token: Token, parent: OpenStep): void {
    const { document } = this.#context;
    const range = nodeRange(document, token.node);
    const step = parent.child('read-token', {
      data: { token: token.kind, id: token.id, ...token.data },
      range,
      citation: CITATIONS[token.kind],
    });
    this.#steps.set(token.node, step.id);
    recordAll(step, token.problems ?? []);
    for (const certificate of token.certificates) {
      step.output({ type: 'certificate', label: 'in-token', certificate: certificate.id });
    }
    if (token.kind === 'Timestamp') this.#judgeTimestamp(token, step);
    else if (token.kind === 'UsernameToken') this.#judgeUsernameToken(token, step);
    else if (token.kind === 'SAMLAssertion') this.#judgeAssertion(token, step);
    step.end(token.kind === 'unknown' && (token.problems ?? []).length === 0 ? 'skipped' : undefined);
    this.#reports.push({
      step: step.id,
      kind: token.kind,
      id: token.id,
      path: elementPath(document, token.node),
      range,
      data: token.data,
      ...(token.certificates.length > 0 ? { certificates: token.certificates.map((one) => one.id) } : {}),
    });
  }

  #fresh(result: 'pass' | 'fail', step: string): void {
    this.#freshness = worstOf(WORST_FRESHNESS, this.#freshness, result);
    this.#freshnessSteps.push(step);
  }

  #judgeTimestamp(token: Token, step: OpenStep): void {
    const { document, clock } = this.#context;
    const check = step.child('check-time', {
      range: nodeRange(document, token.node),
      citation: CITATIONS.Timestamp,
      data: { created: written(token, 'created'), expires: written(token, 'expires') },
    });
    const first = this.#first;
    const timestamp = this.#timestamps.get(token.node) ?? readTimestamp(document, token.node);
    const judged = judgeTimestamp(document, timestamp, clock);
    if (first !== null && first !== token.node) {
      check.finding({
        code: 'R3227' satisfies BspRule,
        severity: 'error',
        ranges: [first, token.node].map((node) => nodeRange(document, node)),
        data: { count: this.#timestamps.size },
      });
    }
    recordAll(check, judged.findings);
    check.end(judged.freshness === 'fail' ? 'failed' : undefined);
    this.#ends = sooner(this.#ends, judged.until);
    this.#fresh(judged.freshness, check.id);
  }

  #judgeUsernameToken(token: Token, step: OpenStep): void {
    const { document, users, crypto, clock } = this.#context;
    const range = nodeRange(document, token.node);
    const citation = CITATIONS.UsernameToken;
    const reading = readUsernameToken(document, token.node);
    const password = step.child('check-password', { range, citation });
    const judged = judgePassword(document, reading, users, this.#moments, crypto);
    password.data(judged.data);
    recordAll(password, judged.findings);
    password.end(PASSWORD_STATUS[judged.result]);
    this.#authentication = worstOf(WORST_AUTHENTICATION, this.#authentication, judged.result);
    if (judged.result !== 'absent') this.#authenticationSteps.push(password.id);
    if (reading.created === null) return;
    const check = step.child('check-time', { range, citation, data: { created: written(token, 'created') } });
    const failed = recordAll(check, judgeUsernameTokenAge(document, reading, clock, this.#until));
    check.end();
    const created = parseDateTime(reading.created)?.time ?? null;
    const end = created === null ? null : usernameTokenEnd(created, clock, this.#until);
    this.#ends = sooner(this.#ends, end);
    this.#fresh(failed ? 'fail' : 'pass', check.id);
  }

  #judgeAssertion(token: Token, step: OpenStep): void {
    const { document, clock } = this.#context;
    if (localName(document, token.node) === 'EncryptedAssertion') return;
    const assertion = readSamlAssertion(document, token.node);
    const check = step.child('check-time', {
      range: nodeRange(document, token.node),
      citation:
        assertion.version === '2.0' ? { spec: 'SAML2', section: '2.5.1' } : { spec: 'SAML11', section: '2.3.2.1' },
    });
    const failed = recordAll(check, judgeConditions(document, assertion, clock));
    check.end();
    for (const { notOnOrAfter } of [assertion, ...assertion.confirmations]) {
      this.#ends = sooner(this.#ends, parseDateTime(notOnOrAfter ?? '')?.time ?? null);
    }
    if (assertion.notBefore === null && assertion.notOnOrAfter === null) return;
    this.#fresh(failed ? 'fail' : 'pass', check.id);
  }
}

/**
 * Judges every token of {@link readTokens}, in document order, under `parent`: steps `read-token` with `check-time`,
 * `check-password` and `saml-assertion` beneath. Never throws on its input.
 */
export function judgeTokens(tokens: readonly Token[], context: TokenJudgingContext, parent: OpenStep): TokenJudgement {
  const judging = new TokenJudging(tokens, context);
  for (const token of tokens) judging.judge(token, parent);
  return judging.judgement;
}

/** A moment as the token has it. */
function written(token: Token, name: 'created' | 'expires'): string | null {
  const value = token.data[name];
  return typeof value === 'string' ? value : null;
}
