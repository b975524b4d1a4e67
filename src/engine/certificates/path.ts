/**
 * Builds certification paths from an end certificate to trust anchors, and says why each candidate left was left (RFC
 * 5280 §6, RFC 4158).
 */
import { equalOctets } from '../bytes/octets.ts';
import type { VerifyOutcome } from '../crypto/provider.ts';
import type { Data } from '../trace/trace.ts';
import type { Certificate } from './certificate.ts';
import { namesEqual } from './compare-name.ts';
import type { PathRequest } from './path-request.ts';
import type { PathCheck, PathProblem, PathResult, TrustAnchor } from './path-types.ts';
import { validatePath, type ValidatedPath } from './path-validation.ts';

/** Signatures checked for one end certificate, and whole paths validated, before the search ends. */
const MOST_SIGNATURES = 200;
const MOST_PATHS = 24;

interface Rejected {
  readonly certificate: string;
  readonly reason: string;
  readonly data: Data;
}

interface Candidate {
  readonly path: readonly Certificate[];
  readonly anchor: TrustAnchor | null;
  readonly validated: ValidatedPath;
}

/** One search: what was tried and what became of it. */
class Search {
  readonly request: PathRequest;
  readonly authorities: readonly Certificate[];
  readonly rejected = new Map<string, Rejected>();
  readonly candidates: Candidate[] = [];
  readonly #outcomes = new Map<string, VerifyOutcome>();
  /** Set when a bound ended the search. */
  exhausted = false;

  constructor(request: PathRequest) {
    this.request = request;
    const all = [...request.anchors.flatMap((anchor) => anchor.certificate ?? []), ...request.pool];
    this.authorities = [...new Map(all.map((certificate) => [certificate.id, certificate])).values()];
  }

  reject(certificate: Certificate, reason: string, data: Data): void {
    if (!this.rejected.has(certificate.id)) {
      this.rejected.set(certificate.id, {
        certificate: certificate.id,
        reason,
        data: { subject: certificate.subjectText, ...data },
      });
    }
  }

  /** The anchor that a certificate is, or whose key it holds. */
  anchorOf(certificate: Certificate): TrustAnchor | null {
    return (
      this.request.anchors.find((anchor) =>
        anchor.certificate === null
          ? equalOctets(anchor.publicKey.spki, certificate.publicKey.spki)
          : anchor.certificate.id === certificate.id,
      ) ?? null
    );
  }

  async signatureOutcome(
    certificate: Certificate,
    issuer: Pick<Certificate, 'id' | 'publicKey'>,
  ): Promise<VerifyOutcome> {
    const pair = `${certificate.id} ${issuer.id}`;
    const known = this.#outcomes.get(pair);
    if (known !== undefined) return known;
    if (this.#outcomes.size >= MOST_SIGNATURES) {
      this.exhausted = true;
      return { result: 'unsupported', what: 'too-many-candidates' };
    }
    const outcome = await this.request.memory.signature(certificate, issuer.publicKey);
    this.#outcomes.set(pair, outcome);
    return outcome;
  }

  /**
   * Issuers whose key verifies the certificate: anchors first, then those whose key identifier fits, then those valid
   * at the time.
   */
  async issuersOf(certificate: Certificate, path: readonly Certificate[]): Promise<readonly Certificate[]> {
    const { at } = this.request;
    const { authorityKeyId } = certificate;
    const fits = (issuer: Certificate): boolean =>
      authorityKeyId !== null && issuer.ski !== null && equalOctets(issuer.ski, authorityKeyId);
    const rank = (issuer: Certificate): number =>
      (this.anchorOf(issuer) === null ? 4 : 0) +
      (fits(issuer) ? 0 : 2) +
      (at >= issuer.notBefore && at <= issuer.notAfter ? 0 : 1);
    const issuers: Certificate[] = [];
    for (const issuer of this.authorities) {
      if (!namesEqual(issuer.subject, certificate.issuer)) {
        if (fits(issuer)) {
          this.reject(issuer, 'name-differs', { issuerOf: certificate.subjectText, expected: certificate.issuerText });
        }
        continue;
      }
      // The same name with the same key once in a path, whatever the certificate: else cross-certificates go round.
      if (
        path.some(
          (member) =>
            member.id === issuer.id ||
            (namesEqual(member.subject, issuer.subject) && equalOctets(member.publicKey.spki, issuer.publicKey.spki)),
        )
      ) {
        continue;
      }
      const outcome = await this.signatureOutcome(certificate, issuer);
      if (outcome.result === 'pass') issuers.push(issuer);
      else if (outcome.result === 'fail') {
        this.reject(issuer, 'signature-mismatch', { issuerOf: certificate.subjectText, why: outcome.reason });
      } else {
        this.reject(
          issuer,
          outcome.what === 'too-many-candidates'
            ? outcome.what
            : outcome.result === 'unsupported'
              ? 'algorithm-unsupported'
              : 'key-unusable',
          { issuerOf: certificate.subjectText, what: outcome.what },
        );
      }
    }
    return issuers.toSorted((a, b) => rank(a) - rank(b));
  }

  /** A bare key that is trusted and signed the certificate. */
  async bareAnchor(certificate: Certificate): Promise<TrustAnchor | null> {
    for (const anchor of this.request.anchors) {
      if (anchor.certificate !== null) continue;
      const outcome = await this.signatureOutcome(certificate, {
        id: `key ${anchor.publicKey.kind} ${this.request.anchors.indexOf(anchor)}`,
        publicKey: anchor.publicKey,
      });
      if (outcome.result === 'pass') return anchor;
    }
    return null;
  }

  async add(path: readonly Certificate[], anchor: TrustAnchor | null): Promise<boolean> {
    const validated = await validatePath(path, anchor !== null && anchor.certificate !== null, this.request);
    this.candidates.push({ path, anchor, validated });
    return anchor !== null && validated.problems.length === 0;
  }
}

/** Depth first over issuers, until a path is valid or a bound is hit. */
async function search(run: Search): Promise<void> {
  const longest = run.request.budget.limits.certificatePathLength;
  const pending: (readonly Certificate[])[] = [[run.request.leaf]];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const last = path.at(-1);
    if (last === undefined || run.candidates.length >= MOST_PATHS) {
      run.exhausted = true;
      return;
    }
    const anchor = run.anchorOf(last) ?? (await run.bareAnchor(last));
    if (anchor !== null && (await run.add(path, anchor))) return;
    // A trusted certificate that does not pass may still have issuers that are trusted.
    if (path.length >= longest) {
      run.reject(last, 'path-too-long', { longest });
      if (anchor === null) await run.add(path, null);
      continue;
    }
    const issuers = await run.issuersOf(last, path);
    if (issuers.length === 0 && anchor === null) await run.add(path, null);
    const here = path;
    pending.push(...issuers.map((issuer) => [...here, issuer]).toReversed());
  }
}

function missingAnchor(top: Certificate, exhausted: boolean): PathProblem {
  return {
    code: 'trust-anchor-missing',
    certificate: top.id,
    data: { subject: top.subjectText, issuer: top.issuerText, selfIssued: top.selfIssued, searchEnded: exhausted },
  };
}

/** Whether a trusted bare key is the end certificate's own: then the certificate around it decides nothing. */
function keyItselfTrusted(request: PathRequest): TrustAnchor | null {
  return (
    request.anchors.find(
      (anchor) => anchor.certificate === null && equalOctets(anchor.publicKey.spki, request.leaf.publicKey.spki),
    ) ?? null
  );
}

/**
 * Finds the best path for `leaf`. Valid paths win, then paths that reach an anchor, then fewer problems, then longer
 * ones.
 * A key identifier that does not fit never rejects a candidate by itself. Nothing in certificates or lists throws.
 */
export async function buildPaths(request: PathRequest): Promise<PathResult> {
  const { leaf, pool, anchors, crls, at, memory, budget, revocationRequired = false } = request;
  const longest = budget.limits.certificatePathLength;
  return memory.path({ leaf, pool, anchors, crls, at, longest, revocationRequired }, () => findPath(request));
}

/** A trusted bare key needs nothing of the certificate around it, whose checks are shown all the same. */
async function trustedKeyResult(request: PathRequest, anchor: TrustAnchor): Promise<PathResult> {
  const { leaf } = request;
  const validated = await validatePath([leaf], false, request);
  const checks = [...(validated.certificates[0]?.checks ?? []), anchorCheck(anchor, leaf)];
  return {
    status: 'pass',
    certificates: [{ certificate: leaf.id, checks }],
    path: [leaf],
    anchor,
    rejected: [],
    problems: [],
    maySign: validated.maySign,
  };
}

/** Valid paths first, then those that reach an anchor, then those with fewer problems, then the longer. */
function byRank(a: Candidate, b: Candidate): number {
  return (
    (a.anchor === null ? 1 : 0) - (b.anchor === null ? 1 : 0) ||
    a.validated.problems.length - b.validated.problems.length ||
    b.path.length - a.path.length
  );
}

/** Says of each certificate that only worse paths have why its path was not the one. */
function rejectWorse(run: Search, worse: readonly Candidate[], inBest: ReadonlySet<string>): void {
  for (const { path, validated, anchor } of worse) {
    for (const certificate of path.slice(1)) {
      if (inBest.has(certificate.id)) continue;
      const problem = validated.problems.find((candidate) => candidate.certificate === certificate.id);
      const reason = problem?.code ?? (anchor === null ? 'trust-anchor-missing' : 'path-not-valid');
      run.reject(certificate, reason, problem?.data ?? {});
    }
  }
}

/** Whether the top of a path is trusted, and how. */
function anchorCheck(anchor: TrustAnchor | null, top: Certificate): PathCheck {
  return {
    check: 'trust-anchor',
    passed: anchor !== null,
    data:
      anchor === null
        ? { issuer: top.issuerText }
        : { how: anchor.certificate === null ? 'public-key' : 'certificate' },
  };
}

async function findPath(request: PathRequest): Promise<PathResult> {
  const run = new Search(request);
  const anchorsGiven = request.anchors.length > 0;
  const trustedKey = keyItselfTrusted(request);
  if (trustedKey !== null) return trustedKeyResult(request, trustedKey);
  await search(run);
  const [best, ...worse] = run.candidates.toSorted(byRank);
  if (best === undefined) {
    return {
      status: anchorsGiven ? 'fail' : 'unknown',
      certificates: [],
      path: [request.leaf],
      anchor: null,
      rejected: [...run.rejected.values()],
      problems: anchorsGiven ? [missingAnchor(request.leaf, run.exhausted)] : [],
      maySign: true,
    };
  }
  const { path, anchor, validated } = best;
  const inBest = new Set(path.map((certificate) => certificate.id));
  rejectWorse(run, worse, inBest);
  const top = path.at(-1) ?? request.leaf;
  const problems =
    anchor === null && anchorsGiven ? [...validated.problems, missingAnchor(top, run.exhausted)] : validated.problems;
  return {
    status: !anchorsGiven ? 'unknown' : problems.length === 0 ? 'pass' : 'fail',
    certificates: validated.certificates.map((checked, index) =>
      index < path.length - 1 ? checked : { ...checked, checks: [...checked.checks, anchorCheck(anchor, top)] },
    ),
    path,
    anchor,
    rejected: [...run.rejected.values()].filter((entry) => !inBest.has(entry.certificate)),
    problems,
    maySign: validated.maySign,
  };
}
