/**
 * Namespace declarations that an element's canonical form has too many or too few (docs/faults.md:
 * inclusive-ancestor-ns-added-later, ns-decl-added-in-subtree, ns-decl-lost-on-extraction, inclusive-dup-ns-bug).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { SOAP11, SOAP12 } from '../../xml/namespaces.ts';
import type { NodeIndex, XmlDocument } from '../../xml/document.ts';
import {
  attributes,
  declaredPrefix,
  isElement,
  isNamespaceDeclaration,
  isWithin,
  parentOf,
  qualifiedName,
} from '../../xml/navigate.ts';
import { withoutInherited, withoutInner, withoutUsed, withRepeated } from '../edits/edit-namespaces.ts';
import type { Candidate } from '../hypothesis.ts';
import { editedCandidate } from '../search.ts';
import { declaredAbove, isOfMessage } from '../signer/declared-before.ts';
import type { TextSubject } from '../text-subject.ts';

function ownDeclarations(subject: TextSubject): ReadonlySet<string> {
  const { document } = subject;
  const element = subject.apex ?? document.root;
  return new Set(
    element < 0
      ? []
      : attributes(document, element)
          .filter((one) => isNamespaceDeclaration(document, one))
          .map((one) => declaredPrefix(document, one)),
  );
}

function isBodyElsewhere(document: XmlDocument, apex: NodeIndex): boolean {
  return [SOAP11, SOAP12].some(
    (uri) => isElement(document, apex, uri, 'Body') && !isElement(document, parentOf(document, apex), uri, 'Envelope'),
  );
}

/** Inclusive forms only: what ancestors added, or should have. @param signature the ds:Signature element */
export function* inheritedDeclarations(subject: TextSubject, signature: NodeIndex): Generator<Candidate> {
  if (
    subject.tokens === null ||
    subject.method === null ||
    subject.method.family === 'exclusive-1.0' ||
    subject.apex === null
  ) {
    return;
  }
  const { document, apex } = subject;
  // What holds its own Signature may have been put into another message with it, and a Body elsewhere was moved.
  const moved = isWithin(document, signature, apex) || isBodyElsewhere(document, apex);
  const { certain } = declaredAbove(document, apex, {
    there: (node) => !moved && isOfMessage(document, node),
    covered: () => false,
  });
  for (const edited of withoutInherited(subject.tokens, { own: ownDeclarations(subject) })) {
    const prefixes = edited.data?.prefixes ?? [];
    const missing = editedCandidate('inclusive-ancestor-ns-missing', 'signer', edited);
    if (prefixes.some((prefix) => certain.has(prefix === 'xmlns' ? '' : prefix))) {
      yield missing;
      continue;
    }
    const added = editedCandidate('inclusive-ancestor-ns-added-later', 'transit', edited);
    const all = edited.data?.['all'] === true;
    yield* !all ? [added] : prefixes.length > 1 ? [missing, added] : [added, missing];
  }
}

/** A further name where the element is a XAdES one. */
function alsoOf(subject: TextSubject): readonly CauseCode[] {
  return subject.apex !== null && qualifiedName(subject.document, subject.apex).endsWith('SignedProperties')
    ? ['xades-signedproperties-digest']
    : [];
}

/** Declarations below the apex that were not there when it was signed. */
export function* innerDeclarations(subject: TextSubject): Generator<Candidate> {
  if (subject.tokens === null) return;
  const also = alsoOf(subject);
  for (const edited of withoutInner(subject.tokens)) {
    yield { ...editedCandidate('ns-decl-added-in-subtree', 'transit', edited), also };
  }
}

/** Declarations that the signer's canonicalizer left out or wrote twice. */
export function* namespaceFaults(subject: TextSubject): Generator<Candidate> {
  if (subject.tokens === null) return;
  const apex = { own: ownDeclarations(subject) };
  const also = alsoOf(subject);
  for (const edited of withoutUsed(subject.tokens, apex)) {
    yield { ...editedCandidate('ns-decl-lost-on-extraction', 'signer', edited), also };
  }
  for (const edited of withRepeated(subject.tokens)) {
    yield { ...editedCandidate('inclusive-dup-ns-bug', 'signer', edited), also };
  }
}
