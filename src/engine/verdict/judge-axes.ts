/** The eight axes, each with the steps it rests on (docs/command.md, "How the axes are judged"). */
import { allReferences, isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import { worstOf } from '../tokens/judge-tokens.ts';
import type { Coverage } from '../coverage/judge-coverage.ts';
import { unjudgedAxes } from '../processing/list-unjudged.ts';
import type { MalformedMessage, ProcessedMessage, ReadMessage } from '../processing/process-message.ts';
import type { Axes, AxisName, Data, Verdict } from '../trace/trace.ts';

/** What each axis rests on. */
export type AxisEvidence = Verdict['evidence'];

/** The axes with their evidence. */
export interface JudgedAxes {
  readonly axes: Axes;
  readonly evidence: AxisEvidence;
}

const ABSENT: Omit<Axes, 'structure'> = {
  signature: 'absent',
  decryption: 'absent',
  coverage: 'absent',
  authentication: 'absent',
  trust: 'absent',
  freshness: 'absent',
  policy: 'absent',
};

/**
 * @param coverage null where the message was not read
 * @param malformed a part could not be decoded although the XML is well-formed
 */
export function judgeAxes(message: ProcessedMessage, coverage: Coverage | null, malformed: boolean): JudgedAxes {
  switch (message.kind) {
    case 'unparsed':
      return { axes: { structure: 'fail', ...ABSENT }, evidence: unreadEvidence(false, null) };
    case 'unread': {
      const { wellFormed } = message.parsed;
      const structure = wellFormed && !malformed ? 'pass' : 'fail';
      return { axes: { structure, ...ABSENT }, evidence: unreadEvidence(wellFormed, null) };
    }
    case 'malformed':
      return {
        axes: { structure: 'fail', ...ABSENT, ...unjudgedAxes(message.listed) },
        evidence: unreadEvidence(false, message),
      };
    case 'read':
      return { axes: axesOf(message, coverage, malformed), evidence: evidenceOf(message, coverage) };
  }
}

function axesOf(message: ReadMessage, coverage: Coverage | null, malformed: boolean): Axes {
  const { parsed, tokens, confirmations, decrypted } = message;
  const speaking = speakingSignatures(message);
  return {
    structure: parsed.wellFormed && !malformed ? 'pass' : 'fail',
    signature: signatureAxis(speaking),
    decryption: decrypted?.axis ?? 'absent',
    coverage: coverage?.axis ?? 'absent',
    authentication: worstOf(
      ['absent', 'pass', 'unknown', 'fail'],
      tokens.judgement.authentication,
      confirmations?.authentication ?? 'absent',
    ),
    trust: trustAxis(message, speaking),
    freshness: worstOf(['absent', 'pass', 'fail'], tokens.judgement.freshness, confirmations?.freshness ?? 'absent'),
    // Of a policy that the user gives; what is weak by itself is the headline's to say.
    policy: 'absent',
  };
}

/**
 * The signatures that say something about the message: in our header, in an assertion there, or anywhere outside SOAP.
 * One elsewhere in a SOAP message is content; it speaks where nothing else does, and when it is plainly wrong.
 */
export function speakingSignatures(message: ProcessedMessage): readonly JudgedSignature[] {
  if (message.kind !== 'read') return [];
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
    ...(signature.obstacle === 'malformed' || signature.obstacle === 'foreign-child' ? ['fail'] : []),
    ...signature.references.map((reference) => reference.report.digest),
  ]);
  if (results.includes('fail')) return 'fail';
  return results.includes('unknown') ? 'unknown' : 'pass';
}

function trustAxis(message: ReadMessage, signatures: readonly JudgedSignature[]): Axes['trust'] {
  if (signatures.length === 0) return 'absent';
  const results = message.trust
    .filter((judgement) => signatures.includes(judgement.signature))
    .map((judgement) => judgement.result);
  if (results.includes('fail')) return 'fail';
  return results.length === 0 || results.includes('unknown') ? 'unknown' : 'pass';
}

const evidence = (steps: readonly string[], data: Data = {}): AxisEvidence[AxisName] => ({ steps, findings: [], data });

/** @param listed what stands before the error of a message that is not well-formed */
function unreadEvidence(wellFormed: boolean, listed: MalformedMessage | null): AxisEvidence {
  const stepsOf = (reports: readonly { readonly step: string }[] = []) => reports.map((report) => report.step);
  return {
    structure: evidence([], { wellFormed }),
    signature: evidence(stepsOf(listed?.listed.signatures), { signatures: 0, verified: 0, references: 0, matching: 0 }),
    decryption: evidence(stepsOf(listed?.listed.encrypted), { parts: 0, opened: 0 }),
    coverage: evidence([], { required: 0, full: 0 }),
    authentication: evidence([]),
    trust: evidence([], { anchors: listed?.certificates.anchors.length ?? 0 }),
    freshness: evidence([]),
    policy: evidence([]),
  };
}

function evidenceOf(message: ReadMessage, coverage: Coverage | null): AxisEvidence {
  const signatures = speakingSignatures(message);
  const references = signatures.flatMap((signature) => signature.references);
  const required = coverage?.entries.filter((entry) => entry.required) ?? [];
  const encrypted = message.decrypted?.reports ?? [];
  const { judgement } = message.tokens;
  return {
    structure: evidence([], { wellFormed: message.parsed.wellFormed }),
    signature: evidence(
      signatures.map((signature) => signature.report.step),
      {
        signatures: signatures.length,
        verified: signatures.filter(isVerified).length,
        references: references.length,
        matching: references.filter((reference) => reference.report.digest === 'pass').length,
      },
    ),
    decryption: evidence(
      encrypted.map((part) => part.step),
      { parts: encrypted.length, opened: encrypted.filter((part) => part.result === 'pass').length },
    ),
    coverage: evidence([...new Set(required.flatMap((entry) => entry.by))], {
      required: required.length,
      full: required.filter((entry) => entry.signed === 'full').length,
    }),
    authentication: evidence([...judgement.authenticationSteps, ...(message.confirmations?.steps ?? [])]),
    trust: evidence([...new Set(trustSteps(message))], {
      anchors: message.certificates.anchors.length,
    }),
    freshness: evidence(judgement.freshnessSteps),
    policy: evidence([]),
  };
}

/** The paths, and what signatures say of their signers. */
function trustSteps({ trust, xades }: ReadMessage): readonly string[] {
  const paths = trust.flatMap(({ step }) => (step === null ? [] : [step]));
  return [...paths, ...xades.filter((one) => one.otherCertificate).map((one) => one.step)];
}

/** References whose digest matched in signatures whose value matched: what "at least one was processed" counts. */
export function processedReferences(message: ProcessedMessage): number {
  return speakingSignatures(message)
    .filter(isVerified)
    .flatMap((signature) => allReferences(signature))
    .filter((reference) => reference.report.digest === 'pass').length;
}
