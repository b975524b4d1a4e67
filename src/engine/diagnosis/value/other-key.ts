/**
 * The value verifies with another key of the message or of the key files (docs/faults.md: sig-wrong-key-for-cert,
 * multiple-bst-wrong-picked, verify-with-own-cert).
 */
import { equalOctets } from '../../bytes/octets.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { KnownKey } from './known-keys.ts';
import { keyData, passes, usedKey, type ValueCause, type ValueHypothesis } from './value-cause.ts';

/** Whether it is the key that was taken to verify with. */
export function isUsed({ key }: KnownKey, signature: JudgedSignature): boolean {
  const used = usedKey(signature);
  return used !== null && equalOctets(key.spki, used.spki);
}

/** What it means that `known` is the signer's key, and not the one that was taken. */
export function otherKey(known: KnownKey, signature: JudgedSignature): ValueCause {
  const { used } = signature;
  const data = { ...keyData(known), named: used?.certificate?.subjectText ?? null };
  // A key of our own was taken to verify with, although the message has the signer's.
  if (used === null) {
    return {
      code: 'verifies-with-other-key',
      party: 'signer',
      how: 'key-found-elsewhere',
      data,
      proven: false,
      also: [],
    };
  }
  const own = used.from === 'given' && used.how !== 'given' && known.from === 'message';
  const several = known.from === 'message' && used.from === 'message';
  const code = several ? 'multiple-bst-wrong-picked' : own ? 'verify-with-own-cert' : 'sig-wrong-key-for-cert';
  return {
    code,
    party: own ? 'receiver' : 'signer',
    how: 'other-key',
    data,
    proven: true,
    also: code === 'sig-wrong-key-for-cert' ? [] : ['sig-wrong-key-for-cert'],
  };
}

/** A cause that was proven with `known`: that this is not the key that was taken is then another. */
export function withOtherKey(cause: ValueCause, known: KnownKey, signature: JudgedSignature): readonly ValueCause[] {
  return isUsed(known, signature) ? [cause] : [cause, otherKey(known, signature)];
}

/** The value as it stands, under every other key that is known. */
export const OTHER_KEY: ValueHypothesis = {
  name: 'other-key',
  async prove(wrong) {
    const { signature, named, value, search } = wrong;
    if (value === null) return [];
    for (const known of search.keys) {
      if (!isUsed(known, signature) && (await passes(wrong, named, known.key, value))) {
        return [otherKey(known, signature)];
      }
    }
    return [];
  },
};
