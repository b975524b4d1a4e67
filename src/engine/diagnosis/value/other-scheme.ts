/**
 * The value was made with another algorithm of the same kind of key than the one named (docs/faults.md:
 * sig-pss-vs-pkcs1, sig-hash-label-mismatch).
 */
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { Digest } from '../../algorithms/identifiers.ts';
import { SIGNATURE_ALGORITHMS } from '../../algorithms/signature-algorithms.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import { withOtherKey } from './other-key.ts';
import { keyData, passes, signersCause, type ValueHypothesis } from './value-cause.ts';
import { recovered, recoveryWork, type NamedMethod } from './value-target.ts';

/** Keys that are tried at most; the likely ones stand first. */
const MOST_KEYS = 6;

/** PSS with its usual parameters for RSA, another hash for the other kinds of key. */
export const OTHER_SCHEME: ValueHypothesis = {
  name: 'other-scheme',
  async prove(wrong) {
    const { signature, subject, named, value, search } = wrong;
    if (value === null) return [];
    for (const known of search.keys.slice(0, MOST_KEYS)) {
      if (!subject.account.spend(recoveryWork(known.key))) return [];
      // Only a block that ends as PSS ends is worth its many parameters.
      const read = known.key.kind === 'RSA' ? recovered(known.key, value, search.budget.limits.rsaModulusBits) : null;
      if (known.key.kind === 'RSA' && read?.block.padding !== 'pss') continue;
      for (const other of otherSchemes(named, known.key)) {
        if (!(await passes(wrong, other, known.key, value))) continue;
        const data = { ...keyData(known), declared: named.uri, used: other.uri, ...other.data };
        return withOtherKey(signersCause(other.code, other.how, data), known, signature);
      }
    }
    return [];
  },
};

interface OtherScheme extends NamedMethod {
  readonly code: CauseCode;
  readonly how: string;
  readonly data: Deed;
}

const PSS_PARAMETERS = SIGNATURE_ALGORITHMS.find((algorithm) => algorithm.scheme === 'rsa-pss-parameters')?.uri ?? null;
const PSS_DIGESTS = [Digest.sha256, Digest.sha1, Digest.sha384, Digest.sha512] as const;

/** Other algorithms of the same kind of key; PSS with each usual salt and mask. */
function* otherSchemes(named: NamedMethod, key: PublicKey): Generator<OtherScheme> {
  const scheme = algorithmByUri(named.uri)?.scheme ?? null;
  if (key.kind === 'RSA') {
    if (PSS_PARAMETERS === null) return;
    const size = (key.bits + 7) >> 3;
    for (const digest of PSS_DIGESTS) {
      const length = { [Digest.sha256]: 32, [Digest.sha1]: 20, [Digest.sha384]: 48, [Digest.sha512]: 64 }[digest];
      for (const maskDigest of new Set([digest, Digest.sha1, Digest.sha256])) {
        for (const saltLength of new Set([length, 20, 32, size - length - 2, 0])) {
          if (saltLength < 0 || saltLength > size - length - 2) continue;
          yield {
            uri: PSS_PARAMETERS,
            parameters: { pss: { digest, maskDigest, saltLength, trailerField: 1 } },
            code: 'sig-pss-vs-pkcs1',
            how: scheme === 'rsa-pkcs1' ? 'pss-under-pkcs1' : 'other-pss-parameters',
            data: { digest, maskDigest, saltLength },
          };
        }
      }
    }
    return;
  }
  for (const algorithm of SIGNATURE_ALGORITHMS) {
    if (algorithm.uri === named.uri || algorithm.scheme !== scheme || algorithm.support.verdict !== 'yes') continue;
    yield { uri: algorithm.uri, parameters: {}, code: 'sig-hash-label-mismatch', how: 'other-hash', data: {} };
  }
}
