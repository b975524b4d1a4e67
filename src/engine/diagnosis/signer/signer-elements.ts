/**
 * Other elements that the signer may have hashed than the one that is referenced (docs/faults.md:
 * wrong-element-referenced, digest-of-element-content, enveloped-transform-order).
 */
import { EXCLUSIVE_C14N } from '../../algorithms/identifiers.ts';
import type { Budget } from '../../bytes/budget.ts';
import { joinOctets } from '../../bytes/octets.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { DS, WSSE } from '../../xml/namespaces.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import {
  childElements,
  childNodes,
  descendantElements,
  elementPath,
  isElement,
  isWithin,
  nextOf,
} from '../../xml/navigate.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';

/** Elements tried at most; a message has fewer that anybody would sign. */
const MOST_ELEMENTS = 400;

/** Work of canonicalizing one child by itself besides its octets. */
const PER_CHILD = 1_500;

/** Where no method is known: the one that SOAP stacks use. */
const FALLBACK: CanonicalizationMethod = {
  uri: EXCLUSIVE_C14N,
  family: 'exclusive-1.0',
  comments: false,
  inclusivePrefixes: [],
};

function octetsOf(
  document: XmlDocument,
  apex: NodeIndex,
  method: CanonicalizationMethod,
  excluded: readonly NodeIndex[],
  budget: Budget,
): Uint8Array {
  return canonicalize({ type: 'subtree', document, apex, comments: method.comments, excluded }, method, budget).octets;
}

/**
 * What the signer may have hashed of the element itself: its content, its first child, or with or without the Signature
 * in it.
 */
export function* partsOfElement(subject: TextSubject, signature: NodeIndex, budget: Budget): Generator<Candidate> {
  const { document, apex } = subject;
  const method = subject.method ?? FALLBACK;
  const element = apex ?? document.root;
  if (element < 0) return;
  const content = (how: string, octets: () => Uint8Array): Candidate => ({
    code: 'digest-of-element-content',
    party: 'signer',
    how,
    octets,
  });
  const children = childElements(document, element);
  let each = 0;
  for (const _child of childNodes(document, element)) each += PER_CHILD;
  yield { ...content('content-only', () => contentOf(document, element, method, budget)), work: each };
  const [child] = children;
  if (child !== undefined) yield content('first-child', () => octetsOf(document, child, method, [], budget));
  if (children.length > 1) {
    yield {
      ...content('child-elements', () =>
        joinOctets(children.map((child) => octetsOf(document, child, method, [], budget))),
      ),
      work: each,
    };
  }
  const text = textOnly(subject);
  if (text !== null) yield content('inner-text', () => text);
  if (isWithin(document, signature, element)) {
    const excludes = subject.set?.type === 'subtree' && subject.set.excluded.includes(signature);
    yield {
      code: 'enveloped-transform-order',
      party: 'signer',
      how: excludes ? 'signature-kept' : 'signature-removed',
      also: subject.set?.type === 'selected' ? ['xslt-xpath-transform-variant'] : [],
      octets: () => octetsOf(document, apex ?? 0, method, excludes ? [] : [signature], budget),
    };
  }
}

/**
 * The element without the Signature and the text behind it, as trees lose it that keep a text with the element before;
 * and without the other Signatures in it, which the signer left out too, or which were not there yet.
 */
export function* signaturesLeftOut(subject: TextSubject, signature: NodeIndex, budget: Budget): Generator<Candidate> {
  const { document, apex } = subject;
  const method = subject.method ?? FALLBACK;
  const element = apex ?? document.root;
  if (element < 0 || !isWithin(document, signature, element)) return;
  const all = [...descendantElements(document, element)].filter((node) => isElement(document, node, DS, 'Signature'));
  const outer = all.filter((node) => !all.some((other) => other !== node && isWithin(document, node, other)));
  const tail = nextOf(document, signature);
  if (tail >= 0 && document.kind[tail] === NodeKind.text) {
    yield {
      code: 'enveloped-tail-lost',
      party: 'signer',
      how: 'signature-removed-with-tail',
      octets: () => octetsOf(document, apex ?? 0, method, [signature, tail], budget),
    };
  }
  if (outer.length < 2) return;
  const octets = () => octetsOf(document, apex ?? 0, method, outer, budget);
  if (outer.includes(signature)) {
    yield {
      code: 'inner-signature-added-later',
      party: 'signer',
      how: 'signatures-removed',
      data: { count: outer.length - 1 },
      octets,
    };
  }
  yield { code: 'enveloped-transform-order', party: 'signer', how: 'signatures-removed', octets };
}

function contentOf(
  document: XmlDocument,
  element: NodeIndex,
  method: CanonicalizationMethod,
  budget: Budget,
): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const child of childNodes(document, element)) {
    if (document.kind[child] === NodeKind.comment && !method.comments) continue;
    parts.push(
      canonicalize({ type: 'subtree', document, apex: child, comments: method.comments, excluded: [] }, method, budget)
        .octets,
    );
  }
  return joinOctets(parts);
}

/** The octets between the apex's own tags, without the declarations that stand in its start tag. */
function textOnly(subject: TextSubject): Uint8Array | null {
  const { octets, tokens } = subject;
  const first = tokens?.[0];
  const last = tokens?.at(-1);
  if (tokens === null || first?.type !== 'open' || last?.type !== 'close' || tokens.length < 3) return null;
  return octets.subarray(utf8Length(first.raw), octets.length - utf8Length(last.raw));
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/** Every other element of the document, in its order. */
export function* otherElements(subject: TextSubject, signature: NodeIndex, budget: Budget): Generator<Candidate> {
  const { document, apex } = subject;
  const method = subject.method ?? FALLBACK;
  const targetIsReference = apex !== null && isElement(document, apex, WSSE, 'SecurityTokenReference');
  let count = 0;
  for (const node of descendantElements(document, 0)) {
    if (node === apex) continue;
    if (++count > MOST_ELEMENTS) return;
    const excluded = isWithin(document, signature, node) && node !== signature ? [[], [signature]] : [[]];
    const token = targetIsReference || isElement(document, node, WSSE, 'SecurityTokenReference');
    for (const left of excluded) {
      yield {
        code: token ? 'str-transform-missing-or-wrong' : 'wrong-element-referenced',
        party: 'signer',
        how: token ? 'token-instead-of-reference' : 'other-element',
        data: { element: elementPath(document, node), withoutSignature: left.length > 0 },
        octets: () => octetsOf(document, node, method, left, budget),
      };
    }
  }
}
