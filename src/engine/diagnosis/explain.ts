/**
 * The second act: searches why a judged message fails, on what judging made of it (its documents, canonical octets and
 * keys). Nothing of the message is judged or read again, and nothing of the verdict changes (docs/design.md, "Diagnosis proves, it does not guess").
 */
import { Budget, DEFAULT_LIMITS } from '../bytes/budget.ts';
import { CertificateMemory } from '../certificates/certificate-memory.ts';
import { sha256HexBy } from '../crypto/fingerprint.ts';
import type { JudgePorts, Run } from '../message/request.ts';
import { Recorder } from '../trace/recorder.ts';
import type { Finding } from '../trace/trace.ts';
import type { Judged } from '../verdict/judged.ts';
import { rootCausesFirst } from '../verdict/root-causes.ts';
import type { DecryptionCause, DecryptionSearch } from './decryption/explain-decryption.ts';
import { diagnose, type Diagnosis } from './diagnose.ts';
import { withExplanation, type Explained } from './explained.ts';

export { withExplanation, type Explained } from './explained.ts';

/** Rounds of key derivations that are tried instead of the one described. */
const ITERATIONS = 50_000;

/** Searches the causes of what failed. A run that a bound or its user ended is left as it is. */
export async function explain(judged: Judged, ports: JudgePorts): Promise<Explained> {
  const { trace, message, request } = judged;
  if (message.kind !== 'read' || message.stopped !== null) {
    return { findings: trace.findings, steps: [], spaces: [], octets: new Map() };
  }
  const recorder = new Recorder(sha256HexBy(ports.crypto), {
    steps: trace.steps.length,
    findings: trace.findings.length,
  });
  const cancelled = () => ports.cancelled?.() === true;
  // A budget of its own: explaining never uses up what judging needs, nor the other way round.
  const budget = new Budget({ ...DEFAULT_LIMITS, iterations: ITERATIONS });
  ports.progress?.('diagnosis', 0);
  const causes = await causesOfUnopened({
    unopened: message.decrypted?.unopened ?? [],
    findings: new Map(trace.findings.map((finding) => [finding.id, finding])),
    budget,
    cancelled,
  });
  const better = recordCauses(causes, judged, recorder);
  const diagnosis = await diagnose({
    signatures: message.signatures,
    tokens: message.tokens.all,
    keys: request.keys,
    users: request.users,
    sessionKeys: message.sessionKeys,
    answered: message.answered,
    idAttributes: request.idAttributes,
    parts: message.parsed.xop,
    crypto: ports.crypto,
    certificates: ports.certificates ?? new CertificateMemory(ports.crypto),
    recorder,
    steps: trace.steps,
    moved: judged.wrappings.map((wrapping) => wrapping.verified),
    cancelled,
    progress: (done) => ports.progress?.('diagnosis', done),
  });
  const parents = new Map(trace.steps.map((step) => [step.id, step.parent]));
  const findings = [...trace.findings, ...recorder.findings]
    .filter((finding) => !better.has(finding.id))
    .map((finding) => renamed(finding, parents, diagnosis));
  return {
    findings: rootCausesFirst(findings, trace.verdict.headline),
    steps: recorder.steps,
    spaces: recorder.spaces,
    octets: recorder.kept,
  };
}

/** A judged run with its explanation. */
export async function explainRun(judged: Judged, ports: JudgePorts): Promise<Run> {
  const explained = await explain(judged, ports);
  return {
    trace: withExplanation(judged.trace, explained),
    octets: new Map([...judged.octets, ...explained.octets]),
    stepKeys: judged.stepKeys,
  };
}

/** What tries other ciphers is a chunk of its own: most messages hold nothing that stayed closed. */
async function causesOfUnopened(search: DecryptionSearch): Promise<readonly DecryptionCause[]> {
  if (search.unopened.length === 0) return [];
  const { explainDecryption } = await import('./decryption/explain-decryption.ts');
  return explainDecryption(search);
}

/** @returns ids of the findings that only said that something does not open, where the reason is known now */
function recordCauses(causes: readonly DecryptionCause[], { trace }: Judged, recorder: Recorder): ReadonlySet<string> {
  const better = new Set<string>();
  const steps = new Map(trace.steps.map((step) => [step.id, step]));
  for (const cause of causes) {
    const step = steps.get(cause.step);
    if (step === undefined) continue;
    if (cause.insteadOf !== null) better.add(cause.insteadOf);
    for (const draft of cause.findings) recorder.findingOn(step, draft);
  }
  return better;
}

const UNPROVEN: Readonly<Record<string, string>> = {
  'digest-mismatch-unproven': 'digest-mismatch-explained',
  'signature-mismatch-unproven': 'signature-mismatch-explained',
};

/** A mismatch whose cause is proven now has another name: "unproven" says that nothing matched (docs/command.md). */
function renamed(finding: Finding, parents: ReadonlyMap<string, string | null>, { explained }: Diagnosis): Finding {
  const code = UNPROVEN[finding.code];
  const holder = finding.step === null ? null : (parents.get(finding.step) ?? null);
  const cause = holder === null ? undefined : explained.get(holder);
  return code === undefined || cause === undefined ? finding : { ...finding, code, data: { ...finding.data, cause } };
}
