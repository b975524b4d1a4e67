/**
 * Look-ups in a trace: steps by id and by parent, what stands in the report for a step, spaces, certificates. Built
 * once for each trace, in time linear in its size.
 */
import type {
  CertificateReport,
  EncryptedReport,
  PathReport,
  ReferenceReport,
  SignatureReport,
  VerificationStep,
  Judgement,
} from './judgement.ts';
import type { Finding, Space } from './run-log.ts';

/** A trace with its look-ups, each answered from a table made once. */
export interface TraceIndex {
  readonly trace: Judgement;
  step(id: string | null | undefined): VerificationStep | null;
  /** The steps in a step, in the order in which they began; those that stand in none for null. */
  children(id: string | null): readonly VerificationStep[];
  /** The step and those that it stands in, the step first. Empty for an unknown id. */
  lineage(id: string | null | undefined): readonly VerificationStep[];
  finding(id: string | null | undefined): Finding | null;
  /** Findings of the step itself, root causes first. */
  findingsOf(step: string): readonly Finding[];
  /** Every reference of every signature, those of its manifests after it. */
  readonly references: readonly ReferenceReport[];
  /** The reference that the step is, or that it stands in. */
  referenceOf(step: string | null | undefined): ReferenceReport | null;
  /** The signature that the step is, or that it stands in. */
  signatureOf(step: string | null | undefined): SignatureReport | null;
  /** The encrypted part that this step opened. */
  encryptedOf(step: string): EncryptedReport | null;
  /** The certificate path that this step tried. */
  pathOf(step: string): PathReport | null;
  space(id: string | null | undefined): Space | null;
  certificate(id: string | null | undefined): CertificateReport | null;
}

const built = new WeakMap<Judgement, TraceIndex>();

/** The index of a trace, which must not change any more. */
export function indexTrace(trace: Judgement): TraceIndex {
  const known = built.get(trace);
  if (known !== undefined) return known;
  const index = buildIndex(trace);
  built.set(trace, index);
  return index;
}

function buildIndex(trace: Judgement): TraceIndex {
  const steps = byKey(trace.steps, (step) => step.id);
  const children = grouped(trace.steps, (step) => step.parent);
  const findings = byKey(trace.findings, (finding) => finding.id);
  const findingsOf = grouped(trace.findings, (finding) => finding.step);
  const references = trace.signatures.flatMap((signature) => [...withManifests(signature.references)]);
  const referenceOf = byKey(references, (reference) => reference.step);
  const signatureOf = byKey(trace.signatures, (signature) => signature.step);
  const encryptedOf = byKey(trace.encrypted, (part) => part.step);
  const pathOf = byKey(trace.paths, (path) => path.step);
  const spaces = byKey(trace.spaces, (space) => space.id);
  const certificates = byKey(trace.certificates, (certificate) => certificate.id);
  function* lineage(id: string | null | undefined): Generator<VerificationStep> {
    let step = find(steps, id);
    for (; step !== null; step = find(steps, step.parent)) yield step;
  }
  /** The report of the nearest step of the lineage that has one. */
  const nearest = <Report>(reports: ReadonlyMap<string, Report>, id: string | null | undefined): Report | null => {
    for (const step of lineage(id)) {
      const report = reports.get(step.id);
      if (report !== undefined) return report;
    }
    return null;
  };
  return {
    trace,
    step: (id) => find(steps, id),
    children: (id) => children.get(id) ?? [],
    lineage: (id) => [...lineage(id)],
    finding: (id) => find(findings, id),
    findingsOf: (step) => findingsOf.get(step) ?? [],
    references,
    referenceOf: (step) => nearest(referenceOf, step),
    signatureOf: (step) => nearest(signatureOf, step),
    encryptedOf: (step) => find(encryptedOf, step),
    pathOf: (step) => find(pathOf, step),
    space: (id) => find(spaces, id),
    certificate: (id) => find(certificates, id),
  };
}

/** References in document order, each followed by those of the manifest that it names. */
export function* withManifests(references: readonly ReferenceReport[]): Generator<ReferenceReport> {
  for (const reference of references) {
    yield reference;
    if (reference.manifest) yield* withManifests(reference.manifest);
  }
}

function find<Value>(map: ReadonlyMap<string, Value>, key: string | null | undefined): Value | null {
  return (key === null || key === undefined ? undefined : map.get(key)) ?? null;
}

/** The first of each key, as `find` over the list would give. */
function byKey<Value>(list: readonly Value[], key: (value: Value) => string): ReadonlyMap<string, Value> {
  const map = new Map<string, Value>();
  for (const value of list) if (!map.has(key(value))) map.set(key(value), value);
  return map;
}

function grouped<Value>(
  list: readonly Value[],
  key: (value: Value) => string | null,
): ReadonlyMap<string | null, readonly Value[]> {
  const map = new Map<string | null, Value[]>();
  for (const value of list) {
    const group = map.get(key(value));
    if (group) group.push(value);
    else map.set(key(value), [value]);
  }
  return map;
}
