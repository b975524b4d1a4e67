/** Whether the keys that verified are somebody's whom the user trusts (cli.md, "trust"; RFC 5280 §6). */
import { encodeHex, equalOctets } from '../bytes/octets.ts';
import type { Budget } from '../bytes/budget.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { buildPaths } from '../certificates/path.ts';
import type { PathResult, TrustAnchor } from '../certificates/path-types.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { PathReport } from '../trace/trace.ts';
import type { CertificateCollection } from './collect-certificates.ts';
import type { JudgeRequest } from './judge-types.ts';

export interface TrustJudgement {
  readonly signature: JudgedSignature;
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly step: string | null;
  readonly paths: readonly PathReport[];
}

type Judged = Omit<TrustJudgement, 'signature'>;

/** One judgement for each signature whose value matched. A key used twice is judged once, its path reported once. */
export async function judgeTrust(signatures: readonly JudgedSignature[], certificates: CertificateCollection, request: JudgeRequest, crypto: CryptoProvider, budget: Budget, recorder: Recorder): Promise<readonly TrustJudgement[]> {
  const anchors = trustAnchors(request);
  const known = new Map<string, Judged>();
  const judgements: TrustJudgement[] = [];
  for (const signature of signatures) {
    const key = signature.used;
    if (key === null || !isVerified(signature)) continue;
    // A shared secret that verifies is trusted: who else would have it.
    if (key.publicKey === null) {
      judgements.push({ signature, result: 'pass', step: null, paths: [] });
      continue;
    }
    const leaf = key.certificate ?? certificates.all.find((certificate) => equalOctets(certificate.publicKey.spki, key.publicKey!.spki)) ?? null;
    const id = leaf?.id ?? encodeHex(key.publicKey.spki);
    const before = known.get(id);
    if (before !== undefined) {
      judgements.push({ signature, ...before, paths: [] });
      continue;
    }
    const judged = leaf === null
      ? judgeBareKey(key.publicKey, anchors, signature, recorder)
      : await judgeCertificate(leaf, key.chain, anchors, certificates, signature, { request, crypto, budget, recorder });
    known.set(id, judged);
    judgements.push({ signature, ...judged });
  }
  return judgements;
}

function trustAnchors(request: JudgeRequest): readonly TrustAnchor[] {
  return request.keys.filter((entry) => entry.trusted).flatMap((entry): TrustAnchor[] => {
    const certificates = entry.certificates.map((certificate) => ({ certificate, publicKey: certificate.publicKey }));
    if (certificates.length > 0) return certificates;
    return entry.publicKey === null ? [] : [{ certificate: null, publicKey: entry.publicKey }];
  });
}

function judgeBareKey(key: PublicKey, anchors: readonly TrustAnchor[], signature: JudgedSignature, recorder: Recorder): Judged {
  const step = recorder.step('build-path', { data: { subject: null, key: key.kind }, range: signature.report.range });
  const trusted = anchors.some((anchor) => equalOctets(anchor.publicKey.spki, key.spki));
  const result = trusted ? 'pass' : anchors.length === 0 ? 'unknown' : 'fail';
  if (result === 'unknown') step.finding({ code: 'trust-not-asked', severity: 'note', data: { subject: null } });
  if (result === 'fail') step.finding({ code: 'trust-anchor-missing', severity: 'error', data: { subject: null, key: key.kind } });
  step.end(result === 'unknown' ? 'unknown' : undefined);
  return { result, step: step.id, paths: [] };
}

interface Ports { readonly request: JudgeRequest; readonly crypto: CryptoProvider; readonly budget: Budget; readonly recorder: Recorder }

async function judgeCertificate(leaf: Certificate, chain: readonly Certificate[], anchors: readonly TrustAnchor[], certificates: CertificateCollection, signature: JudgedSignature, ports: Ports): Promise<Judged> {
  const { request, crypto, budget, recorder } = ports;
  const step = recorder.step('build-path', { data: { subject: leaf.subjectText, anchors: anchors.length }, range: signature.report.range, citation: { spec: 'RFC5280', section: '6.1' } });
  const pool = [...chain, ...certificates.all];
  const path = await buildPaths({ leaf, pool, anchors, crls: request.crls, at: request.at, crypto, budget });
  for (const problem of path.problems) {
    step.finding({ code: problem.code, severity: anchors.length === 0 ? 'warning' : 'error', data: { ...problem.data, subject: subjectOf(problem.certificate, path, leaf), certificate: problem.certificate } });
  }
  if (anchors.length === 0) step.finding({ code: 'trust-not-asked', severity: 'note', data: { subject: leaf.subjectText } });
  if (!path.maySign) step.finding({ code: 'cert-usage-or-policy', severity: 'warning', data: { subject: leaf.subjectText, certificate: leaf.id, usage: 'digitalSignature' } });
  for (const certificate of path.path) step.output({ type: 'certificate', label: 'path', certificate: certificate.id });
  step.end(path.status === 'pass' ? undefined : path.status === 'fail' ? 'failed' : 'unknown');
  return { result: path.status, step: step.id, paths: [{ step: step.id, leaf: leaf.id, status: path.status, certificates: path.certificates, rejected: path.rejected }] };
}

function subjectOf(id: string, path: PathResult, leaf: Certificate): string {
  return path.path.find((certificate) => certificate.id === id)?.subjectText ?? leaf.subjectText;
}

