/**
 * What a search for the cause of a wrong signature value has at hand, and what it gives besides other octets: another
 * key, another form, another algorithm.
 */
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import type { KeyResolutionContext } from '../../key-resolution/key-resolution-types.ts';
import type { IdIndex } from '../../references/id-index.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { ReferenceDiagnosis, SearchPorts } from '../reference/diagnose-reference.ts';
import type { Candidate } from '../hypothesis.ts';
import type { KnownKey } from './known-keys.ts';
import type { MessageNames } from '../text-subject.ts';

export interface ValueSearch extends SearchPorts {
  readonly names: MessageNames;
  readonly ids: IdIndex;
  readonly keys: readonly KnownKey[];
  readonly resolution: KeyResolutionContext;
  readonly failing: readonly ReferenceDiagnosis[];
}

/** A cause that is no other octets: another key, another form of the value, another algorithm. */
export interface ValueCause {
  readonly code: CauseCode;
  readonly party: Candidate['party'];
  readonly how: string;
  readonly data: Deed;
  readonly proven: boolean;
  readonly also: readonly CauseCode[];
}

export const keyData = (known: KnownKey | null): Record<string, string | null> => ({
  subject: known?.certificate?.subjectText ?? null,
  key: known?.key.kind ?? null,
  where: known?.where ?? null,
});

export function otherKey(known: KnownKey, signature: JudgedSignature, proven: boolean): ValueCause {
  const data = { ...keyData(known), named: signature.used?.certificate?.subjectText ?? null };
  // A key of our own was taken to verify with, although the message has the signer's.
  if (signature.used === null) {
    return {
      code: 'verifies-with-other-key',
      party: 'signer',
      how: 'key-found-elsewhere',
      data,
      proven: false,
      also: [],
    };
  }
  const own = signature.used.from === 'given' && signature.used.how !== 'given' && known.from === 'message';
  const several = known.from === 'message' && signature.used.from === 'message';
  const code = several ? 'multiple-bst-wrong-picked' : own ? 'verify-with-own-cert' : 'sig-wrong-key-for-cert';
  return {
    code,
    party: own ? 'receiver' : 'signer',
    how: 'other-key',
    data,
    proven,
    also: code === 'sig-wrong-key-for-cert' ? [] : ['sig-wrong-key-for-cert'],
  };
}
