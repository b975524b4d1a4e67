/**
 * Namespace declarations that an element's canonical form has too many or too few (docs/faults.md:
 * inclusive-ancestor-ns-added-later, ns-decl-added-in-subtree, ns-decl-lost-on-extraction, inclusive-dup-ns-bug).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { attributes, declaredPrefix, isNamespaceDeclaration, qualifiedName } from '../../xml/navigate.ts';
import { withoutInherited, withoutInner, withoutUsed, withRepeated } from '../edits/edit-namespaces.ts';
import type { Candidate } from '../hypothesis.ts';
import { editedCandidate } from '../search.ts';
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

/** Inclusive forms only: what ancestors added, or should have. */
export function* inheritedDeclarations(subject: TextSubject): Generator<Candidate> {
  if (
    subject.tokens === null ||
    subject.method === null ||
    subject.method.family === 'exclusive-1.0' ||
    subject.apex === null
  ) {
    return;
  }
  for (const edited of withoutInherited(subject.tokens, { own: ownDeclarations(subject) })) {
    const prefixes = edited.data?.prefixes ?? [];
    const detached = edited.data?.['all'] === true && prefixes.length > 1;
    yield editedCandidate(
      detached ? 'inclusive-ancestor-ns-missing' : 'inclusive-ancestor-ns-added-later',
      detached ? 'signer' : 'transit',
      edited,
    );
    if (edited.data?.['all'] === true) {
      yield editedCandidate(
        detached ? 'inclusive-ancestor-ns-added-later' : 'inclusive-ancestor-ns-missing',
        detached ? 'transit' : 'signer',
        edited,
      );
    }
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
