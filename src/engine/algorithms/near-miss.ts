/**
 * "Did you mean": algorithm URIs that are almost right, as real stacks send them (docs/faults.md:
 * digestmethod-uri-invalid).
 */
import type { AlgorithmKind } from './algorithm.ts';
import { ALGORITHMS, algorithmByUri } from './algorithm-table.ts';

/**
 * - `spelling`: the same but for case, white space, http or https, `www.`, an encoded or missing `#`, a trailing `#`
 *   or `/`.
 * - `namespace`: the right name in the wrong namespace (`xmldsig#rsa-sha256`).
 * - `distance`: a few characters differ.
 */
export type NearMissReason = 'spelling' | 'namespace' | 'distance';

/** A URI that may have been meant. */
export interface NearMiss {
  readonly uri: string;
  readonly kind: AlgorithmKind;
  readonly reason: NearMissReason;
}

/** Longer texts are no misspelt algorithm URI (the longest has 85 characters). */
const MAX_LENGTH = 200;
const MAX_DISTANCE = 3;

/** What spelling mistakes leave alone. */
function skeleton(uri: string): string {
  return uri
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replaceAll('%23', '#')
    .replace(/[\s#/_-]+/g, '');
}

/** What comes after the namespace, without case and separators; `SHA256` and `sha-256` are the same. */
function localPart(uri: string): string {
  const trimmed = uri.trim().replace(/[#/]+$/, '');
  const at = Math.max(trimmed.lastIndexOf('#'), trimmed.lastIndexOf('/'), trimmed.lastIndexOf(':'));
  return trimmed
    .slice(at + 1)
    .toLowerCase()
    .replace(/[_-]/g, '');
}

interface Candidate {
  readonly uri: string;
  readonly kind: AlgorithmKind;
  readonly skeleton: string;
  readonly local: string;
}

let candidates: readonly Candidate[] | null = null;

/** Made when the first unknown URI is met: most messages hold none. */
const allCandidates = (): readonly Candidate[] =>
  (candidates ??= ALGORITHMS.map(({ uri, kind }) => ({ uri, kind, skeleton: skeleton(uri), local: localPart(uri) })));

/**
 * Known URIs that `uri` may have been meant to be, the likeliest first, at most five; none for a URI that is known.
 * With `kind`, only algorithms of that kind (canonicalization counts as a transform too).
 */
export function didYouMean(uri: string, kind?: AlgorithmKind): readonly NearMiss[] {
  if (uri.length === 0 || uri.length > MAX_LENGTH) return [];
  const known = algorithmByUri(uri);
  if (known !== null && (kind === undefined || known.kind === kind)) return [];
  const candidates = allCandidates().filter(
    (candidate) =>
      kind === undefined || candidate.kind === kind || (kind === 'transform' && candidate.kind === 'canonicalization'),
  );
  const bare = skeleton(uri);
  const local = localPart(uri);
  const found = new Map<string, NearMiss>();
  const add = (candidate: Candidate, reason: NearMissReason) => {
    if (candidate.uri !== uri && !found.has(candidate.uri)) {
      found.set(candidate.uri, { uri: candidate.uri, kind: candidate.kind, reason });
    }
  };
  for (const candidate of candidates) if (candidate.skeleton === bare) add(candidate, 'spelling');
  if (local.length >= 3) for (const candidate of candidates) if (candidate.local === local) add(candidate, 'namespace');
  if (found.size === 0) {
    const near = candidates
      .map((candidate) => ({ candidate, distance: editDistance(bare, candidate.skeleton, MAX_DISTANCE) }))
      .filter(({ distance }) => distance <= MAX_DISTANCE)
      .sort((a, b) => a.distance - b.distance);
    for (const { candidate } of near) add(candidate, 'distance');
  }
  return [...found.values()].slice(0, 5);
}

/**
 * Damerau's distance (swapped neighbours count once) as far as `limit`; above that, limit + 1. Costs length times
 * limit.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  let beforePrevious: readonly number[] = [];
  for (let i = 1; i <= a.length; i++) {
    const row = Array.from({ length: b.length + 1 }, () => limit + 1);
    row[0] = i;
    const [from, to] = [Math.max(1, i - limit), Math.min(b.length, i + limit)];
    let best = row[0];
    for (let j = from; j <= to; j++) {
      const change = (previous[j - 1] ?? limit + 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(change, (previous[j] ?? limit + 1) + 1, (row[j - 1] ?? limit + 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j] ?? limit + 1, (beforePrevious[j - 2] ?? limit) + 1);
      }
      best = Math.min(best, row[j] ?? limit + 1);
    }
    // A swap may still lead from the row before.
    if (best > limit && Math.min(...previous.slice(from - 1, to + 1)) > limit) return limit + 1;
    beforePrevious = previous;
    previous = row;
  }
  return Math.min(previous[b.length] ?? limit + 1, limit + 1);
}
