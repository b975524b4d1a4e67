/**
 * Judges the tokens of a message against clock and users, and records a step for each (SMS 1.1 §6, §10; UTP 1.1; STP
 * 1.1).
 */
import type { BspRule } from '../bsp/rules.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { FindingDraft, OpenStep } from '../trace/recorder.ts';
import type { Axes, SpecCitation, TokenReport } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { elementPath, localName, nodeRange } from '../xml/navigate.ts';
import type { Clock } from './clock.ts';
import { judgePassword, judgeUsernameTokenAge, type User } from './judge-username-token.ts';
import { judgeConditions, readSamlAssertion } from './saml-assertion.ts';
import { judgeTimestamp, readTimestamp, type Timestamp } from './timestamp.ts';
import type { Token, TokenKind } from './token.ts';
import { readUsernameToken } from './username-token.ts';

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

const WORST_AUTHENTICATION = ['absent', 'pass', 'unknown', 'fail'] as const;
const WORST_FRESHNESS = ['absent', 'pass', 'fail'] as const;

/** The worse of two results on one axis. */
export function worstOf<T extends string>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
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

/**
 * Judges every token of {@link readTokens}, in document order, under `parent`: steps `read-token` with `check-time`,
 * `check-password` and `saml-assertion` beneath. Never throws on its input.
 */
export function judgeTokens(tokens: readonly Token[], context: TokenJudgingContext, parent: OpenStep): TokenJudgement {
  const { document, clock, crypto, users } = context;
  let authentication: Axes['authentication'] = 'absent';
  let freshness: Axes['freshness'] = 'absent';
  const reports: TokenReport[] = [];
  const steps = new Map<NodeIndex, string>();
  const authenticationSteps: string[] = [];
  const freshnessSteps: string[] = [];
  const timestamps = tokens
    .filter((token) => token.kind === 'Timestamp')
    .map((token) => readTimestamp(document, token.node));
  const byNode = new Map(timestamps.map((one) => [one.node, one]));
  const until = statedUntil(timestamps);
  const moments = timestamps.flatMap((one) => (one.created ? [one.created.text] : []));
  const fresh = (result: 'pass' | 'fail', step: string) => {
    freshness = worstOf(WORST_FRESHNESS, freshness, result);
    freshnessSteps.push(step);
  };
  for (const token of tokens) {
    const range = nodeRange(document, token.node);
    const citation = CITATIONS[token.kind];
    const step = parent.child('read-token', {
      data: { token: token.kind, id: token.id, ...token.data },
      range,
      citation,
    });
    steps.set(token.node, step.id);
    recordAll(step, token.problems ?? []);
    for (const certificate of token.certificates) {
      step.output({ type: 'certificate', label: 'in-token', certificate: certificate.id });
    }
    switch (token.kind) {
      case 'Timestamp': {
        const check = step.child('check-time', {
          range,
          citation,
          data: { created: token.data['created'] ?? null, expires: token.data['expires'] ?? null },
        });
        const first = timestamps[0]!.node;
        const judged = judgeTimestamp(document, byNode.get(token.node)!, clock);
        if (first !== token.node) {
          check.finding({
            code: 'R3227' satisfies BspRule,
            severity: 'warning',
            ranges: [first, token.node].map((node) => nodeRange(document, node)),
            data: { count: timestamps.length },
          });
        }
        recordAll(check, judged.findings);
        check.end(judged.freshness === 'fail' ? 'failed' : undefined);
        fresh(judged.freshness, check.id);
        break;
      }
      case 'UsernameToken': {
        const reading = readUsernameToken(document, token.node);
        const password = step.child('check-password', { range, citation });
        const judged = judgePassword(document, reading, users, moments, crypto);
        password.data(judged.data);
        recordAll(password, judged.findings);
        password.end(
          judged.result === 'pass'
            ? undefined
            : judged.result === 'fail'
              ? 'failed'
              : judged.result === 'unknown'
                ? 'unknown'
                : 'skipped',
        );
        authentication = worstOf(WORST_AUTHENTICATION, authentication, judged.result);
        if (judged.result !== 'absent') authenticationSteps.push(password.id);
        if (reading.created !== null) {
          const check = step.child('check-time', { range, citation, data: { created: token.data['created'] ?? null } });
          const failed = recordAll(check, judgeUsernameTokenAge(document, reading, clock, until));
          check.end();
          fresh(failed ? 'fail' : 'pass', check.id);
        }
        break;
      }
      case 'SAMLAssertion': {
        if (localName(document, token.node) === 'EncryptedAssertion') break;
        const assertion = readSamlAssertion(document, token.node);
        const check = step.child('check-time', {
          range,
          citation: {
            spec: assertion.version === '2.0' ? 'SAML2' : 'SAML11',
            section: assertion.version === '2.0' ? '2.5.1' : '2.3.2.1',
          },
        });
        const failed = recordAll(check, judgeConditions(document, assertion, clock));
        check.end();
        if (assertion.notBefore !== null || assertion.notOnOrAfter !== null) fresh(failed ? 'fail' : 'pass', check.id);
        break;
      }
      default:
    }
    step.end(token.kind === 'unknown' && (token.problems ?? []).length === 0 ? 'skipped' : undefined);
    reports.push({
      step: step.id,
      kind: token.kind,
      id: token.id,
      path: elementPath(document, token.node),
      range,
      data: token.data,
      ...(token.certificates.length > 0 ? { certificates: token.certificates.map((one) => one.id) } : {}),
    });
  }
  return { authentication, freshness, reports, steps, authenticationSteps, freshnessSteps };
}
