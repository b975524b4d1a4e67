/** Opens a key that another secret wraps or encrypts (XML Encryption 1.1 §5.7, §5.1). */
import type { Algorithm } from '../algorithms/algorithm.ts';
import type { FindingDraft, OpenStep } from '../trace/recorder.ts';
import type { DecryptionContext } from './decryption-context.ts';
import type { EncryptedStructure, EncryptionMethod } from './encrypted-structure.ts';
import { findSecrets } from './find-secrets.ts';
import { locked, type UnlockedKey } from './opened-key.ts';
import type { SecretCandidate } from './secret-candidate.ts';

/** A key wrapped under a symmetric key (XML Encryption 1.1 §5.7). */
export interface Wrapped {
  readonly structure: EncryptedStructure;
  readonly method: EncryptionMethod;
  readonly algorithm: Algorithm;
  /** Encrypted. */
  readonly octets: Uint8Array;
}

/** Finds the key that an xenc:EncryptedKey was wrapped under, and opens it. */
export async function wrappedKey(task: Wrapped, context: DecryptionContext, step: OpenStep): Promise<UnlockedKey> {
  const { structure, method, algorithm, octets } = task;
  const found = await findSecrets(structure, (algorithm.bits ?? 0) / 8, context, step);
  const [first] = found.secrets;
  if (first === undefined) {
    if (found.unsupported !== null) return locked('unsupported');
    return locked(found.broken ? 'failed' : 'missing');
  }
  const unwrap = step.child('unwrap-key', {
    data: { algorithm: method.algorithm, cipherOctets: octets.length, candidates: found.secrets.length },
    citation: { spec: 'XMLENC', section: '5.7' },
  });
  const reasons: string[] = [];
  for (const secret of found.secrets) {
    const outcome = await unwrapWith(secret, task, context);
    if (outcome.result === 'plaintext') {
      unwrap.data({ how: secret.how, from: secret.from, keyOctets: outcome.octets.length });
      unwrap.end();
      const by = { how: secret.how, publicKey: null, certificate: null, secretBits: secret.octets.length * 8 };
      return { result: 'opened', secret: outcome.octets, by, unopened: null };
    }
    if (outcome.result === 'unsupported') {
      unwrap.finding({
        code: 'algorithm-unsupported',
        severity: 'error',
        data: { algorithm: outcome.what, kind: 'key-wrap', meant: null, reason: null, why: algorithm.support.why },
      });
      unwrap.end('unsupported');
      return locked('unsupported');
    }
    reasons.push(outcome.result === 'fail' ? outcome.reason : outcome.what);
  }
  const reason = reasons.find((one) => one !== 'key-length') ?? reasons[0] ?? '';
  unwrap.data({ reason });
  unwrap.finding(notUnwrapped(reason, first, task));
  // Secrets that nobody named prove nothing by not fitting.
  const guessed = found.secrets.every((secret) => secret.how === 'only-key');
  unwrap.end(guessed ? 'unknown' : 'failed');
  return locked(guessed ? 'missing' : 'failed');
}

function unwrapWith(
  secret: SecretCandidate,
  { method, algorithm, octets }: Wrapped,
  { provider }: DecryptionContext,
): ReturnType<DecryptionContext['provider']['unwrap']> {
  return algorithm.kind === 'block-encryption'
    ? provider.decrypt(method.algorithm, secret.octets, octets, method.parameters)
    : provider.unwrap(method.algorithm, secret.octets, octets);
}

/** Why no secret opens it, as far as it shows without trying anything else. */
function notUnwrapped(
  reason: string,
  tried: SecretCandidate,
  { structure, method, algorithm, octets }: Wrapped,
): FindingDraft {
  if (reason === 'key-length') {
    return {
      code: 'session-key-encoding-or-size',
      severity: 'error',
      data: {
        reason,
        needed: (algorithm.bits ?? 0) / 8,
        actual: tried.octets.length,
        algorithm: method.algorithm,
      },
    };
  }
  if (reason === 'ciphertext-length') {
    return {
      code: 'ciphertext-truncated-or-encoded',
      severity: 'error',
      data: { reason: 'wrapped-key-length', length: octets.length, algorithm: method.algorithm },
    };
  }
  return {
    code: 'decryption-failed-unproven',
    severity: 'error',
    data: { what: 'EncryptedKey', reason, algorithm: method.algorithm, id: structure.id },
    fault: 'wsse:FailedCheck',
  };
}
