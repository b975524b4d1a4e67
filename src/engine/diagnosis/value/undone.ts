/** One change of SignedInfo undone, as text in the place of what stands there now. */
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import type { Budget } from '../../bytes/budget.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { CANONICALIZATION_METHODS } from '../../canonicalization/methods.ts';
import type { CryptoProvider } from '../../crypto/provider.ts';
import type { IdIndex } from '../../references/id-index.ts';
import type { SignatureParts } from '../../signature/read-signature.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import { DS } from '../../xml/namespaces.ts';
import { childElementsNamed, firstChildElement } from '../../xml/navigate.ts';
import type { ReferenceDiagnosis } from '../reference/reference-search.ts';
import type { TextSplice } from '../signer/signer-source.ts';
import type { TextSubject } from '../text-subject.ts';

/** A SignedInfo and what its references say. */
export interface SignedInfoView {
  readonly subject: TextSubject;
  readonly parts: SignatureParts;
  readonly ids: IdIndex;
  /** Of the references whose digest fails. */
  readonly failing: readonly ReferenceDiagnosis[];
  readonly crypto: CryptoProvider;
  readonly budget: Budget;
}

/** Text in place of a range, and the canonicalization that follows from it. */
export interface Undone {
  readonly code: CauseCode;
  readonly how: string;
  readonly splices: readonly TextSplice[];
  /** Where the change was in how SignedInfo itself is canonicalized. */
  readonly method?: CanonicalizationMethod;
  readonly data: Deed;
}

/** The ds:Transform elements of a ds:Reference, in order. */
export function transformElements(document: XmlDocument, reference: NodeIndex): readonly NodeIndex[] {
  const list = firstChildElement(document, reference, DS, 'Transforms');
  return list === NO_NODE ? [] : childElementsNamed(document, list, DS, 'Transform');
}

/** Every canonicalization, the exclusive ones with each of these PrefixLists. */
export function* methodsWithLists(lists: readonly (readonly string[])[]): Generator<CanonicalizationMethod> {
  for (const known of CANONICALIZATION_METHODS) {
    for (const inclusivePrefixes of known.family === 'exclusive-1.0' ? lists : [[]]) {
      yield { ...known, inclusivePrefixes };
    }
  }
}
