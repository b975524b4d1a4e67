/**
 * Whether the keys that verified are somebody's whom the user trusts (docs/command.md, "How the axes are judged"; RFC
 * 5280 §6; STP 1.1 §3.5.1).
 */
import { encodeHex } from '../bytes/hex.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { buildPaths } from '../certificates/path.ts';
import type { PathResult, TrustAnchor } from '../certificates/path-types.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import { covers } from '../signature/node-coverage.ts';
import type { FindingDraft, Recorder } from '../trace/recorder.ts';
import type { PathReport } from '../trace/trace.ts';
import type { CertificateCollection } from './collect-certificates.ts';
import type { XadesJudgement } from '../xades/judge-xades.ts';
import type { NodeIndex } from '../xml/document.ts';
import type { RunContext } from '../run/run-context.ts';

/** Whether the key of one signature is trusted, and by which path. */
export interface TrustJudgement {
  readonly signature: JudgedSignature;
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly step: string | null;
  readonly paths: readonly PathReport[];
}

type Judged = Omit<TrustJudgement, 'signature'>;

/**
 * One judgement for each signature whose value matched. A key used twice is judged once, its path reported once.
 * @param xades what signatures say of their signers: one that names another certificate is nobody's
 * @param authenticated UsernameTokens whose password is right: a MAC over one shows who made the session key
 */
export async function judgeTrust(
  signatures: readonly JudgedSignature[],
  certificates: CertificateCollection,
  authenticated: readonly NodeIndex[],
  xades: readonly XadesJudgement[],
  run: RunContext,
): Promise<readonly TrustJudgement[]> {
  const anchors = trustAnchors(run.keys);
  const contradicted = new Set(xades.filter((one) => one.otherCertificate).map((one) => one.signature));
  const known = new Map<string, Judged>();
  const judgements: TrustJudgement[] = [];
  for (const signature of signatures.toSorted((a, b) => turn(a) - turn(b))) {
    const key = signature.used;
    if (key === null || !isVerified(signature)) continue;
    if (key.publicKey === null && key.sealed === true) {
      judgements.push({ signature, ...judgeSealedKey(signature, judgements, authenticated, run.recorder) });
      continue;
    }
    // A shared secret that verifies is trusted: who else would have it.
    const { publicKey } = key;
    if (publicKey === null) {
      judgements.push({ signature, result: 'pass', step: null, paths: [] });
      continue;
    }
    const leaf =
      key.certificate ??
      certificates.all.find((certificate) => equalOctets(certificate.publicKey.spki, publicKey.spki)) ??
      null;
    const id = `${leaf?.id ?? encodeHex(publicKey.spki)}:${leaf === null ? (key.confirmedBy ?? '') : ''}`;
    const before = known.get(id);
    if (before !== undefined) {
      judgements.push({ signature, ...before, paths: [] });
      continue;
    }
    const judged =
      leaf === null
        ? judgeBareKey(publicKey, anchors, signature, judgements, run.recorder)
        : await judgeCertificate(leaf, key.chain, anchors, certificates, signature, judgements, run);
    known.set(id, judged);
    judgements.push({ signature, ...judged });
  }
  return judgements
    .map((one) => (contradicted.has(one.signature) ? { ...one, result: 'fail' as const } : one))
    .toSorted((a, b) => signatures.indexOf(a.signature) - signatures.indexOf(b.signature));
}

/**
 * A key that only an assertion stands for is judged when the assertion's own signature is, and one that others have to
 * vouch for when they are.
 */
function turn(signature: JudgedSignature): number {
  if (signature.used?.sealed === true) return 2;
  return signature.used?.confirmedBy === undefined ? 0 : 1;
}

/**
 * A session key that came encrypted for us is integrity and no authentication, unless somebody stands behind it: an
 * endorsing signature that is trusted, a UsernameToken under it, an assertion that confirms it to its holder.
 */
function judgeSealedKey(
  signature: JudgedSignature,
  before: readonly TrustJudgement[],
  authenticated: readonly NodeIndex[],
  recorder: Recorder,
): Judged {
  const step = recorder.step('build-path', { data: { subject: null, key: 'secret' }, range: signature.report.range });
  const endorsed = before.some(
    (one) => one.result === 'pass' && one.signature !== signature && covers(one.signature, signature.node),
  );
  const confirmation = trustByAssertion(signature, before);
  if (confirmation !== null) step.finding(confirmation);
  const vouched = endorsed || confirmation !== null || authenticated.some((token) => covers(signature, token));
  if (!vouched) {
    step.finding({
      code: 'session-key-of-anybody',
      severity: 'warning',
      ranges: [signature.report.range],
      data: { how: signature.used?.how ?? '' },
    });
  }
  step.end(vouched ? undefined : 'unknown');
  return { result: vouched ? 'pass' : 'unknown', step: step.id, paths: [] };
}

function trustAnchors(keys: readonly KeyEntry[]): readonly TrustAnchor[] {
  return keys
    .filter((entry) => entry.trusted)
    .flatMap((entry): TrustAnchor[] => {
      const certificates = entry.certificates.map((certificate) => ({ certificate, publicKey: certificate.publicKey }));
      if (certificates.length > 0) return certificates;
      return entry.publicKey === null ? [] : [{ certificate: null, publicKey: entry.publicKey }];
    });
}

/**
 * A key without a certificate is trusted when the user said so, or when an assertion confirms it to its holder and the
 * issuer's own signature in that assertion is trusted (WSS4J takes such a key as a trusted credential too).
 */
function judgeBareKey(
  key: PublicKey,
  anchors: readonly TrustAnchor[],
  signature: JudgedSignature,
  before: readonly TrustJudgement[],
  recorder: Recorder,
): Judged {
  const step = recorder.step('build-path', { data: { subject: null, key: key.kind }, range: signature.report.range });
  const trusted = anchors.some((anchor) => equalOctets(anchor.publicKey.spki, key.spki));
  const confirmation = trusted ? null : trustByAssertion(signature, before);
  if (confirmation !== null) {
    step.finding(confirmation);
    step.end();
    return { result: 'pass', step: step.id, paths: [] };
  }
  const result = trusted ? 'pass' : anchors.length === 0 ? 'unknown' : 'fail';
  if (result === 'unknown') step.finding({ code: 'trust-not-asked', severity: 'note', data: { subject: null } });
  if (result === 'fail') {
    step.finding({ code: 'trust-anchor-missing', severity: 'error', data: { subject: null, key: key.kind } });
  }
  step.end(result === 'unknown' ? 'unknown' : undefined);
  return { result, step: step.id, paths: [] };
}

/**
 * What to say where the assertion's own signature holds all of it and is trusted; null where the key has no such
 * assertion.
 */
function trustByAssertion(signature: JudgedSignature, before: readonly TrustJudgement[]): FindingDraft | null {
  const { document, used } = signature;
  const assertion = used?.confirmedBy;
  if (used === null || assertion === undefined || assertion <= 0) return null;
  const issuer = before.find(
    (one) =>
      one.result === 'pass' &&
      one.signature.document === document &&
      document.parent[one.signature.node] === assertion &&
      covers(one.signature, assertion),
  );
  if (issuer === undefined) return null;
  return {
    code: 'trust-by-assertion',
    severity: 'note',
    data: {
      assertion: typeof used.data['assertion'] === 'string' ? used.data['assertion'] : null,
      issuer: issuer.signature.used?.certificate?.subjectText ?? null,
      key: used.publicKey?.kind ?? null,
    },
    ranges: [issuer.signature.report.range],
  };
}

async function judgeCertificate(
  leaf: Certificate,
  chain: readonly Certificate[],
  anchors: readonly TrustAnchor[],
  certificates: CertificateCollection,
  signature: JudgedSignature,
  before: readonly TrustJudgement[],
  run: RunContext,
): Promise<Judged> {
  const { crls, clock, certificates: memory, budget, recorder } = run;
  const step = recorder.step('build-path', {
    data: { subject: leaf.subjectText, anchors: anchors.length },
    range: signature.report.range,
    citation: { spec: 'RFC5280', section: '6.1' },
  });
  const pool = [...chain, ...certificates.all];
  const path = await buildPaths({ leaf, pool, anchors, crls, at: clock.at, memory, budget });
  // A certificate that only reaches no anchor still holds the key that the assertion confirms.
  const confirmation =
    path.status === 'fail' && path.problems.every((problem) => problem.code === 'trust-anchor-missing')
      ? trustByAssertion(signature, before)
      : null;
  if (confirmation !== null) step.finding(confirmation);
  else {
    for (const problem of path.problems) {
      step.finding({
        code: problem.code,
        severity: anchors.length === 0 ? 'warning' : 'error',
        data: {
          ...problem.data,
          subject: subjectOf(problem.certificate, path, leaf),
          certificate: problem.certificate,
        },
      });
    }
  }
  if (anchors.length === 0) {
    step.finding({ code: 'trust-not-asked', severity: 'note', data: { subject: leaf.subjectText } });
  }
  if (!path.maySign) {
    step.finding({
      code: 'cert-usage-or-policy',
      severity: 'warning',
      data: { subject: leaf.subjectText, certificate: leaf.id, usage: 'digitalSignature' },
    });
  }
  for (const certificate of path.path) step.output({ type: 'certificate', label: 'path', certificate: certificate.id });
  const status = confirmation === null ? path.status : 'pass';
  step.end(status === 'pass' ? undefined : status === 'fail' ? 'failed' : 'unknown');
  return {
    result: status,
    step: step.id,
    paths: [
      { step: step.id, leaf: leaf.id, status: path.status, certificates: path.certificates, rejected: path.rejected },
    ],
  };
}

function subjectOf(id: string, path: PathResult, leaf: Certificate): string {
  return path.path.find((certificate) => certificate.id === id)?.subjectText ?? leaf.subjectText;
}
