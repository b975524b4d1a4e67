/**
 * Looks for the element that a dangling reference meant: one whose digest matches once its Id is as it was
 * (docs/faults.md: id-value-or-name-mangled, id-not-found).
 */
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import { readEncodedValue } from '../../signature/digest-value.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { NodeIndex, XmlDocument } from '../../xml/document.ts';
import {
  attributes,
  attributeText,
  descendantElements,
  elementPath,
  isNamespaceDeclaration,
  nodeRange,
} from '../../xml/navigate.ts';
import { tokenizeBounded } from '../canonical-tokens.ts';
import { ID_MANGLED } from '../edits/edit-attributes.ts';
import { EDITS } from '../edits/edits.ts';
import { atMost, type Candidate, type Stage } from '../hypothesis.ts';
import { editsEverywhere, tryStages, type Match } from '../search.ts';
import { editSubject, type TextSubject } from '../text-subject.ts';
import { WORK, type TrialAccount } from '../trial-account.ts';
import { digestTarget, likelyAlgorithm } from './digest-target.ts';
import type { ReferenceDiagnosis, SearchPorts, WrongReference } from './reference-search.ts';
import { finalMethod } from './reference-subject.ts';

/** Elements tried at most, those that carry the value in any attribute first. */
const MOST_ELEMENTS = 60;
const MOST_RANKED = 2_000;
/** Work of looking at an element's attributes. */
const RANKING = 200;
/** Work of canonicalizing and reading an octet of an element. */
const READING = 12;

/** An element that the reference may have meant. */
interface Meant {
  readonly subject: TextSubject & { readonly apex: NodeIndex };
  /** Whether the id stands in one of its attributes. */
  readonly carries: boolean;
}

const MEANT_STAGES: readonly Stage<Meant>[] = [
  [
    {
      name: 'as-it-stands',
      *candidates({ subject }) {
        yield {
          code: 'id-not-found',
          party: 'transit',
          how: 'reference-means',
          data: { meant: elementPath(subject.document, subject.apex) },
          octets: () => subject.octets,
        };
      },
    },
  ],
  [{ name: 'id-restored', one: true, candidates: ({ subject }) => idRestored(subject) }],
  [
    {
      name: 'id-restored-and-edited',
      one: true,
      extent: atMost(600, 0.5),
      candidates: ({ subject, carries }) => (carries ? restoredAndEdited(subject) : []),
    },
  ],
];

/** @returns null where no element has that digest, or the reference names none in this document */
export async function diagnoseDangling(
  { document }: JudgedSignature,
  wrong: WrongReference,
  ports: SearchPorts,
): Promise<ReferenceDiagnosis | null> {
  const { reference, node, account } = wrong;
  const { uri, expected, digestMethod } = reference.report;
  const value = readEncodedValue(expected, null);
  if (account.empty || uri === null || !uri.startsWith('#') || !('octets' in value)) return null;
  const algorithm = likelyAlgorithm(digestMethod, value.octets.length);
  if (algorithm === null) return null;
  const id = uri.slice(1);
  const target = digestTarget(ports.crypto, algorithm, digestMethod, value.octets);
  for (const { element, carries } of rankedElements(document, id, account)) {
    if (account.empty) return null;
    // The message around is as long for each of a hundred references, and none of them may cost what all may.
    if (!account.affords(octetsOf(document, element) * READING)) continue;
    const subject = subjectOf(document, element, id, wrong, ports);
    if (subject.tokens === null) continue;
    const found: Match[] = [];
    await tryStages(MEANT_STAGES, { subject, carries }, target, account, found);
    if (found.length > 0) {
      const digestUsed = algorithm === digestMethod ? null : algorithm;
      return { reference, node, subject, matches: found, methods: [], digestUsed };
    }
  }
  return null;
}

interface RankedElement {
  readonly element: NodeIndex;
  readonly carries: boolean;
}

/** Elements that carry the id, then what stands right below the root, then the rest. */
function rankedElements(document: XmlDocument, id: string, account: TrialAccount): readonly RankedElement[] {
  const ranked: (RankedElement & { readonly rank: number })[] = [];
  for (const element of descendantElements(document, 0)) {
    if (ranked.length === MOST_RANKED) break;
    const carries = attributes(document, element).some(
      (one) => !isNamespaceDeclaration(document, one) && attributeText(document, one) === id,
    );
    const depth = document.parent[element] === document.root ? 0 : 1;
    ranked.push({ element, carries, rank: depth - (carries ? 2 : 0) });
  }
  account.spend(ranked.length * RANKING);
  return ranked.sort((a, b) => a.rank - b.rank).slice(0, MOST_ELEMENTS);
}

function octetsOf(document: XmlDocument, element: NodeIndex): number {
  const { start, end } = nodeRange(document, element);
  return end - start;
}

function subjectOf(
  document: XmlDocument,
  apex: NodeIndex,
  id: string,
  { node, names, account }: WrongReference,
  { budget }: SearchPorts,
): Meant['subject'] {
  const { method, implicit } = finalMethod(document, node);
  const set = { type: 'subtree', document, apex, comments: false, excluded: [] } as const;
  const { octets } = canonicalize(set, method, budget);
  const tokens = tokenizeBounded(octets);
  account.spend((tokens?.length ?? 0) * WORK.tokenRead);
  return {
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
}

function idRestored(subject: TextSubject): Iterable<Candidate> {
  return subject.tokens === null ? [] : editsEverywhere([ID_MANGLED], subject.tokens, subject, false);
}

function* restoredAndEdited(subject: TextSubject): Generator<Candidate> {
  if (subject.tokens === null) return;
  for (const { tokens, how, data = {} } of ID_MANGLED.everywhere?.(subject.tokens, subject) ?? []) {
    for (const candidate of editsEverywhere(EDITS.slice(0, 6), tokens, subject, false)) {
      yield { ...candidate, code: 'id-value-or-name-mangled', how, data, also: [candidate.code] };
    }
  }
}
