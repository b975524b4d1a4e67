/**
 * What a reference's digest has to equal, under the algorithm named or another of the same length (XML Signature
 * §4.4.3.6).
 */
import type { Deed } from '../../trace/finding-data/causes.ts';
import { Digest } from '../../algorithms/identifiers.ts';
import { equalOctets } from '../../bytes/octets.ts';
import type { CryptoProvider } from '../../crypto/provider.ts';
import { digestMethod } from '../../crypto/digests.ts';
import type { Candidate } from '../hypothesis.ts';
import type { Target } from '../search.ts';
import { LONG } from '../trial-account.ts';

const ALGORITHMS: readonly string[] = Object.values(Digest).filter((uri) => digestMethod(uri) !== null);

export async function digestOf(
  crypto: CryptoProvider,
  algorithm: string,
  octets: Uint8Array,
): Promise<Uint8Array | null> {
  return octets.length < LONG ? crypto.digestNow(algorithm, octets) : crypto.digest(algorithm, octets);
}

/**
 * The algorithm to compare under: the one named, or where the length tells that it was another, the usual one of that
 * length.
 */
export function likelyAlgorithm(named: string, length: number): string | null {
  if (digestMethod(named)?.length === length) return named;
  return (
    [Digest.sha256, Digest.sha1, Digest.sha512, Digest.sha384, Digest.sha224, Digest.md5].find(
      (uri) => digestMethod(uri)?.length === length,
    ) ?? null
  );
}

export function digestTarget(crypto: CryptoProvider, algorithm: string, named: string, declared: Uint8Array): Target {
  const data: Deed = algorithm === named ? {} : { digestUsed: algorithm };
  return {
    async matches(octets) {
      const digest = await digestOf(crypto, algorithm, octets);
      return digest !== null && equalOctets(digest, declared) ? data : null;
    },
  };
}

/** The algorithms of that length other than `tried`, for octets as they stand. */
export function otherAlgorithms(length: number, named: string): readonly string[] {
  return ALGORITHMS.filter((uri) => uri !== named && digestMethod(uri)?.length === length);
}

export function relabelled(octets: Uint8Array, named: string, used: string): Candidate {
  return {
    code: 'digest-alg-label-mismatch',
    party: 'signer',
    how: 'other-digest',
    data: { declared: named, used },
    octets: () => octets,
  };
}
