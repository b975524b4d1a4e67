/**
 * Looks for the element that a dangling reference meant: one whose digest matches once its Id is as it was
 * (docs/faults.md: id-value-or-name-mangled, id-not-found).
 */
import type { Candidate } from '../hypothesis.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import { readEncodedValue } from '../../signature/digest-value.ts';
import type { JudgedReference, JudgedSignature } from '../../signature/judged-signature.ts';
import type { NodeIndex } from '../../xml/document.ts';
import {
  attributes,
  attributeText,
  descendantElements,
  elementPath,
  isNamespaceDeclaration,
} from '../../xml/navigate.ts';
import { tokenize } from '../canonical-tokens.ts';
import { finalMethod, MOST_TOKENIZED, type ReferenceDiagnosis, type SearchPorts } from './diagnose-reference.ts';
import { digestTarget, likelyAlgorithm } from './digest-target.ts';
import { EDITS } from '../edits/edits.ts';
import { ID_MANGLED } from '../edits/edit-attributes.ts';
import { editsEverywhere, tryOne, tryUntilOne, type Match } from '../search.ts';
import { editSubject, type MessageNames, type TextSubject } from '../text-subject.ts';
import { WORK, type TrialAccount } from '../trial-account.ts';

/** Elements tried at most, those that carry the value in any attribute first. */
const MOST_ELEMENTS = 60;
const MOST_RANKED = 2_000;
/** Work of looking at an element's attributes. */
const RANKING = 200;

export async function diagnoseDangling(
  signature: JudgedSignature,
  reference: JudgedReference,
  node: NodeIndex,
  names: MessageNames,
  ports: SearchPorts,
  account: TrialAccount,
): Promise<ReferenceDiagnosis | null> {
  if (account.empty) return null;
  const { document } = signature;
  const { uri, expected, digestMethod } = reference.report;
  const value = readEncodedValue(expected, null);
  if (uri === null || !uri.startsWith('#') || !('octets' in value)) return null;
  const algorithm = likelyAlgorithm(digestMethod, value.octets.length);
  if (algorithm === null) return null;
  const id = uri.slice(1);
  const target = digestTarget(ports.crypto, algorithm, digestMethod, value.octets);
  const { method, implicit } = finalMethod(document, node);
  const carries = (element: NodeIndex) =>
    attributes(document, element).some(
      (one) => !isNamespaceDeclaration(document, one) && attributeText(document, one) === id,
    );
  const depth = (element: NodeIndex) => (document.parent[element] === document.root ? 0 : 1);
  const ranked: { readonly element: NodeIndex; readonly rank: number }[] = [];
  for (const element of descendantElements(document, 0)) {
    if (ranked.length === MOST_RANKED) break;
    ranked.push({ element, rank: depth(element) - (carries(element) ? 2 : 0) });
  }
  account.spend(ranked.length * RANKING);
  const elements = ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_ELEMENTS)
    .map((one) => one.element);
  for (const apex of elements) {
    const set = { type: 'subtree', document, apex, comments: false, excluded: [] } as const;
    const { octets } = canonicalize(set, method, ports.budget);
    const tokens = octets.length > MOST_TOKENIZED ? null : tokenize(octets);
    if (!account.spend((tokens?.length ?? 0) * WORK.tokenRead)) return null;
    if (tokens === null) continue;
    const subject: TextSubject = {
      ...editSubject(document, names, apex, id, account),
      document,
      set,
      apex,
      method,
      implicit,
      octets,
      tokens,
      names,
    };
    const found: Match[] = [];
    await tryOne(
      {
        code: 'id-not-found',
        party: 'transit',
        how: 'reference-means',
        data: { meant: elementPath(document, apex) },
        octets: () => octets,
      },
      target,
      account,
      found,
    );
    await tryUntilOne(editsEverywhere([ID_MANGLED], tokens, subject, false), target, account, found);
    if (found.length === 0 && carries(apex)) {
      await tryUntilOne(restoredAndEdited(tokens, subject), target, account.extent(600, 0.5), found);
    }
    if (found.length > 0) {
      return {
        reference,
        node,
        subject,
        matches: found,
        methods: [],
        digestUsed: algorithm === digestMethod ? null : algorithm,
      };
    }
    if (account.empty) return null;
  }
  return null;
}

function* restoredAndEdited(tokens: NonNullable<TextSubject['tokens']>, subject: TextSubject): Generator<Candidate> {
  for (const restored of ID_MANGLED.everywhere?.(tokens, subject) ?? []) {
    for (const candidate of editsEverywhere(EDITS.slice(0, 6), restored.tokens, subject, false)) {
      yield {
        ...candidate,
        code: 'id-value-or-name-mangled',
        how: restored.how,
        data: restored.data ?? {},
        also: [candidate.code],
      };
    }
  }
}
