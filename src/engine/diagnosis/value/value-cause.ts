/**
 * Causes of a wrong signature value that are no other SignedInfo: another key, another form of the value, another
 * algorithm (docs/faults.md, "Signature value").
 */
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import type { SignatureParameters } from '../../crypto/provider.ts';
import type { KeyResolutionContext } from '../../key-resolution/key-resolution-types.ts';
import type { IdIndex } from '../../references/id-index.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { SignatureParts } from '../../signature/read-signature.ts';
import type { Party } from '../hypothesis.ts';
import type { ReferenceDiagnosis, SearchPorts } from '../reference/reference-search.ts';
import type { MessageNames, TextSubject } from '../text-subject.ts';
import type { KnownKey } from './known-keys.ts';
import { verificationWork, type NamedMethod } from './value-target.ts';

/** What is at hand besides the signature itself. */
export interface ValueSearch extends SearchPorts {
  readonly names: MessageNames;
  readonly ids: IdIndex;
  readonly keys: readonly KnownKey[];
  readonly resolution: KeyResolutionContext;
  /** What was found about the references whose digest fails. */
  readonly failing: readonly ReferenceDiagnosis[];
}

/** A signature whose value fails, as hypotheses look at it. */
export interface WrongValue {
  readonly signature: JudgedSignature;
  readonly parts: SignatureParts;
  /** SignedInfo. */
  readonly subject: TextSubject;
  readonly named: NamedMethod;
  /** Text of ds:SignatureValue. */
  readonly text: string;
  /** Its octets; null where it is no base64. */
  readonly value: Uint8Array | null;
  readonly search: ValueSearch;
}

/** A cause that is no other octets. */
export interface ValueCause {
  readonly code: CauseCode;
  readonly party: Party;
  readonly how: string;
  readonly data: Deed;
  readonly proven: boolean;
  readonly also: readonly CauseCode[];
}

/** A kind of such causes: registered in `public-key-causes.ts` or `mac-causes.ts`. */
export interface ValueHypothesis {
  /** A code for whoever reads the registry. */
  readonly name: string;
  /** Looks for a proof. @returns the causes that follow from it, the first one the cause; empty where there is none */
  readonly prove: (wrong: WrongValue) => Promise<readonly ValueCause[]>;
}

/** What the first hypothesis proves that proves anything; likely and cheap ones stand first. */
export async function firstProof(
  hypotheses: readonly ValueHypothesis[],
  wrong: WrongValue,
): Promise<readonly ValueCause[]> {
  for (const { prove } of hypotheses) {
    const causes = await prove(wrong);
    if (causes.length > 0) return causes;
  }
  return [];
}

/** A cause of the signer's. @param data its particulars */
export function signersCause(code: CauseCode, how: string, data: Deed = {}, proven = true): ValueCause {
  return { code, party: 'signer', how, data, proven, also: [] };
}

/**
 * Whether SignedInfo as it stands verifies with that key, algorithm and value; false also where nothing pays for it.
 */
export async function passes(
  { subject, search }: WrongValue,
  { uri, parameters }: { readonly uri: string; readonly parameters: SignatureParameters },
  key: PublicKey,
  value: Uint8Array,
): Promise<boolean> {
  if (!subject.account.take(subject.octets.length, verificationWork(key, uri))) return false;
  return (await search.crypto.verify(uri, parameters, key, subject.octets, value)).result === 'pass';
}

/** The key that was taken to verify with. */
export function usedKey({ used }: JudgedSignature): PublicKey | null {
  return used?.publicKey ?? null;
}

/** A key as findings show it. */
export const keyData = (known: KnownKey | null): Record<string, string | null> => ({
  subject: known?.certificate?.subjectText ?? null,
  key: known?.key.kind ?? null,
  where: known?.where ?? null,
});
