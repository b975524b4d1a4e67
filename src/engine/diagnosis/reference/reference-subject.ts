/** What a reference covers, as hypotheses look at it. */
import type { Attachment } from '../../attachments/attachment.ts';
import { C14N_10 } from '../../algorithms/identifiers.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { parseCanonicalizationMethod } from '../../canonicalization/parse-canonicalization-method.ts';
import type { JudgedReference } from '../../signature/judged-signature.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import { childElementsNamed, descendantElementsNamed, firstChildElement } from '../../xml/navigate.ts';
import { DS } from '../../xml/namespaces.ts';
import { tokenizeBounded } from '../canonical-tokens.ts';
import { editSubject, type MessageNames, type TextSubject } from '../text-subject.ts';
import { WORK, type TrialAccount } from '../trial-account.ts';

/** What canonicalizes where no transform does (XML Signature §4.4.3.2). */
const DEFAULT: CanonicalizationMethod = { uri: C14N_10, family: 'c14n-1.0', comments: false, inclusivePrefixes: [] };

/** The method of the chain's last canonicalization, that of an STR-Transform included. */
export function finalMethod(
  document: XmlDocument,
  reference: NodeIndex,
): { readonly method: CanonicalizationMethod; readonly implicit: boolean } {
  const list = firstChildElement(document, reference, DS, 'Transforms');
  const transforms = list === NO_NODE ? [] : childElementsNamed(document, list, DS, 'Transform');
  for (const transform of transforms.reverse()) {
    const inner = descendantElementsNamed(document, transform, DS, 'CanonicalizationMethod')[0];
    for (const element of inner === undefined ? [transform] : [inner]) {
      const { method } = parseCanonicalizationMethod(document, element);
      if (method !== null) return { method, implicit: false };
    }
  }
  return { method: DEFAULT, implicit: true };
}

/** Work of reading an octet of canonical text, roughly: a token has about eight. */
const READING = WORK.tokenRead / 8;

/** The attachment that a reference names, where its transforms read it, or could not. */
export function attachmentOf({ processed }: JudgedReference): Attachment | null {
  return processed.status === 'octets' || processed.status === 'failed' ? (processed.attachment ?? null) : null;
}

/**
 * The octets that the reference's digest was made of.
 *
 * @returns null where nothing was hashed
 */
export function referenceSubject(
  document: XmlDocument,
  reference: JudgedReference,
  node: NodeIndex,
  names: MessageNames,
  account: TrialAccount,
): TextSubject | null {
  const { processed } = reference;
  if (processed.status !== 'octets') return unreadSubject(document, reference, names, account);
  const { method, implicit } = finalMethod(document, node);
  const apex = processed.target === null || processed.target === 0 ? null : processed.target;
  const uri = reference.report.uri;
  const id = uri !== null && uri.startsWith('#') ? uri.slice(1) : null;
  const set =
    processed.kept !== null && processed.kept.document === document && processed.alsoCovers.length === 0
      ? processed.kept
      : null;
  // What each of a hundred references would have read again must not cost what all of them may.
  const tokens = account.affords(processed.octets.length * READING) ? tokenizeBounded(processed.octets) : null;
  account.spend((tokens?.length ?? 0) * WORK.tokenRead + processed.octets.length);
  return {
    ...editSubject(document, names, apex, id, account),
    document,
    set,
    apex,
    method: set === null && processed.target === null ? null : method,
    implicit,
    octets: processed.octets,
    tokens,
    names,
  };
}

/** An attachment as it arrived, where its transform could not read it; null where there is none. */
function unreadSubject(
  document: XmlDocument,
  reference: JudgedReference,
  names: MessageNames,
  account: TrialAccount,
): TextSubject | null {
  const attachment = attachmentOf(reference);
  if (attachment === null) return null;
  const { octets } = attachment;
  account.spend(octets.length);
  const none = { set: null, apex: null, method: null, implicit: false, tokens: null };
  return { ...editSubject(document, names, null, null, account), document, ...none, octets, names };
}
