/** The proof behind a proven cause: the octets as they arrived and as they were signed, and the digest that says so. */
import type { SpaceId } from '../engine/bytes/source-range.ts';
import type { Finding, ReferenceReport, SignatureReport, Step, Trace } from '../engine/trace/trace.ts';
import { lineage } from './run.ts';

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
  return (step.kind === 'diagnosis' && trace.steps.find((candidate) => candidate.id === about)) || step;
}

function* references(list: readonly ReferenceReport[]): Generator<ReferenceReport> {
  for (const reference of list) {
    yield reference;
    if (reference.manifest) yield* references(reference.manifest);
  }
}

/** The proof that a finding carries, or null. */
export function proofOfFinding(trace: Trace, finding: Finding): Proof | null {
  const space = (label: string): SpaceId | null => {
    const found = finding.evidence.find((artifact) => artifact.type === 'octets' && artifact.label === label);
    return found?.type === 'octets' ? found.space : null;
  };
  const signed = space('signed');
  if (signed === null || (finding.confidence !== 'proven' && finding.confidence !== 'likely')) return null;
  const step = trace.steps.find((candidate) => candidate.id === finding.step);
  const line = step ? lineage(trace, subjectOf(trace, step).id).map((candidate) => candidate.id) : [];
  const reference =
    trace.signatures
      .flatMap((signature) => [...references(signature.references)])
      .find((candidate) => line.includes(candidate.step)) ?? null;
  return {
    finding,
    arrived: space('arrived'),
    signed,
    reference,
    signature: trace.signatures.find((candidate) => line.includes(candidate.step)) ?? null,
  };
}

/** The proof that belongs to what is selected: the finding's own, else that of the cause of the step's failure. */
export function proofOf(trace: Trace, findingId: string | null, stepId: string | null): Proof | null {
  const finding = trace.findings.find((candidate) => candidate.id === findingId);
  const own = finding ? proofOfFinding(trace, finding) : null;
  if (own || stepId === null) return own;
  const line = new Set(
    lineage(trace, stepId)
      .filter((step) => step.kind !== 'signature' || step.id === stepId)
      .map((step) => step.id),
  );
  for (const candidate of trace.findings) {
    const step = trace.steps.find((one) => one.id === candidate.step);
    if (!step || step.kind !== 'diagnosis' || (!line.has(step.id) && !line.has(subjectOf(trace, step).id))) continue;
    const proof = proofOfFinding(trace, candidate);
    if (proof) return proof;
  }
  return null;
}
