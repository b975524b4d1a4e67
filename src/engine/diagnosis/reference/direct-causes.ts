/**
 * Causes of a wrong signature value that need no other SignedInfo: the key, the form of the value, the algorithm
 * (docs/faults.md: sig-wrong-key-for-cert, sigvalue-base64-damaged, sig-pss-vs-pkcs1, …).
 */
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { Digest } from '../../algorithms/identifiers.ts';
import { SIGNATURE_ALGORITHMS } from '../../algorithms/signature-algorithms.ts';
import { equalOctets } from '../../bytes/octets.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import type { SignatureParameters } from '../../crypto/provider.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { KnownKey } from '../value/known-keys.ts';
import type { TextSubject } from '../text-subject.ts';
import { keyData, otherKey, type ValueCause, type ValueSearch } from '../value/value-cause.ts';
import { valueForms } from '../value/value-forms.ts';
import { recovered, recoveryWork, verificationWork, type NamedMethod } from '../value/value-target.ts';

export interface Direct {
  readonly signature: JudgedSignature;
  readonly subject: TextSubject;
  readonly named: NamedMethod;
  readonly text: string;
  readonly value: Uint8Array | null;
  readonly search: ValueSearch;
  readonly causes: ValueCause[];
}

/** Causes that need no other SignedInfo: the key, the value's form, the algorithm. */
export async function directCauses(direct: Direct): Promise<boolean> {
  const { signature, subject, named, text, value, search, causes } = direct;
  const { account } = subject;
  const passes = async (uri: string, parameters: SignatureParameters, key: PublicKey, octets: Uint8Array) =>
    account.take(subject.octets.length, verificationWork(key, uri)) &&
    (await search.crypto.verify(uri, parameters, key, subject.octets, octets)).result === 'pass';
  const used = signature.used?.publicKey ?? null;
  const isUsed = (known: KnownKey) => used !== null && equalOctets(known.key.spki, used.spki);
  const add = (known: KnownKey, cause: Omit<ValueCause, 'proven' | 'also'>) => {
    causes.push({ ...cause, proven: true, also: [] });
    if (!isUsed(known)) causes.push(otherKey(known, signature, true));
    return true;
  };
  if (value !== null) {
    for (const known of search.keys) {
      if (isUsed(known) || !(await passes(named.uri, named.parameters, known.key, value))) continue;
      causes.push(otherKey(known, signature, true));
      return true;
    }
  }
  for (const known of search.keys.slice(0, 6)) {
    for (const form of valueForms(text, value, known.key)) {
      if (await passes(named.uri, named.parameters, known.key, form.octets)) {
        return add(known, { code: form.code, party: 'signer', how: form.how, data: keyData(known) });
      }
    }
  }
  if (value === null) return false;
  for (const known of search.keys.slice(0, 6)) {
    // Only a block that ends as PSS ends is worth its many parameters.
    if (!account.spend(recoveryWork(known.key))) return false;
    if (
      known.key.kind === 'RSA' &&
      recovered(known.key, value, search.budget.limits.rsaModulusBits)?.block.padding !== 'pss'
    ) {
      continue;
    }
    for (const other of otherSchemes(named, known.key)) {
      if (await passes(other.uri, other.parameters, known.key, value)) {
        return add(known, {
          code: other.code,
          party: 'signer',
          how: other.how,
          data: { ...keyData(known), declared: named.uri, used: other.uri, ...other.data },
        });
      }
    }
  }
  return false;
}

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
