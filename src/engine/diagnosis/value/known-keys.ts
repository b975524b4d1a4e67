/**
 * Every public key of the message and of the key files, each once: one of them may be the real signer's
 * (docs/faults.md: sig-wrong-key-for-cert, multiple-bst-wrong-picked).
 */
import { encodeHex } from '../../bytes/hex.ts';
import type { Certificate } from '../../certificates/certificate.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import type { KeyEntry } from '../../keystore/key-entry.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { Token } from '../../tokens/token.ts';

/** A key with where it is from. */
export interface KnownKey {
  readonly key: PublicKey;
  readonly certificate: Certificate | null;
  /** `message`: a token or KeyInfo; `given`: a key file; `own`: one whose private key we have. */
  readonly from: 'message' | 'given' | 'own';
  /** The token's Id or the file's name. */
  readonly where: string;
}

/** Keys tried at most. */
const MOST = 32;

/**
 * The key that was used first, then those that KeyInfo led to, the tokens and the key files; a fixed number at most.
 */
export function knownKeys(
  signature: JudgedSignature,
  tokens: readonly Token[],
  entries: readonly KeyEntry[],
): readonly KnownKey[] {
  const found = new Map<string, KnownKey>();
  const add = (known: KnownKey) => {
    const id = encodeHex(known.key.spki);
    if (!found.has(id) && found.size < MOST) found.set(id, known);
  };
  const { used } = signature;
  for (const candidate of [...(used === null ? [] : [used]), ...(signature.resolution?.candidates ?? [])]) {
    if (candidate.publicKey !== null) {
      add({
        key: candidate.publicKey,
        certificate: candidate.certificate,
        from: candidate.from === 'given' ? 'given' : 'message',
        where: candidate.how,
      });
    }
  }
  for (const token of tokens) {
    for (const certificate of token.certificates) {
      add({ key: certificate.publicKey, certificate, from: 'message', where: token.id ?? token.kind });
    }
  }
  for (const entry of entries) {
    const from = entry.privateKey === null ? 'given' : 'own';
    if (entry.publicKey !== null) {
      add({ key: entry.publicKey, certificate: entry.certificates[0] ?? null, from, where: entry.file });
    }
    for (const certificate of entry.certificates) {
      add({ key: certificate.publicKey, certificate, from, where: entry.file });
    }
  }
  return [...found.values()];
}
