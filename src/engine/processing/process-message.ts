/**
 * One run over one message, in order: open, parse, envelope, headers, ids, decryption, tokens, signatures, paths; going
 * on after every failure (docs/design.md, "One pure engine, one trace"; SMS §8 to §10).
 */
import { BudgetExceeded } from '../bytes/budget.ts';
import { INPUT_SPACE } from '../bytes/source-range.ts';
import type { DecryptedMessage } from '../encryption/decrypted-message.ts';
import { judgeTokenConfirmations, type ConfirmationJudgement } from '../key-resolution/judge-confirmations.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import { covers } from '../signature/node-coverage.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { XadesJudgement } from '../xades/judge-xades.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { XADES } from '../xml/namespaces.ts';
import { composeRun, openRun } from './compose-run.ts';
import { decryptStep, keyContextOf, readAgain } from './decrypt-step.ts';
import { judgeSignatures } from './judge-signatures.ts';
import { collectCertificates, type CertificateCollection } from '../trust/collect-certificates.ts';
import type { JudgePorts, JudgeRequest } from '../message/request.ts';
import type { AnsweredRequest, RunContext } from '../run/run-context.ts';
import { judgeTrust, type TrustJudgement } from '../trust/judge-trust.ts';
import { emptyListing, listUnjudged, type UnjudgedMessage } from './list-unjudged.ts';
import { noTokens, processTokens, type ProcessedTokens } from './process-tokens.ts';
import { viewMessage, type MessageView } from '../message/message-view.ts';
import { parseInput, type ParsedInput } from './parse-step.ts';
import { openersFor } from '../input/open-input.ts';

/** Why a run came to no end: a bound was hit, or its user ended it. */
export type Stopped = 'limit' | 'cancelled';

/** The run ended before the input was parsed. */
export interface UnparsedMessage {
  readonly kind: 'unparsed';
  readonly stopped: Stopped;
}

/** The run ended before envelope and headers were read. */
export interface UnreadMessage {
  readonly kind: 'unread';
  readonly parsed: ParsedInput;
  readonly stopped: Stopped;
}

/** Not well-formed: what stands before the error is listed, and nothing is judged. */
export interface MalformedMessage {
  readonly kind: 'malformed';
  readonly parsed: ParsedInput;
  readonly listed: UnjudgedMessage;
  readonly certificates: CertificateCollection;
  readonly stopped: Stopped | null;
}

/** Read and judged. Where the run was stopped, what it did not get to is empty. */
export interface ReadMessage {
  readonly kind: 'read';
  readonly parsed: ParsedInput;
  /** The message with what opened in its place. */
  readonly view: MessageView;
  /** Null where nothing is encrypted. */
  readonly decrypted: DecryptedMessage | null;
  /** Null where the message answers none that could be read. */
  readonly answered: AnsweredRequest | null;
  readonly tokens: ProcessedTokens;
  readonly signatures: readonly JudgedSignature[];
  /** Null where nothing is to confirm. */
  readonly confirmations: ConfirmationJudgement | null;
  /** Of signatures that have properties of XAdES. */
  readonly xades: readonly XadesJudgement[];
  readonly trust: readonly TrustJudgement[];
  readonly certificates: CertificateCollection;
  /** Session keys that are known, by xenc:EncryptedKey of the view's document. */
  readonly sessionKeys: ReadonlyMap<NodeIndex, Uint8Array>;
  readonly stopped: Stopped | null;
}

/** What a run made of its message, as far as it got. */
export type ProcessedMessage = UnparsedMessage | UnreadMessage | MalformedMessage | ReadMessage;

/** Whether it holds a token for us, a signature, or anything encrypted. */
export function isSecured({ view, signatures, decrypted, tokens }: ReadMessage): boolean {
  return signatures.length > 0 || decrypted !== null || (view.envelope !== null && tokens.ours.length > 0);
}

class Cancelled extends Error {}

type Filling<Message> = { -readonly [Member in keyof Message]: Message[Member] };

/** Filled while the run goes on, so that a bound hit in the middle loses nothing. */
interface Progress {
  parsed: ParsedInput | null;
  message: Filling<MalformedMessage> | Filling<ReadMessage> | null;
}

/** Judges a message from its octets on. A bound or a caller that ends the run leaves what was judged until then. */
export async function processMessage(
  request: JudgeRequest,
  ports: JudgePorts,
  recorder: Recorder,
): Promise<ProcessedMessage> {
  const progress: Progress = { parsed: null, message: null };
  try {
    return await judgeMessage(progress, request, ports, composeRun(request, ports, recorder));
  } catch (error) {
    const stopped = stopStep(error, recorder, progress.parsed);
    const { parsed, message } = progress;
    if (message !== null) return { ...message, stopped };
    return parsed === null ? { kind: 'unparsed', stopped } : { kind: 'unread', parsed, stopped };
  }
}

/** Tells what is done next, before it is begun. */
type Between = (what: string, done: number) => void;

/** @throws {BudgetExceeded | Cancelled} */
async function judgeMessage(
  progress: Progress,
  request: JudgeRequest,
  ports: JudgePorts,
  run: RunContext,
): Promise<MalformedMessage | ReadMessage> {
  const between: Between = (what, done) => {
    if (ports.cancelled?.() === true) throw new Cancelled();
    ports.progress?.(what, done);
  };
  between('parse', 0);
  const { octets, attachments } = request;
  const parsed = parseInput(octets, run, attachments, await openersFor(octets));
  progress.parsed = parsed;
  if (!parsed.wellFormed) {
    const listed = emptyListing();
    const message: Filling<MalformedMessage> = {
      kind: 'malformed',
      parsed,
      listed,
      certificates: collectCertificates(),
      stopped: null,
    };
    progress.message = message;
    listUnjudged(parsed.result.document, listed, run, parsed.step);
    message.certificates = collectCertificates(listed.read, run.keys);
    return message;
  }
  const message: Filling<ReadMessage> = {
    kind: 'read',
    parsed,
    view: viewMessage(parsed.xop?.document ?? parsed.result.document, run),
    decrypted: null,
    answered: null,
    tokens: noTokens(run),
    signatures: [],
    confirmations: null,
    xades: [],
    trust: [],
    certificates: collectCertificates(),
    sessionKeys: new Map(),
    stopped: null,
  };
  progress.message = message;
  await judgeRead(message, request.request, run, between);
  return message;
}

/** @param answered the request that the message answers; null where it answers none */
async function judgeRead(
  message: Filling<ReadMessage>,
  answered: Uint8Array | null,
  run: RunContext,
  between: Between,
): Promise<void> {
  between('decryption', 0);
  const open = await openRun(run, message.parsed.attachments, answered);
  message.answered = open.answered;
  const decrypted = await decryptStep(message.view, open);
  if (decrypted !== null) {
    message.decrypted = decrypted;
    if (decrypted.stopped !== null) message.stopped = 'limit';
    // What the application would see: tokens and signatures are read from it.
    if (decrypted.parts.length > 0) message.view = readAgain(decrypted.final.document, open);
    message.sessionKeys = decrypted.sessionKeysOf(decrypted.final);
  }

  between('tokens', 0);
  const { view, sessionKeys } = message;
  message.tokens = processTokens(view, run);
  const { all, ours, clock } = message.tokens;
  const signatures: JudgedSignature[] = [];
  message.signatures = signatures;
  await judgeSignatures(view, decrypted, open, signatures, (done) => between('signature', done));
  between('confirmations', 0);
  const keys = { ...keyContextOf(view, open), tokens: ours, encryptedKeySecrets: sessionKeys };
  message.confirmations = confirm(signatures, keys, { recorder: run.recorder, clock });
  between('trust', 0);
  message.certificates = collectCertificates(all, run.keys, signatures);
  const known = message.tokens.judgement.authentication === 'pass' ? ours : [];
  const authenticated = known.filter((token) => token.kind === 'UsernameToken').map((token) => token.node);
  message.xades = await xadesOf(view.document, signatures, run);
  const { xades } = message;
  message.trust = await judgeTrust(signatures, message.certificates, authenticated, xades, { ...run, clock });
}

/** A chunk of its own: few messages have such properties. */
async function xadesOf(
  { uris }: XmlDocument,
  signatures: readonly JudgedSignature[],
  run: RunContext,
): Promise<readonly XadesJudgement[]> {
  if (!uris.some((uri) => uri.startsWith(XADES))) return [];
  return (await import('../xades/judge-xades.ts')).judgeXades(signatures, run);
}

/** SAML subject confirmation and SignatureConfirmation: they need the signatures judged. */
function confirm(
  signatures: readonly JudgedSignature[],
  context: KeyResolutionContext,
  { recorder, clock }: Pick<RunContext, 'recorder' | 'clock'>,
): ConfirmationJudgement | null {
  const { answered } = context;
  if (
    answered === null &&
    !context.tokens.some((token) => token.kind === 'SAMLAssertion' || token.kind === 'SignatureConfirmation')
  ) {
    return null;
  }
  const step = recorder.step('header', { data: { confirmations: true } });
  const judged = signatures.map((signature) => ({
    node: signature.node,
    value: signature.report.value,
    publicKey: signature.used?.publicKey ?? null,
    secret: signature.used?.secret ?? null,
    covers: (node: NodeIndex) => covers(signature, node),
  }));
  const judgement = judgeTokenConfirmations(judged, context, clock, step);
  step.end();
  return judgement;
}

/**
 * Records what ended a run early.
 * @throws whatever else it was: a defect of ours
 */
function stopStep(error: unknown, recorder: Recorder, parsed: ParsedInput | null): Stopped {
  if (error instanceof Cancelled) {
    const step = recorder.step('verdict', { data: { stopped: 'cancelled' } });
    step.finding({ code: 'cancelled', severity: 'error', ranges: [] });
    step.end('failed');
    return 'cancelled';
  }
  if (!(error instanceof BudgetExceeded)) throw error;
  const { bound, limit, offset } = error;
  const at = { space: INPUT_SPACE, start: offset, end: offset + 1 };
  const range = parsed?.result.document.range(offset, offset + 1) ?? at;
  const step = recorder.step('verdict', { data: { stopped: 'limit' } });
  step.finding({ code: 'limit', severity: 'error', data: { bound, limit }, ranges: offset < 0 ? [] : [range] });
  step.end('failed');
  return 'limit';
}
