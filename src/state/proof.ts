/** The proof behind a proven cause: the octets as they arrived and as they were signed, and the digest that says so. */
import type { SpaceId } from '../engine/bytes/source-range.ts';
import type { Finding, ReferenceReport, SignatureReport, Step, Trace } from '../engine/trace/trace.ts';
import { indexTrace } from '../engine/trace/trace-index.ts';

/** A finding with the octets that prove it. */
export interface Proof {
  readonly finding: Finding;
  /** The octets as they arrived; null where there were none to hash. */
  readonly arrived: SpaceId | null;
  /** The octets that give the declared digest or verify with the value. */
  readonly signed: SpaceId;
  readonly reference: ReferenceReport | null;
  readonly signature: SignatureReport | null;
}

/** The step that a search for a cause is about; any other step is about itself. */
export function subjectOf(trace: Trace, step: Step): Step {
  const { about } = step.data;
  if (step.kind !== 'diagnosis' || typeof about !== 'string') return step;
  return indexTrace(trace).step(about) ?? step;
}

/** The proof that a finding carries, or null. */
export function proofOfFinding(trace: Trace, finding: Finding): Proof | null {
  const space = (label: string): SpaceId | null => {
    const found = finding.evidence.find((artifact) => artifact.type === 'octets' && artifact.label === label);
    return found?.type === 'octets' ? found.space : null;
  };
  const signed = space('signed');
  if (signed === null || (finding.confidence !== 'proven' && finding.confidence !== 'likely')) return null;
  const index = indexTrace(trace);
  const step = index.step(finding.step);
  const subject = step && subjectOf(trace, step).id;
  return {
    finding,
    arrived: space('arrived'),
    signed,
    reference: index.referenceOf(subject),
    signature: index.signatureOf(subject),
  };
}

/** The proof that belongs to what is selected: the finding's own, else that of the cause of the step's failure. */
export function proofOf(trace: Trace, findingId: string | null, stepId: string | null): Proof | null {
  const index = indexTrace(trace);
  const finding = index.finding(findingId);
  const own = finding ? proofOfFinding(trace, finding) : null;
  if (own || stepId === null) return own;
  const line = new Set(
    index
      .lineage(stepId)
      .filter((step) => step.kind !== 'signature' || step.id === stepId)
      .map((step) => step.id),
  );
  for (const candidate of trace.findings) {
    const step = index.step(candidate.step);
    if (!step || step.kind !== 'diagnosis' || (!line.has(step.id) && !line.has(subjectOf(trace, step).id))) continue;
    const proof = proofOfFinding(trace, candidate);
    if (proof) return proof;
  }
  return null;
}
