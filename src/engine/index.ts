/**
 * The engine's first act: a message and what a receiver knows in, a judged run out. The second, explaining it, is a
 * chunk of its own: `diagnosis/explain.ts`.
 */
import { foreignSignature, unsignedError } from './coverage/unsigned-error.ts';
import { confirmationOrder, referenceNames } from './coverage/reference-names.ts';
import { Digest } from './algorithms/identifiers.ts';
import { encodeHex } from './bytes/hex.ts';
import { INPUT_SPACE } from './bytes/source-range.ts';
import { decryptedNodes } from './encryption/processing-order.ts';
import { attachmentFindings, unsignedFiles, type AttachmentCoverageInput } from './coverage/attachment-coverage.ts';
import { closedHeaders, judgeCoverage, type Coverage, type CoverageInput } from './coverage/judge-coverage.ts';
import { nestedMessage } from './coverage/nested-message.ts';
import { referredParts } from './coverage/referred-parts.ts';
import { unboundCiphertexts, unboundFinding } from './coverage/unbound-ciphertext.ts';
import { unsignedParts } from './coverage/unsigned-parts.ts';
import { unboundNames, unprotectedNames } from './coverage/unprotected-names.ts';
import { findWrappings } from './coverage/wrapping.ts';
import { sha256Hex, sha256HexBy } from './crypto/fingerprint.ts';
import { reportHeaders } from './message/message-view.ts';
import type { JudgePorts, JudgeRequest } from './message/request.ts';
import { judgedTime } from './processing/judged-time.ts';
import { describeInput } from './processing/parse-step.ts';
import { isSecured, processMessage, type ProcessedMessage, type ReadMessage } from './processing/process-message.ts';
import { Recorder } from './trace/recorder.ts';
import { TRACE_SCHEMA, type Trace } from './trace/trace.ts';
import type { Judged } from './verdict/judged.ts';
import { judgeVerdict, type JudgedCoverage } from './verdict/judge-verdict.ts';
import { inKeeping, rootCausesFirst } from './verdict/root-causes.ts';
import { ENGINE_VERSION } from './version.ts';

export { documentsOf, type Judged } from './verdict/judged.ts';
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
  const coverage = message.kind === 'read' ? coverageStep(message, recorder) : null;
  const verdict = judgeVerdict(message, coverage, recorder.steps, recorder.findings);
  const findings = rootCausesFirst(inKeeping(recorder.findings, verdict), verdict.headline);
  const time = judgedTime(request, message);
  const trace: Trace = {
    schema: TRACE_SCHEMA,
    engine: ENGINE_VERSION,
    options: { ...optionsOf(request), at: time.instant },
    time,
    input: describeInput(request.octets, sha256, message.kind === 'unparsed' ? null : message.parsed),
    spaces: recorder.spaces,
    steps: recorder.steps,
    findings,
    ...reportsOf(message),
    coverage: coverage?.judged.entries ?? [],
    verdict,
  };
  return {
    trace,
    octets: recorder.kept,
    stepKeys: recorder.keys,
    request,
    message,
    wrappings: coverage?.wrappings ?? [],
  };
}

function optionsOf(request: JudgeRequest): Omit<Trace['options'], 'at'> {
  const { skewSeconds, ttlSeconds, receiverActor, idAttributes } = request;
  return { skewSeconds, ttlSeconds, receiverActor, idAttributes };
}

type Reports = Pick<Trace, 'headers' | 'signatures' | 'encrypted' | 'tokens' | 'certificates' | 'paths'>;

/** What was met in the message, judged or listed. */
function reportsOf(message: ProcessedMessage): Reports {
  switch (message.kind) {
    case 'unparsed':
    case 'unread':
      return { headers: [], signatures: [], encrypted: [], tokens: [], certificates: [], paths: [] };
    case 'malformed': {
      const { headers, signatures, encrypted, tokens } = message.listed;
      return { headers, signatures, encrypted, tokens, certificates: message.certificates.reports, paths: [] };
    }
    case 'read':
      return {
        headers: reportHeaders(message.view),
        signatures: message.signatures.map((signature) => signature.report),
        encrypted: message.decrypted?.reports ?? [],
        tokens: message.tokens.reports,
        certificates: message.certificates.reports,
        paths: message.trust.flatMap((judgement) => judgement.paths),
      };
  }
}

function coverageStep(message: ReadMessage, recorder: Recorder): JudgedCoverage {
  const { view, parsed, signatures, decrypted } = message;
  const unbound = decrypted === null ? [] : unboundCiphertexts(decrypted, signatures);
  const input: CoverageInput = {
    document: view.document,
    ids: view.ids,
    envelope: view.envelope,
    ours: view.ours,
    signatures: message.signatures,
    ciphertexts: [...view.encrypted.data, ...(decrypted === null ? [] : decryptedNodes(decrypted))],
    // What was opened left nothing closed but what is for others.
    closed: decrypted === null || decrypted.axis === 'pass' ? [] : closedHeaders(view, view.encrypted.data),
    unbound: unbound.map(({ node }) => node),
  };
  const step = recorder.step('coverage');
  const secured = isSecured(message);
  const nested = !secured || view.envelope === null ? nestedMessage(view.document) : null;
  const covered = judgeCoverage(input);
  // Which envelope counts, who reads the outer document decides: whatever is signed, that is not all.
  const referred = referredParts(
    { document: view.document, ids: view.ids, signatures, parts: parsed.opened.parts },
    covered.consumed,
  );
  const beside = partsBeside(message);
  const less = nested !== null || referred.length > 0 || (beside.container && unsignedFiles(beside).length > 0);
  const judged: Coverage = less && covered.axis === 'full' ? { ...covered, axis: 'partial' } : covered;
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
  if (nested !== null) step.finding(nested);
  else if (!secured) {
    const [first] = [unsignedError(view.document), foreignSignature(view.document)].filter((one) => one !== null);
    if (first !== undefined) step.finding(first);
    step.finding({ code: 'unsecured', severity: 'error' });
  }
  const { document } = view;
  const told = [
    ...referenceNames(document, message.signatures),
    ...confirmationOrder(document, view.ours),
    ...unprotectedNames(document, message.signatures),
    ...unboundNames(document),
    ...unbound.map(unboundFinding),
    ...referred,
    ...(secured ? unsignedParts(judged, input) : []),
    ...attachmentFindings(beside),
  ];
  for (const finding of told) step.finding(finding);
  const required = judged.entries.filter((entry) => entry.required);
  step.data({ required: required.length, full: required.filter((entry) => entry.signed === 'full').length });
  step.end(coverageStatus(judged, wrappings.length > 0));
  return { judged, wrappings };
}

/** The parts that came with the document, and what references make of them. */
function partsBeside({ signatures, parsed: { opened, xop } }: ReadMessage): AttachmentCoverageInput {
  return {
    signatures,
    parts: opened.parts,
    included: new Set(xop?.includes.map((include) => include.attachment ?? '')),
    container: opened.wrappings.includes('zip'),
  };
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
