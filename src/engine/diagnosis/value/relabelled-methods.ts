/**
 * Canonicalizations named in SignedInfo that were others when it was signed (docs/command.md: c14n-relabelled,
 * signedinfo-c14n-relabelled, prefixlist-used-but-not-declared).
 */
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { knownMethod } from '../../canonicalization/methods.ts';
import type { NodeIndex } from '../../xml/document.ts';
import { attributeValue, inScopeNamespaces } from '../../xml/navigate.ts';
import { methodSpellings } from './method-spellings.ts';
import { methodsWithLists, transformElements, type SignedInfoView, type Undone } from './undone.ts';

/** Prefixes in scope, without the one that is always there. */
function scopeOf({ subject: { document } }: SignedInfoView, element: NodeIndex): readonly string[] {
  return [...inScopeNamespaces(document, element).keys()].filter((prefix) => prefix !== 'xml');
}

function* transformRelabelled(
  { subject }: SignedInfoView,
  transform: NodeIndex,
  uri: string | null,
  method: CanonicalizationMethod,
): Generator<Undone> {
  const now = attributeValue(subject.document, transform, '', 'Algorithm');
  for (const splice of methodSpellings(subject, transform, method)) {
    yield {
      code: now === method.uri ? 'prefixlist-used-but-not-declared' : 'c14n-relabelled',
      how: 'transform-relabelled',
      data: { uri, now, signed: method.uri, prefixes: method.inclusivePrefixes },
      splices: [splice],
    };
  }
}

/** The last canonicalization of each reference whose digest another one gives. */
export function* transformsRestored(view: SignedInfoView): Generator<Undone> {
  const { document } = view.subject;
  for (const { node, reference, methods } of view.failing) {
    const last = transformElements(document, node).findLast(
      (transform) => knownMethod(attributeValue(document, transform, '', 'Algorithm') ?? '') !== null,
    );
    if (last === undefined) continue;
    for (const method of methods) yield* transformRelabelled(view, last, reference.report.uri, method);
  }
}

/** Transforms of references that still match: another label may give the same octets. */
export function* harmlessTransforms(view: SignedInfoView): Generator<Undone> {
  const { subject, parts, failing } = view;
  const { document } = subject;
  for (const reference of parts.references) {
    if (failing.some((one) => one.node === reference)) continue;
    const uri = attributeValue(document, reference, '', 'URI');
    for (const transform of transformElements(document, reference)) {
      if (knownMethod(attributeValue(document, transform, '', 'Algorithm') ?? '') === null) continue;
      const scope = scopeOf(view, document.root);
      const lists = [[], ...subject.names.lists, ...scope.slice(0, 8).map((prefix) => [prefix]), scope];
      for (const method of methodsWithLists(lists)) yield* transformRelabelled(view, transform, uri, method);
    }
  }
}

/** SignedInfo's own canonicalization. */
export function* canonicalizationRestored(view: SignedInfoView): Generator<Undone> {
  const { subject, parts } = view;
  const scope = scopeOf(view, parts.signedInfo);
  const few = scope.slice(0, 5);
  const lists: readonly (readonly string[])[] = [
    [],
    ...subject.names.lists,
    ...subject.names.lists.flatMap(someOf),
    ...scope.slice(0, 12).map((prefix) => [prefix]),
    scope,
    ...subsets(few, 0, 2 ** few.length).filter((list) => list.length > 1),
  ];
  const now = subject.method?.uri ?? null;
  for (const method of methodsWithLists(lists)) {
    const prefixes = method.inclusivePrefixes.map((one) => (one === '' ? '#default' : one));
    for (const splice of methodSpellings(subject, parts.canonicalizationMethod, method)) {
      yield {
        code: method.uri === now ? 'prefixlist-used-but-not-declared' : 'signedinfo-c14n-relabelled',
        how: 'canonicalization-relabelled',
        method,
        data: { now, signed: method.uri, prefixes },
        splices: [splice],
      };
    }
  }
}

/** What is left of a PrefixList with some of its prefixes taken out, the order kept. */
function someOf(list: readonly string[]): readonly (readonly string[])[] {
  const few = list.slice(0, 5);
  return few.length < 2 ? [] : subsets(few, 1, 2 ** few.length - 1);
}

/** The subsets whose bit masks lie between `from` and `to`. */
function subsets(list: readonly string[], from: number, to: number): readonly (readonly string[])[] {
  return Array.from({ length: to - from }, (_, index) => list.filter((_one, bit) => ((from + index) >> bit) & 1));
}
