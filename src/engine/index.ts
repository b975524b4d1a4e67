/**
 * The engine's first act: a message and what a receiver knows in, a judged run out. The second, explaining it, is a
 * chunk of its own: `diagnosis/explain.ts`.
 */
import { Digest } from './algorithms/identifiers.ts';
import { encodeHex } from './bytes/hex.ts';
import { INPUT_SPACE } from './bytes/source-range.ts';
import { decryptedNodes } from './encryption/processing-order.ts';
import { attachmentFindings } from './coverage/attachment-coverage.ts';
import { judgeCoverage, type Coverage, type CoverageInput } from './coverage/judge-coverage.ts';
import { nestedMessage } from './coverage/nested-message.ts';
import { unprotectedNames } from './coverage/unprotected-names.ts';
import { findWrappings, type Wrapping } from './coverage/wrapping.ts';
import { sha256Hex, sha256HexBy } from './crypto/fingerprint.ts';
import { reportHeaders } from './message/message-view.ts';
import type { JudgePorts, JudgeRequest } from './message/request.ts';
import { describeInput } from './processing/parse-step.ts';
import { processMessage, type ProcessedMessage } from './processing/process-message.ts';
import { Recorder } from './trace/recorder.ts';
import { TRACE_SCHEMA, type Trace } from './trace/trace.ts';
import type { Judged } from './verdict/judged.ts';
import { judgeVerdict } from './verdict/judge-verdict.ts';
import { rootCausesFirst } from './verdict/root-causes.ts';
import { ENGINE_VERSION } from './version.ts';

export type { Judged } from './verdict/judged.ts';
export type { JudgePorts, JudgeRequest, Run } from './message/request.ts';

/** Judges one message. Throws only for defects of its own: a malformed or hostile message is a trace with findings. */
export async function judge(request: JudgeRequest, ports: JudgePorts): Promise<Judged> {
  const recorder = new Recorder(sha256HexBy(ports.crypto));
  recorder.space(INPUT_SPACE, 'input', 'input', request.octets, null, null, '');
  // WebCrypto hashes on another thread: the parse need not wait for it.
  const [digest, message] = await Promise.all([
    ports.crypto.digest(Digest.sha256, request.octets),
    processMessage(request, ports, recorder),
  ]);
  const sha256 = digest === null ? sha256Hex(request.octets) : encodeHex(digest);
  recorder.fingerprint(INPUT_SPACE, sha256);
  const coverage = coverageOf(message, recorder);
  const findings = rootCausesFirst(recorder.findings);
  const verdict = judgeVerdict(message, coverage.judged, coverage.wrappings, recorder.steps, findings);
  const trace: Trace = {
    schema: TRACE_SCHEMA,
    engine: ENGINE_VERSION,
    options: {
      at: new Date(request.at).toISOString(),
      skewSeconds: request.skewSeconds,
      ttlSeconds: request.ttlSeconds,
      receiverActor: request.receiverActor,
      idAttributes: request.idAttributes,
    },
    input: describeInput(request.octets, sha256, message.parsed),
    spaces: recorder.spaces,
    steps: recorder.steps,
    findings,
    headers: message.view === null ? (message.unjudged?.headers ?? []) : reportHeaders(message.view),
    signatures: message.unjudged?.signatures ?? message.signatures.map((signature) => signature.report),
    encrypted: message.unjudged?.encrypted ?? message.encrypted,
    tokens: message.tokens?.reports ?? message.unjudged?.tokens ?? [],
    certificates: message.certificates.reports,
    paths: message.trust.flatMap((judgement) => judgement.paths),
    coverage: coverage.judged?.entries ?? [],
    verdict,
  };
  const arrived = message.parsed?.result.document ?? null;
  return {
    trace,
    octets: recorder.kept,
    stepKeys: recorder.keys,
    request,
    opened: message.parsed?.opened ?? null,
    arrived,
    final: message.view?.document ?? arrived,
    message,
    wrappings: coverage.wrappings,
  };
}

function coverageOf(
  message: ProcessedMessage,
  recorder: Recorder,
): { readonly judged: Coverage | null; readonly wrappings: readonly Wrapping[] } {
  const { view } = message;
  if (view === null) return { judged: null, wrappings: [] };
  const input: CoverageInput = {
    document: view.document,
    ids: view.ids,
    envelope: view.envelope,
    ours: view.ours,
    signatures: message.signatures,
    ciphertexts: [...view.encrypted.data, ...(message.decrypted === null ? [] : decryptedNodes(message.decrypted))],
  };
  const step = recorder.step('coverage');
  const judged = judgeCoverage(input);
  const wrappings = findWrappings(input, judged);
  for (const wrapping of wrappings) {
    step.finding({
      code: wrapping.code,
      severity: 'error',
      confidence: wrapping.sound ? 'certain' : 'likely',
      data: wrapping.data,
      ranges: [wrapping.consumed, wrapping.verified],
    });
  }
  const secured =
    message.signatures.length > 0 ||
    message.decrypted !== null ||
    (view.envelope !== null && (message.tokens?.ours.length ?? 0) > 0);
  const nested = !secured || view.envelope === null ? nestedMessage(view.document) : null;
  if (nested !== null) step.finding(nested);
  else if (!secured) step.finding({ code: 'unsecured', severity: 'error' });
  for (const finding of unprotectedNames(view.document, message.signatures)) step.finding(finding);
  for (const entry of judged.entries) {
    if (!secured || entry.signed === 'full' || entry.signed === 'unknown' || entry.signed === 'broken') continue;
    const data = { role: entry.role, path: entry.target.path, signed: entry.signed };
    if (entry.required) {
      step.finding({ code: 'required-part-not-signed', severity: 'warning', ranges: [entry.target], data });
    } else if (entry.role === 'BinarySecurityToken') {
      step.finding({ code: 'token-not-signed', severity: 'note', ranges: [entry.target], data });
    }
  }
  const { opened, xop } = message.parsed ?? {};
  for (const finding of attachmentFindings({
    signatures: message.signatures,
    parts: opened?.parts ?? new Map(),
    included: new Set(xop?.includes.map((include) => include.attachment ?? '')),
  })) {
    step.finding(finding);
  }
  const required = judged.entries.filter((entry) => entry.required);
  step.data({ required: required.length, full: required.filter((entry) => entry.signed === 'full').length });
  step.end(coverageStatus(judged, wrappings.length > 0));
  return { judged, wrappings };
}

/**
 * What the step says of itself; undefined where its findings say it. A part whose signature is broken is not signed,
 * and has no finding of its own here.
 */
function coverageStatus({ entries, axis }: Coverage, wrapped: boolean): 'failed' | 'unknown' | 'warned' | undefined {
  const has = (signed: Coverage['entries'][number]['signed']) =>
    entries.some((entry) => entry.required && entry.signed === signed);
  if (wrapped || has('broken')) return 'failed';
  if (has('unknown')) return 'unknown';
  return axis === 'none' || axis === 'partial' ? 'warned' : undefined;
}
