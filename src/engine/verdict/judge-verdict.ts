/** Joins what a run found to axes, evidence and headline (docs/design.md, "The verdict is a vector"). */
import type { Coverage } from '../coverage/judge-coverage.ts';
import type { Wrapping } from '../coverage/wrapping.ts';
import { isSecured, type ProcessedMessage, type ReadMessage } from '../processing/process-message.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import type { AxisName, Finding, Step, Verdict } from '../trace/trace.ts';
import { AMBIGUOUS_CODES } from './refusing-codes.ts';
import { judgeHeadline } from './headline.ts';
import { judgeAxes, processedReferences, speakingSignatures } from './judge-axes.ts';

/** Coverage of a message that was read, with what was verified outside its role. */
export interface JudgedCoverage {
  readonly judged: Coverage;
  readonly wrappings: readonly Wrapping[];
}

/** @param coverage null where the message was not read */
export function judgeVerdict(
  message: ProcessedMessage,
  coverage: JudgedCoverage | null,
  steps: readonly Step[],
  findings: readonly Finding[],
): Verdict {
  const parsed = message.kind === 'unparsed' ? null : message.parsed;
  const decrypted = message.kind === 'read' ? message.decrypted : null;
  const signatures = speakingSignatures(message);
  const obstacles = new Set(
    signatures.flatMap((signature) => [
      signature.obstacle,
      ...signature.references.map((reference) => reference.obstacle),
      ...refusedInManifests(signature),
    ]),
  );
  // What was refused at the door was not read to its end: that says nothing of its form.
  const malformed = (parsed?.wellFormed === false && !parsed.refused) || obstacles.has('malformed');
  const { axes, evidence } = judgeAxes(message, coverage?.judged ?? null, obstacles.has('malformed'));
  const { headline, also } = judgeHeadline(axes, {
    malformed,
    limit: message.stopped !== null,
    refused:
      parsed?.refused === true || obstacles.has('refused') || decrypted?.refused === true || isAmbiguous(findings),
    wrapped: coverage?.wrappings.some((wrapping) => wrapping.sound) === true,
    unsupported:
      obstacles.has('unsupported') ||
      signatures.some(waitsForToken) ||
      decrypted?.unsupported === true ||
      findings.some((finding) => UNSUPPORTED_CODES.has(finding.code)),
    nested: findings.some((finding) => finding.code === 'message-nested'),
    unsecured: message.kind === 'read' && !isSecured(message),
    weak: isWeak(signatures, decrypted, findings),
    erring: findings.some((finding) => finding.severity === 'error'),
    referencesProcessed: processedReferences(message),
  });
  return { headline, also, axes, evidence: withFindings(evidence, steps, findings) };
}

/** An algorithm, a key or a rule falls short, of a message that may be sound in all else. */
function isWeak(
  signatures: readonly JudgedSignature[],
  decrypted: ReadMessage['decrypted'],
  findings: readonly Finding[],
): boolean {
  return (
    decrypted?.weak === true ||
    signatures.some((signature) => signature.weak) ||
    findings.some(({ code, severity }) => POLICY_CODES.has(code) && severity !== 'note') ||
    // A given key verifies to which nothing in the message leads.
    findings.some(({ code, severity }) => code === 'key-not-named' || (code === NAMELESS && severity === 'warning'))
  );
}

/**
 * A Manifest's references leave the signature's result alone, but what must not be evaluated is refused wherever it
 * stands.
 */
function refusedInManifests(signature: JudgedSignature): readonly 'refused'[] {
  return signature.references.some((reference) => reference.manifest.some((inner) => inner.obstacle === 'refused'))
    ? ['refused']
    : [];
}

function isAmbiguous(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.severity === 'error' && AMBIGUOUS_CODES.has(finding.code));
}

/** Other languages than the one that is judged here. */
const UNSUPPORTED_CODES: ReadonlySet<string> = new Set(['xml-version-not-1.0']);

/** Findings that a message may have with sound signatures and that a receiver's policy refuses. */
const POLICY_CODES: ReadonlySet<string> = new Set([
  'actor-role-mismatch',
  'cert-usage-or-policy',
  'xml-encoding-no-bom',
  'C14-06',
  'x509data-identifier-differs',
  'xades-certdigest-mismatch',
  'xades-issuerserial-differs',
  'xades-properties-not-signed',
  'xades-countersignature-other',
  'username-key-guessable',
  'wsa-mismatch',
  'wsa-duplicate-header',
  'saml-subject-confirmation',
  'cert-renewed-same-key',
  'usernametoken-digest-without-nonce',
]);

const NAMELESS = 'keyinfo-missing-or-empty';

/** Its key is in a token that we do not have. A token that nobody needed stands in nobody's way. */
function waitsForToken({ report, resolution }: JudgedSignature): boolean {
  return (
    report.value === 'unknown' && resolution !== null && resolution.unsupported !== null && resolution.keys.length === 0
  );
}

/** Gives each axis the findings of its steps and of those beneath them, and no others. */
export function withFindings(
  evidence: Verdict['evidence'],
  steps: readonly Step[],
  findings: readonly Finding[],
): Verdict['evidence'] {
  const parents = new Map(steps.map((step) => [step.id, step.parent]));
  const owners = new Map<string, AxisName[]>();
  const names = Object.keys(evidence) as AxisName[];
  for (const name of names) {
    for (const step of evidence[name].steps) owners.set(step, [...(owners.get(step) ?? []), name]);
  }
  const found = new Map<AxisName, string[]>(names.map((name) => [name, []]));
  for (const finding of findings) {
    const seen = new Set<AxisName>();
    for (let at = finding.step; at !== null; at = parents.get(at) ?? null) {
      for (const name of owners.get(at) ?? []) seen.add(name);
    }
    for (const name of seen) found.get(name)?.push(finding.id);
  }
  return Object.fromEntries(
    names.map((name) => [name, { ...evidence[name], findings: found.get(name) ?? [] }]),
  ) as unknown as Verdict['evidence'];
}
