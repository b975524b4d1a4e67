/** Every algorithm URI that the engine knows, and the lookup by URI (RFC 9231 §4). */
import type { Algorithm, AlgorithmKind } from './algorithm.ts';
import { ENCRYPTION_ALGORITHMS } from './encryption-algorithms.ts';
import { DIGEST_ALGORITHMS } from './digest-algorithms.ts';
import { MAC_ALGORITHMS, SIGNATURE_ALGORITHMS } from './signature-algorithms.ts';
import { CANONICALIZATION_ALGORITHMS, TRANSFORM_ALGORITHMS } from './transform-algorithms.ts';

/** In the order of the kinds, as `wss algorithms` lists them. */
export const ALGORITHMS: readonly Algorithm[] = [
  ...SIGNATURE_ALGORITHMS,
  ...MAC_ALGORITHMS,
  ...DIGEST_ALGORITHMS,
  ...CANONICALIZATION_ALGORITHMS,
  ...TRANSFORM_ALGORITHMS,
  ...ENCRYPTION_ALGORITHMS,
];

const BY_URI: ReadonlyMap<string, Algorithm> = new Map(ALGORITHMS.map((algorithm) => [algorithm.uri, algorithm]));

/** The algorithm with exactly this URI (URIs compare octet for octet), or null. */
export function algorithmByUri(uri: string): Algorithm | null {
  return BY_URI.get(uri) ?? null;
}

/** As {@link algorithmByUri}, and of this kind. A canonicalization method may stand as a transform too. */
export function algorithmOfKind(uri: string, kind: AlgorithmKind): Algorithm | null {
  const found = BY_URI.get(uri);
  if (found === undefined) return null;
  return found.kind === kind || (kind === 'transform' && found.kind === 'canonicalization') ? found : null;
}
