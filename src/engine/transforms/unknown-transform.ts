/** Transforms that are known and not run, and URIs that are none of the known ones, with what was probably meant. */
import { algorithmByUri, ALGORITHMS } from '../algorithms/algorithm-table.ts';
import { stopped } from './transform-outcome.ts';
import type { TransformOutcome } from './transform-outcome.ts';

const XSLT = 'http://www.w3.org/TR/1999/REC-xslt-19991116';
const LONGEST_COMPARED = 200;

/** Why a transform with this URI is not run: `xslt-refused`, `transform-unsupported` for a known one, `transform-unknown` with `didYouMean` otherwise. */
export function transformNotRun(uri: string): TransformOutcome {
  if (uri === XSLT) return stopped('refused', 'xslt-refused', { algorithm: uri });
  const known = algorithmByUri(uri);
  if (known !== null) return stopped('unsupported', 'transform-unsupported', { algorithm: uri, name: known.name, kind: known.kind });
  const meant = nearestUri(uri, ALGORITHMS.filter(({ kind }) => kind === 'transform' || kind === 'canonicalization').map((algorithm) => algorithm.uri));
  return stopped('unsupported', 'transform-unknown', { algorithm: uri.slice(0, 1_000), didYouMean: meant });
}

/** The candidate that `uri` probably stands for: the same but for case, white space, scheme or a final `#` or `/`, else at most an eighth of it away. */
export function nearestUri(uri: string, candidates: readonly string[]): string | null {
  if (uri === '' || uri.length > LONGEST_COMPARED) return null;
  const folded = fold(uri);
  const same = candidates.find((candidate) => fold(candidate) === folded);
  if (same !== undefined) return same;
  let nearest: string | null = null;
  let least = Math.max(1, Math.floor(uri.length / 8)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(uri, candidate, least);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

function fold(uri: string): string {
  return uri.trim().toLowerCase().replace(/^https:/, 'http:').replace(/[#/]$/, '');
}

/** Levenshtein's distance, or `limit` where it is not below that. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? previous[j - 1]! : 1 + Math.min(previous[j - 1]!, previous[j]!, row[j - 1]!);
      row.push(cost);
      if (cost < least) least = cost;
    }
    if (least >= limit) return limit;
    previous = row;
  }
  return Math.min(previous[b.length]!, limit);
}
