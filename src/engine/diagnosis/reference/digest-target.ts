/**
 * What a reference's digest has to equal, under the algorithm named or another of the same length (XML Signature
 * §4.4.3.6).
 */
import type { Deed } from '../../trace/finding-data/causes.ts';
import { Digest } from '../../algorithms/identifiers.ts';
import { equalOctets } from '../../bytes/octets.ts';
import type { CryptoProvider } from '../../crypto/provider.ts';
import { digestMethod } from '../../crypto/digests.ts';
import type { Candidate, Target } from '../hypothesis.ts';
import { LONG } from '../trial-account.ts';

const ALGORITHMS: readonly string[] = Object.values(Digest).filter((uri) => digestMethod(uri) !== null);

/** @returns null for an algorithm that we do not have */
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

/** Octets whose digest under `algorithm` is `declared`; says so where that is not the one `named`. */
export function digestTarget(crypto: CryptoProvider, algorithm: string, named: string, declared: Uint8Array): Target {
  const data: Deed = algorithm === named ? {} : { digestUsed: algorithm };
  return {
    async matches(octets) {
      const digest = await digestOf(crypto, algorithm, octets);
      return digest !== null && equalOctets(digest, declared) ? data : null;
    },
  };
}

/** The octets as they stand, under each other algorithm whose digests have that length. */
export function* otherDigests(
  crypto: CryptoProvider,
  octets: Uint8Array,
  named: string,
  declared: Uint8Array,
): Generator<Candidate> {
  for (const used of ALGORITHMS) {
    if (used === named || digestMethod(used)?.length !== declared.length) continue;
    yield {
      code: 'digest-alg-label-mismatch',
      party: 'signer',
      how: 'other-digest',
      data: { declared: named, used },
      octets: () => octets,
      against: digestTarget(crypto, used, used, declared),
    };
  }
}
