/**
 * Judges what needs verified signatures: SAML subject confirmation and SignatureConfirmation (STP 1.1 §3.5; SMS 1.1
 * §8.5).
 */
import { equalOctets } from '../bytes/octets.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { Clock } from '../tokens/clock.ts';
import { worstOf } from '../tokens/judge-tokens.ts';
import {
  isAssertion,
  judgeConfirmationInterval,
  readSamlAssertion,
  type SamlAssertion,
  type SubjectConfirmation,
} from '../tokens/saml-assertion.ts';
import {
  judgeConfirmations,
  readSignatureConfirmation,
  type SignatureConfirmation,
} from '../tokens/signature-confirmation.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { Axes } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';
import { isWithin, localName, nodeRange } from '../xml/navigate.ts';
import type { KeyResolutionContext } from './key-resolution-types.ts';
import { searchKeys } from './resolve-key-info.ts';

/** A signature of the message as far as it was judged. */
export interface JudgedSignature {
  /** The ds:Signature element. */
  readonly node: NodeIndex;
  readonly value: 'pass' | 'fail' | 'unknown';
  readonly publicKey: PublicKey | null;
  readonly secret: Uint8Array | null;
  /** Whether a verified reference of it holds the whole element. */
  covers(node: NodeIndex): boolean;
}

/** What SAML subject confirmations say for two of the axes. */
export interface ConfirmationJudgement {
  readonly authentication: Axes['authentication'];
  readonly freshness: Axes['freshness'];
  readonly steps: readonly string[];
}

const AUTHENTICATION = ['absent', 'pass', 'unknown', 'fail'] as const;

type Result = 'pass' | 'fail' | 'unknown';

interface Held {
  readonly result: Result;
  /** Why not, for the finding. */
  readonly reason: 'no-key' | 'signature-fails-with-this-key' | 'signed-with-another-key' | null;
}

/** Whether a verified signature of the message, not the assertion's own, was made with a key of the confirmation. */
function holdsKey(
  confirmation: SubjectConfirmation,
  signatures: readonly JudgedSignature[],
  context: KeyResolutionContext,
): Held {
  if (confirmation.keyInfos.length === 0) return { result: 'fail', reason: 'no-key' };
  const keys = confirmation.keyInfos.flatMap((keyInfo) => [
    ...searchKeys(keyInfo, 'verify', context).candidates,
    ...searchKeys(keyInfo, 'mac', context).candidates,
  ]);
  const publicKeys = keys.flatMap((one) => (one.publicKey ? [one.publicKey.spki] : []));
  const secrets = keys.flatMap((one) => (one.secret ? [one.secret] : []));
  if (publicKeys.length === 0 && secrets.length === 0) return { result: 'unknown', reason: null };
  const uses = (one: JudgedSignature) =>
    (one.publicKey !== null && publicKeys.some((key) => equalOctets(key, one.publicKey?.spki ?? new Uint8Array(0)))) ||
    (one.secret !== null && secrets.some((key) => equalOctets(key, one.secret ?? new Uint8Array(0))));
  const users = signatures.filter(uses);
  if (users.some((one) => one.value === 'pass')) return { result: 'pass', reason: null };
  if (
    users.some((one) => one.value === 'unknown') ||
    signatures.some((one) => one.publicKey === null && one.secret === null && one.value === 'unknown')
  ) {
    return { result: 'unknown', reason: null };
  }
  return { result: 'fail', reason: users.length > 0 ? 'signature-fails-with-this-key' : 'signed-with-another-key' };
}

/** The message's signatures as one assertion sees them. */
interface Vouching {
  /** Of the message, not the assertion's own. */
  readonly message: readonly JudgedSignature[];
  /** Those of them that hold the whole assertion. */
  readonly covering: readonly JudgedSignature[];
  /** What the assertion's own signature and those around it come to. */
  readonly vouched: Result;
}

function vouchingFor(
  assertion: SamlAssertion,
  all: readonly JudgedSignature[],
  context: KeyResolutionContext,
): Vouching {
  const { document } = context;
  const own = all.filter((one) => isWithin(document, one.node, assertion.node));
  const message = all.filter((one) => !isWithin(document, one.node, assertion.node));
  const covering = message.filter((one) => one.covers(assertion.node));
  const vouched = [...own, ...covering].some((one) => one.value === 'pass')
    ? 'pass'
    : // One that could not be judged covers nothing yet; it may still be the issuer's, around the assertion.
      [...own, ...message].some((one) => one.value === 'unknown')
      ? 'unknown'
      : 'fail';
  return { message, covering, vouched };
}

const STATUS = { pass: undefined, fail: 'failed', unknown: 'unknown' } as const;

function judgeAssertion(
  assertion: SamlAssertion,
  all: readonly JudgedSignature[],
  context: KeyResolutionContext,
  clock: Clock,
  parent: OpenStep,
): { result: Result; stale: boolean; step: string } {
  const { document } = context;
  const citation = { spec: 'STP', section: '3.5' };
  const step = parent.child('saml-assertion', {
    range: nodeRange(document, assertion.node),
    citation,
    data: { id: assertion.id, version: assertion.version },
  });
  const vouching = vouchingFor(assertion, all, context);
  if (assertion.signature === null) tellUnsigned(assertion, vouching, context, step);
  let result: Result | null = assertion.confirmations.length === 0 ? vouching.vouched : null;
  let stale = false;
  for (const confirmation of assertion.confirmations) {
    const check = step.child('subject-confirmation', {
      range: nodeRange(document, confirmation.node),
      citation,
      data: { method: confirmation.method, uri: confirmation.uri },
    });
    const interval = judgeConfirmationInterval(document, confirmation, clock);
    for (const finding of interval) check.finding(finding);
    stale ||= interval.length > 0;
    const one = judgeConfirmation(confirmation, vouching, context, check);
    check.end(STATUS[one]);
    // One confirmation that holds is enough (SAML 2.0 Core §2.4.1.1).
    result = result === null || one === 'pass' || (one === 'unknown' && result === 'fail') ? one : result;
  }
  const ended = result ?? 'unknown';
  step.end(STATUS[ended]);
  return { result: ended, stale, step: step.id };
}

function tellUnsigned(
  assertion: SamlAssertion,
  { vouched, covering }: Vouching,
  { document }: KeyResolutionContext,
  step: OpenStep,
): void {
  const methods = new Set(assertion.confirmations.map((one) => one.method));
  // An issuer may sign the samlp:Response around its assertions instead of each of them.
  const inResponse = localName(document, document.parent[assertion.node] ?? 0) === 'Response';
  const needed = !inResponse && (methods.has('bearer') || methods.has('holder-of-key'));
  step.finding({
    code: 'saml-assertion-unsigned',
    severity: vouched === 'fail' ? 'error' : needed ? 'warning' : 'note',
    ranges: [nodeRange(document, assertion.node)],
    data: { issuer: assertion.issuer, methods: [...methods], coveredByMessage: covering.length > 0 },
    ...(vouched === 'fail' ? { fault: 'wsse:InvalidSecurityToken' } : {}),
  });
}

function judgeConfirmation(
  confirmation: SubjectConfirmation,
  { message, covering, vouched }: Vouching,
  context: KeyResolutionContext,
  check: OpenStep,
): Result {
  const range = nodeRange(context.document, confirmation.node);
  const fails = (method: string, reason: string) =>
    check.finding({
      code: 'saml-subject-confirmation',
      severity: 'error',
      ranges: [range],
      fault: 'wsse:FailedCheck',
      data: { method, reason, signatures: message.length },
    });
  switch (confirmation.method) {
    case 'holder-of-key': {
      const held = holdsKey(confirmation, message, context);
      if (held.reason !== null) fails('holder-of-key', held.reason);
      return worstOf(['pass', 'unknown', 'fail'] as const, vouched, held.result);
    }
    case 'sender-vouches': {
      if (covering.some((signature) => signature.value === 'pass')) return 'pass';
      if (covering.some((signature) => signature.value === 'unknown')) return 'unknown';
      fails('sender-vouches', 'assertion-not-signed-by-sender');
      return 'fail';
    }
    case 'other':
      return 'unknown';
    default:
      return vouched;
  }
}

/**
 * Judges subject confirmation of the assertions used as tokens, and SignatureConfirmation against the request's
 * SignatureValues, where one was given. Call when every signature is judged.
 */
export function judgeTokenConfirmations(
  signatures: readonly JudgedSignature[],
  context: KeyResolutionContext,
  clock: Clock,
  parent: OpenStep,
): ConfirmationJudgement {
  const { document, tokens } = context;
  let authentication: Axes['authentication'] = 'absent';
  let freshness: Axes['freshness'] = 'absent';
  const steps: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'SAMLAssertion' || !isAssertion(document, token.node)) continue;
    const judged = judgeAssertion(readSamlAssertion(document, token.node), signatures, context, clock, parent);
    authentication = worstOf(AUTHENTICATION, authentication, judged.result);
    if (judged.stale) freshness = 'fail';
    steps.push(judged.step);
  }
  const confirmations = tokens
    .filter((token) => token.kind === 'SignatureConfirmation')
    .map((token) => readSignatureConfirmation(document, token.node));
  const known = context.answered?.signatureValues ?? null;
  if (confirmations.length > 0 || (known !== null && known.length > 0)) {
    const step = parent.child('signature-confirmation', {
      range: confirmations[0] ? nodeRange(document, confirmations[0].node) : null,
      citation: { spec: 'SMS', section: '8.5' },
      data: { confirmations: confirmations.length, requestSignatures: known?.length ?? null },
    });
    const status = step.end(compareConfirmations(confirmations, context, step));
    if (status === 'failed') authentication = 'fail';
    steps.push(step.id);
  }
  return { authentication, freshness, steps };
}

/** @returns the step's status where its findings do not say it */
function compareConfirmations(
  confirmations: readonly SignatureConfirmation[],
  { document, answered }: KeyResolutionContext,
  step: OpenStep,
): 'unknown' | 'skipped' | undefined {
  if (answered === null) {
    const data = { confirmations: confirmations.length, request: 'not-given' };
    step.finding({ code: 'signature-confirmation-without-request', severity: 'note', data });
    return 'unknown';
  }
  const { signatureValues, headersOpened } = answered;
  if (confirmations.length === 0) {
    const data = { requestSignatures: signatureValues.length };
    step.finding({ code: 'signature-confirmation-missing', severity: 'note', data });
    return 'skipped';
  }
  // What is not found may be the value of a signature that stayed encrypted.
  const strange = confirmations.some(({ value }) => value !== null && !signatureValues.includes(value));
  if (strange && !headersOpened) {
    const data = { confirmations: confirmations.length, request: 'not-opened' };
    step.finding({ code: 'signature-confirmation-without-request', severity: 'note', data });
    return 'unknown';
  }
  for (const finding of judgeConfirmations(document, confirmations, signatureValues)) step.finding(finding);
  return undefined;
}
