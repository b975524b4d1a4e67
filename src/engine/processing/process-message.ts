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
import type { FindingData } from '../trace/finding-data.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { EncryptedReport } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';
import { composeRun, openRun } from './compose-run.ts';
import { decryptStep, keyContextOf, readAgain } from './decrypt-step.ts';
import { judgeSignatures } from './judge-signatures.ts';
import { collectCertificates, type CertificateCollection } from '../trust/collect-certificates.ts';
import type { JudgePorts, JudgeRequest } from '../message/request.ts';
import type { RunContext } from '../run/run-context.ts';
import { judgeTrust, type TrustJudgement } from '../trust/judge-trust.ts';
import { emptyListing, listUnjudged, type UnjudgedMessage } from './list-unjudged.ts';
import { processTokens, type ProcessedTokens } from './process-tokens.ts';
import { viewMessage, type MessageView } from '../message/message-view.ts';
import { parseInput, type ParsedInput } from './parse-step.ts';
import { readRequest, type RelatedRequest } from '../message/related-request.ts';

/** What a run found, as far as it got. Filled while it goes on, so that a bound hit in the middle loses nothing. */
export interface ProcessedMessage {
  parsed: ParsedInput | null;
  view: MessageView | null;
  /** What stands before the error in a message that is not well-formed; null in any other. */
  unjudged: UnjudgedMessage | null;
  tokens: ProcessedTokens | null;
  signatures: JudgedSignature[];
  encrypted: readonly EncryptedReport[];
  /** Null where nothing is encrypted. `view` shows the message with what opened in its place. */
  decrypted: DecryptedMessage | null;
  /** Null where nothing is to confirm. */
  confirmations: ConfirmationJudgement | null;
  trust: readonly TrustJudgement[];
  certificates: CertificateCollection;
  /** Session keys that are known, by xenc:EncryptedKey. */
  sessionKeys: ReadonlyMap<NodeIndex, Uint8Array>;
  /** A bound was hit, or the run was cancelled: the rest was not judged. */
  stopped: 'limit' | 'cancelled' | null;
}

class Cancelled extends Error {}

export async function processMessage(
  request: JudgeRequest,
  ports: JudgePorts,
  recorder: Recorder,
): Promise<ProcessedMessage> {
  const message: ProcessedMessage = {
    parsed: null,
    view: null,
    unjudged: null,
    tokens: null,
    signatures: [],
    encrypted: [],
    decrypted: null,
    confirmations: null,
    trust: [],
    certificates: collectCertificates(),
    sessionKeys: new Map(),
    stopped: null,
  };
  try {
    await judgeMessage(message, request, ports, composeRun(request, ports, recorder));
  } catch (error) {
    if (error instanceof BudgetExceeded) {
      message.stopped = 'limit';
      stopStep(recorder, 'limit', { bound: error.bound, limit: error.limit }, error.offset, message);
    } else if (error instanceof Cancelled) {
      message.stopped = 'cancelled';
      stopStep(recorder, 'cancelled', {}, -1, message);
    } else throw error;
  }
  return message;
}

async function judgeMessage(
  message: ProcessedMessage,
  request: JudgeRequest,
  ports: JudgePorts,
  run: RunContext,
): Promise<void> {
  const { budget, recorder } = run;
  const between = (what: string, done: number) => {
    if (ports.cancelled?.() === true) throw new Cancelled();
    ports.progress?.(what, done);
  };
  between('parse', 0);
  const parsed = parseInput(request.octets, budget, recorder, request.attachments);
  message.parsed = parsed;
  if (!parsed.wellFormed) {
    message.unjudged = emptyListing();
    listUnjudged(parsed.result.document, message.unjudged, run, parsed.step);
    message.certificates = collectCertificates(message.unjudged.read, request.keys);
    return;
  }
  const arrived = viewMessage(parsed.xop?.document ?? parsed.result.document, run);
  message.view = arrived;

  between('decryption', 0);
  const related = request.request === null ? null : readRequest(request.request, budget);
  const open = await openRun(run, parsed.attachments, request.request);
  const decrypted = await decryptStep(arrived, open);
  message.decrypted = decrypted;
  message.encrypted = decrypted?.reports ?? [];
  if (decrypted !== null && decrypted.stopped !== null) message.stopped = 'limit';
  // What the application would see: tokens and signatures are read from it.
  const view = decrypted === null || decrypted.parts.length === 0 ? arrived : readAgain(decrypted.final.document, open);
  message.view = view;
  message.sessionKeys = decrypted?.sessionKeysOf(decrypted.final) ?? new Map();

  between('tokens', 0);
  const tokens = processTokens(view, run);
  message.tokens = tokens;
  const keys: KeyResolutionContext = {
    ...keyContextOf(view, open),
    tokens: tokens.all,
    encryptedKeySecrets: message.sessionKeys,
  };
  await judgeSignatures(view, decrypted, open, message.signatures, (done) => between('signature', done));
  between('confirmations', 0);
  message.confirmations = confirm(message.signatures, { ...keys, tokens: tokens.ours }, related, run);
  between('trust', 0);
  message.certificates = collectCertificates(tokens.all, request.keys, message.signatures);
  const known = tokens.judgement.authentication === 'pass' ? tokens.ours : [];
  const authenticated = known.filter((token) => token.kind === 'UsernameToken').map((token) => token.node);
  message.trust = await judgeTrust(message.signatures, message.certificates, authenticated, run);
}

/** SAML subject confirmation and SignatureConfirmation: they need the signatures judged. */
function confirm(
  signatures: readonly JudgedSignature[],
  context: KeyResolutionContext,
  related: RelatedRequest | null,
  { recorder, clock }: RunContext,
): ConfirmationJudgement | null {
  const values = related?.signatureValues ?? null;
  if (
    values === null &&
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
  const judgement = judgeTokenConfirmations(judged, context, clock, values, step);
  step.end();
  return judgement;
}

function stopStep(
  recorder: Recorder,
  code: 'limit' | 'cancelled',
  data: FindingData['limit' | 'cancelled'],
  offset: number,
  message: ProcessedMessage,
): void {
  const step = recorder.step('verdict', { data: { stopped: code } });
  const range =
    offset < 0
      ? []
      : [
          message.parsed?.result.document.range(offset, offset + 1) ?? {
            space: INPUT_SPACE,
            start: offset,
            end: offset + 1,
          },
        ];
  step.finding({ code, severity: 'error', data, ranges: range });
  step.end('failed');
}
