/**
 * Undoes changes of what SignedInfo says: other algorithms, PrefixLists and digests, a reference taken away
 * (docs/faults.md; docs/command.md: signedinfo-edited, c14n-relabelled, signedinfo-c14n-relabelled).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { EXCLUSIVE_C14N } from '../../algorithms/identifiers.ts';
import type { Budget } from '../../bytes/budget.ts';
import { encodeBase64 } from '../../bytes/base64.ts';
import { decodeUtf8 } from '../../bytes/utf8.ts';
import { SIGNATURE_ALGORITHMS } from '../../algorithms/signature-algorithms.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { CANONICALIZATION_METHODS } from '../../canonicalization/methods.ts';
import { DS } from '../../xml/namespaces.ts';
import type { CryptoProvider } from '../../crypto/provider.ts';
import type { IdIndex } from '../../references/id-index.ts';
import type { SignatureParts } from '../../signature/read-signature.ts';
import { NO_NODE, NodeFlag, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import {
  attributeValue,
  childElementsNamed,
  descendantElements,
  findAttribute,
  firstChildElement,
  inScopeNamespaces,
  qualifiedName,
} from '../../xml/navigate.ts';
import type { ReferenceDiagnosis } from '../reference/diagnose-reference.ts';
import type { Candidate } from '../hypothesis.ts';
import { canonicalIsolated, isolate, type IsolatedElement, type TextSplice } from '../signer/signer-source.ts';
import type { TextSubject } from '../text-subject.ts';

export interface SignedInfoView {
  readonly subject: TextSubject;
  readonly parts: SignatureParts;
  readonly ids: IdIndex;
  /** Of the references whose digest fails. */
  readonly failing: readonly ReferenceDiagnosis[];
  readonly crypto: CryptoProvider;
  readonly budget: Budget;
}

/** One change undone: text in place of a range, and the canonicalization that follows from it. */
interface Undone {
  readonly code: CauseCode;
  readonly how: string;
  readonly splices: readonly TextSplice[];
  readonly method?: CanonicalizationMethod;
  readonly data: NonNullable<Candidate['data']>;
}

function candidate(view: SignedInfoView, isolated: IsolatedElement, undone: readonly Undone[]): Candidate {
  const [first] = undone;
  const splices = undone.flatMap((one) => one.splices).sort((a, b) => a.start - b.start);
  const method = undone.find((one) => one.method !== undefined)?.method ?? view.subject.method;
  return {
    code: first!.code,
    party: 'transit',
    how: first!.how,
    data: Object.assign({}, ...undone.map((one) => one.data)) as NonNullable<Candidate['data']>,
    also: undone
      .slice(1)
      .map((one) => one.code)
      .filter((code) => code !== first!.code),
    octets: () =>
      (method === null ? null : canonicalIsolated(view.subject, isolated, splices, view.budget, method)) ??
      new Uint8Array(0),
  };
}

/** Every undoing of one change, then of two kinds together. */
export function* signedInfoEdits(view: SignedInfoView): Generator<Candidate> {
  const isolated = isolate(view.subject);
  if (isolated === null) return;
  const make = (...undone: readonly Undone[]) => candidate(view, isolated, undone);
  const digests = digestsRestored(view);
  for (const one of digests) yield make(one);
  if (digests.length > 1) yield make(...digests);
  const labels = [...transformsRestored(view)];
  for (const one of labels) yield make(one);
  const methods = [...canonicalizationRestored(view)];
  for (const one of methods) yield make(one);
  for (const one of digestMethodsRestored(view)) yield make(one);
  for (const one of signatureMethodsRestored(view)) yield make(one);
  for (const one of referencesRestored(view)) yield make(one);
  for (const one of harmlessTransforms(view)) yield make(one);
  for (const label of labels.slice(0, 30)) for (const method of methods.slice(0, 16)) yield make(label, method);
  for (const method of methods.slice(0, 24)) if (digests.length > 0) yield make(method, ...digests);
}

function digestsRestored({ subject, failing }: SignedInfoView): readonly Undone[] {
  const { document } = subject;
  return failing.flatMap(({ node, reference, matches }): Undone[] => {
    const value = firstChildElement(document, node, DS, 'DigestValue');
    // Where a hypothesis about the content holds, DigestValue is as it was signed.
    if (value === NO_NODE || reference.report.computed === null || matches.length > 0) return [];
    return [
      {
        code: 'signedinfo-edited',
        how: 'digest-value-changed',
        data: { uri: reference.report.uri, now: reference.report.expected, signed: reference.report.computed },
        splices: [
          { start: document.contentStart[value]!, end: document.contentEnd[value]!, text: reference.report.computed },
        ],
      },
    ];
  });
}

/** The spellings of an element that names a canonicalization. */
function* methodElements(
  view: SignedInfoView,
  element: NodeIndex,
  method: CanonicalizationMethod,
): Generator<TextSplice> {
  const { document, octets } = { document: view.subject.document, octets: view.subject.document.octets };
  const name = qualifiedName(document, element);
  const tag = decodeUtf8(octets, document.start[element], document.contentStart[element]);
  const algorithm = findAttribute(document, element, '', 'Algorithm');
  if (algorithm < 0) return;
  const at = document.start[element]!;
  const open =
    tag.slice(0, document.attributeValueStart[algorithm]! - at) +
    method.uri +
    tag.slice(document.attributeValueEnd[algorithm]! - at).replace(/\s*\/?>$/, '>');
  const range = { start: at, end: document.end[element]! };
  const content =
    (document.nodeFlags[element]! & NodeFlag.emptyTag) !== 0
      ? ''
      : decodeUtf8(octets, document.contentStart[element], document.contentEnd[element]);
  if (method.inclusivePrefixes.length === 0 || method.family !== 'exclusive-1.0') {
    yield { ...range, text: `${open}</${name}>` };
    // What stands inside the element may have stood there before as well.
    if (content !== '') yield { ...range, text: `${open}${content}</${name}>` };
    return;
  }
  const list = firstChildElement(document, element, EXCLUSIVE_C14N, 'InclusiveNamespaces');
  const written = list === NO_NODE ? -1 : findAttribute(document, list, '', 'PrefixList');
  // White space around the element that was taken out stays behind.
  const blank = content.trim() === '' && content.length <= 64 ? content : '';
  const middle = blank.indexOf('\n') >= 0 && blank.length > 1 ? Math.max(1, blank.length >> 1) : 0;
  const spelt = [
    ...new Set([...(view.subject.names.prefixes.get(EXCLUSIVE_C14N) ?? []), 'ec', '', 'xc14n', 'c14nEx', 'exc-c14n']),
  ].slice(0, 5);
  for (const ordered of orders(method.inclusivePrefixes)) {
    const prefixes = ordered.map((one) => (one === '' ? '#default' : one)).join(' ');
    if (written >= 0) {
      const from = document.attributeValueStart[written]! - at;
      const to = document.attributeValueEnd[written]! - at;
      const whole = octets.subarray(at, document.end[element]);
      const relabelled =
        decodeUtf8(whole, document.contentStart[element]! - at, from) + prefixes + decodeUtf8(whole, to, whole.length);
      yield { ...range, text: open + relabelled };
    }
    for (const prefix of spelt) {
      const inner = prefix === '' ? 'InclusiveNamespaces xmlns' : `${prefix}:InclusiveNamespaces xmlns:${prefix}`;
      yield {
        ...range,
        text:
          `${open}${blank.slice(0, middle)}<${inner}="${EXCLUSIVE_C14N}" ` +
          `PrefixList="${prefixes}"/>${blank.slice(middle)}</${name}>`,
      };
    }
  }
}

/** What is left of a PrefixList with some of its prefixes taken out, the order kept. */
function parts(list: readonly string[]): readonly (readonly string[])[] {
  const few = list.slice(0, 5);
  return few.length < 2
    ? []
    : Array.from({ length: 2 ** few.length - 2 }, (_, mask) => few.filter((_one, bit) => ((mask + 1) >> bit) & 1));
}

/** A PrefixList in the orders that writers use. */
function orders(prefixes: readonly string[]): readonly (readonly string[])[] {
  if (prefixes.length <= 1) return [prefixes];
  if (prefixes.length === 2) return [prefixes, [...prefixes].reverse()];
  if (prefixes.length === 3) {
    const [a, b, c] = prefixes as [string, string, string];
    return [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ];
  }
  return [prefixes, [...prefixes].sort(), [...prefixes].reverse(), [...prefixes].sort().reverse()];
}

function* transformsRestored(view: SignedInfoView): Generator<Undone> {
  const { document } = view.subject;
  for (const { node, reference, methods } of view.failing) {
    const list = firstChildElement(document, node, DS, 'Transforms');
    const transforms = list === NO_NODE ? [] : childElementsNamed(document, list, DS, 'Transform');
    const last = transforms
      .filter((transform) =>
        CANONICALIZATION_METHODS.some((known) => known.uri === attributeValue(document, transform, '', 'Algorithm')),
      )
      .at(-1);
    if (last === undefined) continue;
    for (const method of methods) {
      for (const splice of methodElements(view, last, method)) {
        yield {
          code:
            attributeValue(document, last, '', 'Algorithm') === method.uri
              ? 'prefixlist-used-but-not-declared'
              : 'c14n-relabelled',
          how: 'transform-relabelled',
          data: {
            uri: reference.report.uri,
            now: attributeValue(document, last, '', 'Algorithm'),
            signed: method.uri,
            prefixes: method.inclusivePrefixes,
          },
          splices: [splice],
        };
      }
    }
  }
}

/** Transforms of references that still match: another label may give the same octets. */
function* harmlessTransforms(view: SignedInfoView): Generator<Undone> {
  const { document } = view.subject;
  for (const reference of view.parts.references) {
    if (view.failing.some((one) => one.node === reference)) continue;
    const list = firstChildElement(document, reference, DS, 'Transforms');
    for (const transform of list === NO_NODE ? [] : childElementsNamed(document, list, DS, 'Transform')) {
      const uri = attributeValue(document, transform, '', 'Algorithm');
      const named = CANONICALIZATION_METHODS.find((known) => known.uri === uri);
      if (named === undefined) continue;
      const scope = [...inScopeNamespaces(document, document.root).keys()].filter((prefix) => prefix !== 'xml');
      const lists = [[], ...view.subject.names.lists, ...scope.slice(0, 8).map((prefix) => [prefix]), scope];
      for (const known of CANONICALIZATION_METHODS) {
        for (const inclusivePrefixes of known.family === 'exclusive-1.0' ? lists : [[]]) {
          for (const splice of methodElements(view, transform, { ...known, inclusivePrefixes })) {
            yield {
              code: known.uri === uri ? 'prefixlist-used-but-not-declared' : 'c14n-relabelled',
              how: 'transform-relabelled',
              data: {
                uri: attributeValue(document, reference, '', 'URI'),
                now: uri,
                signed: known.uri,
                prefixes: inclusivePrefixes,
              },
              splices: [splice],
            };
          }
        }
      }
    }
  }
}

function* canonicalizationRestored(view: SignedInfoView): Generator<Undone> {
  const { document } = view.subject;
  const element = view.parts.canonicalizationMethod;
  const scope = [...inScopeNamespaces(document, view.parts.signedInfo).keys()].filter((prefix) => prefix !== 'xml');
  const few = scope.slice(0, 5);
  const lists: readonly (readonly string[])[] = [
    [],
    ...view.subject.names.lists,
    ...view.subject.names.lists.flatMap(parts),
    ...scope.slice(0, 12).map((prefix) => [prefix]),
    scope,
    ...Array.from({ length: 2 ** few.length }, (_, mask) => few.filter((_one, bit) => (mask >> bit) & 1)).filter(
      (list) => list.length > 1,
    ),
  ];
  for (const known of CANONICALIZATION_METHODS) {
    for (const inclusivePrefixes of known.family === 'exclusive-1.0' ? lists : [[]]) {
      const method: CanonicalizationMethod = { ...known, inclusivePrefixes };
      for (const splice of methodElements(view, element, method)) {
        yield {
          code:
            method.uri === view.subject.method?.uri ? 'prefixlist-used-but-not-declared' : 'signedinfo-c14n-relabelled',
          how: 'canonicalization-relabelled',
          method,
          data: {
            now: view.subject.method?.uri ?? null,
            signed: method.uri,
            prefixes: inclusivePrefixes.map((one) => (one === '' ? '#default' : one)),
          },
          splices: [splice],
        };
      }
    }
  }
}

function* digestMethodsRestored({ subject, failing }: SignedInfoView): Generator<Undone> {
  const { document } = subject;
  for (const { node, reference, digestUsed } of failing) {
    const method = firstChildElement(document, node, DS, 'DigestMethod');
    const algorithm = method === NO_NODE ? -1 : findAttribute(document, method, '', 'Algorithm');
    if (digestUsed === null || algorithm < 0) continue;
    yield {
      code: 'digest-alg-label-mismatch',
      how: 'digest-method-changed',
      data: { uri: reference.report.uri, now: reference.report.digestMethod, signed: digestUsed },
      splices: [
        {
          start: document.attributeValueStart[algorithm]!,
          end: document.attributeValueEnd[algorithm]!,
          text: digestUsed,
        },
      ],
    };
  }
}

function* signatureMethodsRestored({ subject, parts }: SignedInfoView): Generator<Undone> {
  const { document } = subject;
  const algorithm = findAttribute(document, parts.signatureMethod, '', 'Algorithm');
  if (algorithm < 0) return;
  const now = attributeValue(document, parts.signatureMethod, '', 'Algorithm');
  for (const { uri } of SIGNATURE_ALGORITHMS) {
    if (uri === now) continue;
    yield {
      code: 'signedinfo-edited',
      how: 'signature-method-changed',
      data: { now, signed: uri },
      splices: [
        { start: document.attributeValueStart[algorithm]!, end: document.attributeValueEnd[algorithm]!, text: uri },
      ],
    };
  }
}

/** Ids that a reference taken away may have named. */
const MOST_RESTORED = 24;
/** Work of one such digest besides its canonical octets, which the budget counts. */
const RESTORING = 2_000;
/** Work of a digest that does not wait for the platform, an octet. */
const DIGEST_NOW = 4;

/** A reference put back, written like one that is there, for each element with an Id that none names. */
function* referencesRestored(view: SignedInfoView): Generator<Undone> {
  const { subject, parts, ids, crypto, budget } = view;
  const { document } = subject;
  const named = new Set(parts.references.map((reference) => attributeValue(document, reference, '', 'URI')));
  let count = 0;
  for (const element of descendantElements(document, 0)) {
    const id = ids.idOf(element);
    if (id === null || named.has(`#${id}`)) continue;
    if (++count > MOST_RESTORED) return;
    for (const model of parts.references) {
      const uri = findAttribute(document, model, '', 'URI');
      const value = firstChildElement(document, model, DS, 'DigestValue');
      const method = firstChildElement(document, model, DS, 'DigestMethod');
      if (uri < 0 || value === NO_NODE || method === NO_NODE) continue;
      const list = firstChildElement(document, model, DS, 'Transforms');
      const transform = list === NO_NODE ? undefined : childElementsNamed(document, list, DS, 'Transform').at(-1);
      const known = CANONICALIZATION_METHODS.find(
        (one) => one.uri === (transform === undefined ? '' : attributeValue(document, transform, '', 'Algorithm')),
      );
      if (known === undefined) continue;
      if (!subject.account.spend(RESTORING)) return;
      const octets = canonicalize(
        { type: 'subtree', document, apex: element, comments: false, excluded: [] },
        { ...known, inclusivePrefixes: listOf(document, transform!) },
        budget,
      ).octets;
      subject.account.spend(octets.length * DIGEST_NOW);
      const digest = crypto.digestNow(attributeValue(document, method, '', 'Algorithm') ?? '', octets);
      if (digest === null) continue;
      const from = document.start[model]!;
      const text =
        decodeUtf8(document.octets, from, document.attributeValueStart[uri]) +
        `#${id}` +
        decodeUtf8(document.octets, document.attributeValueEnd[uri], document.contentStart[value]) +
        encodeBase64(digest) +
        decodeUtf8(document.octets, document.contentEnd[value], document.end[model]);
      for (const at of [
        document.start[parts.references[0]!]!,
        ...parts.references.map((reference) => document.end[reference]!),
      ]) {
        yield {
          code: 'signedinfo-edited',
          how: 'reference-removed',
          data: { uri: `#${id}` },
          splices: [{ start: at, end: at, text }],
        };
      }
    }
  }
}

function listOf(document: XmlDocument, transform: NodeIndex): readonly string[] {
  const list = firstChildElement(document, transform, EXCLUSIVE_C14N, 'InclusiveNamespaces');
  const text = list === NO_NODE ? '' : (attributeValue(document, list, '', 'PrefixList') ?? '');
  return text
    .split(/\s+/)
    .filter((token) => token !== '')
    .map((token) => (token === '#default' ? '' : token));
}
