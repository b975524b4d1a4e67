/** The eight axes, each with the steps it rests on (docs/command.md, "How the axes are judged"). */
import { allReferences, isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import { worstOf } from '../tokens/judge-tokens.ts';
import type { Coverage } from '../coverage/judge-coverage.ts';
import { unjudgedAxes } from '../processing/list-unjudged.ts';
import type { ProcessedMessage } from '../processing/process-message.ts';
import type { Axes, Data, Verdict } from '../trace/trace.ts';

type Evidence = { steps: string[]; findings: string[]; data: Data };
export type AxisEvidence = Verdict['evidence'];

export interface JudgedAxes {
  readonly axes: Axes;
  readonly evidence: AxisEvidence;
}

/** @param malformed a part could not be decoded although the XML is well-formed */
export function judgeAxes(message: ProcessedMessage, coverage: Coverage | null, malformed: boolean): JudgedAxes {
  const speaking = speakingSignatures(message);
  const axes: Axes = {
    structure: message.parsed?.wellFormed === true && !malformed ? 'pass' : 'fail',
    signature: signatureAxis(speaking),
    decryption: decryptionAxis(message),
    coverage: coverage?.axis ?? 'absent',
    authentication: worstOf(
      ['absent', 'pass', 'unknown', 'fail'],
      message.tokens?.judgement.authentication ?? 'absent',
      message.confirmations?.authentication ?? 'absent',
    ),
    trust: trustAxis(message, speaking),
    freshness: worstOf(
      ['absent', 'pass', 'fail'],
      message.tokens?.judgement.freshness ?? 'absent',
      message.confirmations?.freshness ?? 'absent',
    ),
    // Of a policy that the user gives; what is weak by itself is the headline's to say.
    policy: 'absent',
    ...(message.unjudged === null ? {} : unjudgedAxes(message.unjudged)),
  };
  return { axes, evidence: evidenceOf(message, speaking, coverage) };
}

/**
 * The signatures that say something about the message: in our header, in an assertion there, or anywhere outside SOAP.
 * One elsewhere in a SOAP message is content; it speaks where nothing else does, and when it is plainly wrong.
 */
export function speakingSignatures(message: ProcessedMessage): readonly JudgedSignature[] {
  const own = message.signatures.filter((signature) => signature.place !== 'elsewhere');
  if (own.length === 0) return message.signatures;
  return message.signatures.filter(
    (signature) => signature.place !== 'elsewhere' || signatureAxis([signature]) === 'fail',
  );
}

function signatureAxis(signatures: readonly JudgedSignature[]): Axes['signature'] {
  if (signatures.length === 0) return 'absent';
  const results = signatures.flatMap((signature) => [
    signature.report.value,
    // A signature over nothing is wrong whatever its value; one that could not be read has no references to count.
    ...(signature.references.length === 0 && signature.obstacle !== 'malformed' ? ['fail'] : []),
    ...(signature.obstacle === 'malformed' ? ['fail'] : []),
    ...signature.references.map((reference) => reference.report.digest),
  ]);
  if (results.includes('fail')) return 'fail';
  return results.includes('unknown') ? 'unknown' : 'pass';
}

function decryptionAxis(message: ProcessedMessage): Axes['decryption'] {
  return message.decrypted?.axis ?? 'absent';
}

function trustAxis(message: ProcessedMessage, signatures: readonly JudgedSignature[]): Axes['trust'] {
  if (signatures.length === 0) return 'absent';
  const results = message.trust
    .filter((judgement) => signatures.includes(judgement.signature))
    .map((judgement) => judgement.result);
  if (results.includes('fail')) return 'fail';
  return results.length === 0 || results.includes('unknown') ? 'unknown' : 'pass';
}

function evidenceOf(
  message: ProcessedMessage,
  signatures: readonly JudgedSignature[],
  coverage: Coverage | null,
): AxisEvidence {
  const references = signatures.flatMap((signature) => signature.references);
  const of = (steps: readonly string[], data: Data = {}): Evidence => ({ steps: [...steps], findings: [], data });
  const required = coverage?.entries.filter((entry) => entry.required) ?? [];
  return {
    structure: of([], { wellFormed: message.parsed?.wellFormed ?? false }),
    signature: of(
      (message.unjudged?.signatures ?? signatures.map((signature) => signature.report)).map((report) => report.step),
      {
        signatures: signatures.length,
        verified: signatures.filter(isVerified).length,
        references: references.length,
        matching: references.filter((reference) => reference.report.digest === 'pass').length,
      },
    ),
    decryption: of(
      (message.unjudged?.encrypted ?? message.encrypted).map((part) => part.step),
      { parts: message.encrypted.length, opened: message.encrypted.filter((part) => part.result === 'pass').length },
    ),
    coverage: of([...new Set(required.flatMap((entry) => entry.by))], {
      required: required.length,
      full: required.filter((entry) => entry.signed === 'full').length,
    }),
    authentication: of([
      ...(message.tokens?.judgement.authenticationSteps ?? []),
      ...(message.confirmations?.steps ?? []),
    ]),
    trust: of([...new Set(message.trust.flatMap((judgement) => (judgement.step === null ? [] : [judgement.step])))], {
      anchors: message.certificates.anchors.length,
    }),
    freshness: of(message.tokens?.judgement.freshnessSteps ?? []),
    policy: of([]),
  };
}

/** References whose digest matched in signatures whose value matched: what "at least one was processed" counts. */
export function processedReferences(message: ProcessedMessage): number {
  return speakingSignatures(message)
    .filter(isVerified)
    .flatMap((signature) => allReferences(signature))
    .filter((reference) => reference.report.digest === 'pass').length;
}
