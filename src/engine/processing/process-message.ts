/** One run over one message, in order: open, parse, envelope, headers, ids, tokens, signatures, paths; going on after every failure (design.md §1; SMS §8 to §10). */
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../bytes/budget.ts';
import { INPUT_SPACE } from '../bytes/source-range.ts';
import { judgeTokenConfirmations, type ConfirmationJudgement } from '../key-resolution/judge-confirmations.ts';
import { resolveKeyInfo } from '../key-resolution/resolve-key-info.ts';
import { makeTokenDereferencer } from '../key-resolution/token-dereferencer.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import { findSignatures } from '../signature/find-signatures.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import { covers } from '../signature/node-coverage.ts';
import type { SignatureContext } from '../signature/signature-context.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import type { Token } from '../tokens/token.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { EncryptedReport } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';
import { reportUndecrypted } from './encrypted-parts.ts';
import { collectCertificates, type CertificateCollection } from './collect-certificates.ts';
import type { JudgePorts, JudgeRequest } from './judge-types.ts';
import { judgeTrust, type TrustJudgement } from './judge-trust.ts';
import { processTokens, type ProcessedTokens } from './process-tokens.ts';
import { viewMessage, type MessageView } from './message-view.ts';
import { parseInput, type ParsedInput } from './parse-step.ts';
import { readRequest, type RelatedRequest } from './related-request.ts';

/** What a run found, as far as it got. Filled while it goes on, so that a bound hit in the middle loses nothing. */
export interface ProcessedMessage {
  parsed: ParsedInput | null;
  view: MessageView | null;
  tokens: ProcessedTokens | null;
  signatures: JudgedSignature[];
  encrypted: readonly EncryptedReport[];
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

export async function processMessage(request: JudgeRequest, ports: JudgePorts, recorder: Recorder): Promise<ProcessedMessage> {
  const message: ProcessedMessage = { parsed: null, view: null, tokens: null, signatures: [], encrypted: [], confirmations: null, trust: [], certificates: collectCertificates(), sessionKeys: new Map(), stopped: null };
  const budget = new Budget(request.limits ?? DEFAULT_LIMITS);
  try {
    await run(message, request, ports, recorder, budget);
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

async function run(message: ProcessedMessage, request: JudgeRequest, ports: JudgePorts, recorder: Recorder, budget: Budget): Promise<void> {
  const between = (what: string, done: number) => {
    if (ports.cancelled?.() === true) throw new Cancelled();
    ports.progress?.(what, done);
  };
  between('parse', 0);
  const parsed = parseInput(request.octets, budget, recorder);
  message.parsed = parsed;
  if (!parsed.wellFormed) return;
  const view = viewMessage(parsed.result.document, request, budget, recorder);
  message.view = view;
  const { document } = view;

  between('tokens', 0);
  const related = request.request === null ? null : readRequest(request.request, budget);
  const tokens = processTokens(view, request, ports.crypto, budget, recorder);
  message.tokens = tokens;
  message.encrypted = reportUndecrypted(document, view.ids, view.encrypted, recorder);
  message.sessionKeys = givenSessionKeys(tokens.all, request);

  const external = new Map([...parsed.opened.attachments, ...request.attachments]);
  const keys: KeyResolutionContext = { ...keyContext(view, tokens.all, message.sessionKeys, related, request, ports, budget, recorder), external };
  const context = signatureContext(view, keys, external);
  const found = findSignatures({ document, envelope: view.envelope?.node ?? null, ours: view.ours, budget });
  for (const [index, signature] of found.entries()) {
    between('signature', index / found.length);
    message.signatures.push(await verifySignature(signature, context, null));
  }
  between('confirmations', 0);
  message.confirmations = confirm(message.signatures, { ...keys, tokens: tokens.ours }, related, request, recorder);
  between('trust', 0);
  message.certificates = collectCertificates(tokens.all, request.keys, message.signatures);
  message.trust = await judgeTrust(message.signatures, message.certificates, request, ports.crypto, budget, recorder);
}

/** SAML subject confirmation and SignatureConfirmation: they need the signatures judged. */
function confirm(signatures: readonly JudgedSignature[], context: KeyResolutionContext, related: RelatedRequest | null, request: JudgeRequest, recorder: Recorder): ConfirmationJudgement | null {
  const values = related?.signatureValues ?? null;
  if (values === null && !context.tokens.some((token) => token.kind === 'SAMLAssertion' || token.kind === 'SignatureConfirmation')) return null;
  const step = recorder.step('header', { data: { confirmations: true } });
  const judged = signatures.map((signature) => ({
    node: signature.node, value: signature.report.value, publicKey: signature.used?.publicKey ?? null, secret: signature.used?.secret ?? null,
    covers: (node: NodeIndex) => covers(signature, node),
  }));
  const clock = { at: request.at, skewSeconds: request.skewSeconds, ttlSeconds: request.ttlSeconds };
  const judgement = judgeTokenConfirmations(judged, context, clock, values, step);
  step.end();
  return judgement;
}

/** Secrets that the user gave for an EncryptedKey by its id. The private keys' turn comes with decryption. */
function givenSessionKeys(tokens: readonly Token[], request: JudgeRequest): ReadonlyMap<NodeIndex, Uint8Array> {
  const secrets = new Map<NodeIndex, Uint8Array>();
  for (const token of tokens) {
    if (token.kind !== 'EncryptedKey' || token.id === null) continue;
    const given = request.keys.find((entry) => entry.secret !== null && (entry.name === token.id || entry.name === token.data['sha1']));
    if (given?.secret) secrets.set(token.node, given.secret);
  }
  return secrets;
}

function keyContext(view: MessageView, tokens: readonly Token[], sessionKeys: ReadonlyMap<NodeIndex, Uint8Array>, related: RelatedRequest | null, request: JudgeRequest, ports: JudgePorts, budget: Budget, recorder: Recorder): KeyResolutionContext {
  return {
    document: view.document, ids: view.ids, tokens, keys: request.keys, users: request.users, crypto: ports.crypto, budget, recorder,
    encryptedKeySecrets: sessionKeys, requestSecrets: related?.secrets ?? new Map(),
  };
}

function signatureContext(view: MessageView, keys: KeyResolutionContext, external: ReadonlyMap<string, Uint8Array>): SignatureContext {
  return {
    document: view.document, ids: view.ids, budget: keys.budget, crypto: keys.crypto, recorder: keys.recorder,
    external,
    dereferenceToken: makeTokenDereferencer(keys),
    resolveKey: (keyInfo, purpose, parent) => resolveKeyInfo(keyInfo, purpose, keys, parent),
    undecrypted: view.encrypted.data, textSplitters: view.textSplitters,
  };
}

function stopStep(recorder: Recorder, code: string, data: Readonly<Record<string, string | number>>, offset: number, message: ProcessedMessage): void {
  const step = recorder.step('verdict', { data: { stopped: code } });
  const range = offset < 0 ? [] : [message.parsed?.result.document.range(offset, offset + 1) ?? { space: INPUT_SPACE, start: offset, end: offset + 1 }];
  step.finding({ code, severity: 'error', data, ranges: range });
  step.end('failed');
}
