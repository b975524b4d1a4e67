/**
 * What a signer hashed that never made a node-set: the literal text, CDATA sections as they stand, carriage returns of
 * the file (docs/faults.md: digest-of-raw-serialisation, cdata-mishandled, crlf-raw-cr-kept).
 */
import type { Budget } from '../../bytes/budget.ts';
import { concatOctets, joinOctets } from '../../bytes/octets.ts';
import type { OctetSpan } from '../../bytes/origin-map.ts';
import { OctetWriter } from '../../bytes/octet-writer.ts';
import { decodeUtf8, encodeUtf8 } from '../../bytes/utf8.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { spliceOctets, type Splice } from '../../splice/octet-splice.ts';
import { NodeKind, type NodeIndex } from '../../xml/document.ts';
import {
  ancestors,
  attributes,
  childElements,
  declaredPrefix,
  descendantElements,
  inScopeNamespaces,
  isNamespaceDeclaration,
  isWithin,
} from '../../xml/navigate.ts';
import { nodeSpan, startTagSpan } from '../../xml/node-spans.ts';
import { nodeAt } from '../../xml/node-at.ts';
import { parseXml } from '../../xml/parse.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';

/** The element's own octets as they stand, and what string handling makes of them. */
export function* rawSlices(subject: TextSubject): Generator<Candidate> {
  const { document, apex } = subject;
  const element = apex ?? document.root;
  if (element < 0) return;
  const { octets, start, end, contentStart } = document;
  const slice = apex === null ? octets : octets.subarray(start[element], end[element]);
  const raw = (how: string, made: () => Uint8Array): Candidate => ({
    code: 'digest-of-raw-serialisation',
    party: 'signer',
    how,
    octets: made,
  });
  yield raw('literal', () => slice);
  const text = decodeUtf8(slice);
  if (text.includes('\n')) {
    yield raw('literal-crlf', () => encodeUtf8(text.replace(/\r?\n/g, '\r\n')));
    yield raw('literal-lf', () => encodeUtf8(text.replace(/\r\n?/g, '\n')));
    yield raw('literal-one-line', () => encodeUtf8(text.replace(/>\s+</g, '><')));
  }
  if (text.trim() !== text) yield raw('literal-trimmed', () => encodeUtf8(text.trim()));
  yield raw('literal-with-line-end', () => concatOctets(slice, Uint8Array.of(0x0a)));
  yield raw('literal-content', () => octets.subarray(contentStart[element], document.contentEnd[element]));
  if (apex === null) yield raw('literal', () => octets.subarray(start[element], end[element]));
  yield raw('literal-empty-expanded', () =>
    encodeUtf8(text.replace(/<([^\s<>/!?]+)((?:\s+[^\s=<>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*\/>/g, '<$1$2></$1>')),
  );
  // With the declarations that the element inherits, as string handling adds them.
  const own = new Set(
    attributes(document, element)
      .filter((one) => isNamespaceDeclaration(document, one))
      .map((one) => declaredPrefix(document, one)),
  );
  const inherited = [...inScopeNamespaces(document, element)].filter(
    ([prefix]) => prefix !== 'xml' && !own.has(prefix),
  );
  if (inherited.length === 0) return;
  const used = inherited.filter(([prefix]) =>
    prefix === '' ? /<\/?[^\s:<>/]+[\s>/]/.test(text) : text.includes(`${prefix}:`),
  );
  const nameEnd = /^<[^\s/>]+/.exec(text)?.[0].length ?? 0;
  const tagEnd = decodeUtf8(octets, start[element], contentStart[element]).replace(/\/?>$/, '').length;
  for (const list of used.length === inherited.length ? [used] : [used, inherited]) {
    const added = list
      .map(([prefix, uri]) => (prefix === '' ? ` xmlns="${uri}"` : ` xmlns:${prefix}="${uri}"`))
      .join('');
    for (const at of [nameEnd, tagEnd]) {
      yield raw('literal-with-declarations', () => encodeUtf8(text.slice(0, at) + added + text.slice(at)));
    }
  }
}

/** Text in the place of octets: a {@link Splice} that is encoded when it is tried. */
export interface TextSplice extends OctetSpan {
  readonly text: string;
}

function encoded(splices: readonly TextSplice[]): readonly Splice[] {
  return splices.map(({ start, end, text }) => ({ start, end, octets: encodeUtf8(text) }));
}

/**
 * The canonical form of the same nodes in a document with other octets; null where that is not well-formed. No splice
 * stands before the apex's own start.
 */
function canonicalAfter(
  subject: TextSubject,
  splices: readonly TextSplice[],
  budget: Budget,
  method = subject.method,
): Uint8Array | null {
  const { document, set } = subject;
  if (set === null || set.type !== 'subtree' || method === null) return null;
  const parsed = parseXml(spliceOctets(document.octets, encoded(splices)), { budget, externalEncoding: 'UTF-8' });
  if (!parsed.wellFormed) return null;
  const elements = [...descendantElements(parsed.document, 0)];
  const ordinals = new Map([...descendantElements(document, 0)].map((node, index) => [node, index]));
  const same = (node: NodeIndex) => (node === 0 ? 0 : (elements[ordinals.get(node) ?? -1] ?? -1));
  const apex = same(set.apex);
  const excluded = set.excluded.map(same);
  if (apex < 0 || excluded.includes(-1)) return null;
  return canonicalize(
    { type: 'subtree', document: parsed.document, apex, comments: set.comments, excluded },
    method,
    budget,
  ).octets;
}

/** One element with the start tags of its ancestors around it: what its canonical form depends on, and no more. */
export interface IsolatedElement {
  /** Start tags of the ancestors, in order; their end tags. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  readonly ancestors: number;
  readonly start: number;
  readonly end: number;
}

/** @returns null for the whole document */
export function isolate(subject: TextSubject): IsolatedElement | null {
  const { document, apex } = subject;
  if (apex === null) return null;
  const before = new OctetWriter();
  const after: Uint8Array[] = [];
  const chain = [...ancestors(document, apex)].filter((node) => node > 0).reverse();
  for (const node of chain) {
    const tag = startTagSpan(document, node);
    before.slice(document.octets, tag.start, tag.end);
    after.unshift(document.octets.subarray(document.contentEnd[node], document.end[node]));
  }
  return {
    before: before.toOctets(),
    after: joinOctets(after),
    ancestors: chain.length,
    ...nodeSpan(document, apex),
  };
}

/** Like {@link canonicalAfter}, at the cost of the element alone. */
export function canonicalIsolated(
  subject: TextSubject,
  isolated: IsolatedElement,
  splices: readonly TextSplice[],
  budget: Budget,
  method: CanonicalizationMethod,
): Uint8Array | null {
  if (splices.some(({ start, end }) => start < isolated.start || end > isolated.end)) return null;
  const spliced = spliceOctets(subject.document.octets, encoded(splices), isolated);
  const octets = concatOctets(isolated.before, spliced, isolated.after);
  const { document, wellFormed } = parseXml(octets, { budget, externalEncoding: 'UTF-8' });
  if (!wellFormed) return null;
  let apex: NodeIndex = document.root;
  for (let depth = 0; depth < isolated.ancestors; depth++) apex = childElements(document, apex)[0] ?? apex;
  return canonicalize({ type: 'subtree', document, apex, comments: true, excluded: [] }, method, budget).octets;
}

/** Stands for a CDATA section while the text around it is canonicalized; in no message. */
const MARK = '\ue9d1';

/** CDATA sections kept, dropped or escaped wrongly, where their text belongs (Canonical XML 1.0 §2.1). */
export function* cdataFaults(subject: TextSubject, budget: Budget): Generator<Candidate> {
  const { document, set } = subject;
  if (set === null || set.type !== 'subtree') return;
  const sections: NodeIndex[] = [];
  for (let node = set.apex; isWithin(document, node, set.apex); node++) {
    if (document.kind[node] === NodeKind.cdata) sections.push(node);
  }
  if (sections.length === 0) return;
  const marked = canonicalAfter(
    subject,
    sections.map((node) => ({ ...nodeSpan(document, node), text: MARK })),
    budget,
  );
  if (marked === null) return;
  const parts = decodeUtf8(marked).split(MARK);
  if (parts.length !== sections.length + 1) return;
  const put = (text: (node: NodeIndex) => string) => {
    const between = [...sections.map(text), ''];
    return encodeUtf8(parts.map((part, index) => part + (between[index] ?? '')).join(''));
  };
  const content = (node: NodeIndex) =>
    decodeUtf8(document.octets, document.contentStart[node], document.contentEnd[node]).replace(/\r\n?/g, '\n');
  const make = (how: string, text: (node: NodeIndex) => string): Candidate => ({
    code: 'cdata-mishandled',
    party: 'signer',
    how,
    data: { count: sections.length },
    octets: () => put(text),
  });
  yield make('cdata-literal', (node) => `<![CDATA[${content(node)}]]>`);
  yield make('cdata-dropped', () => '');
  yield make('cdata-unescaped', content);
  yield make('cdata-escaped-twice', (node) =>
    content(node).replaceAll('&', '&amp;amp;').replaceAll('<', '&amp;lt;').replaceAll('>', '&amp;gt;'),
  );
}

/** Carriage returns that a parser would have normalized (XML 1.0 §2.11). */
export function* rawReturns(subject: TextSubject, budget: Budget): Generator<Candidate> {
  const { document, set } = subject;
  if (set === null || set.type !== 'subtree') return;
  const at: number[] = [];
  const { start: from, end: to } =
    set.apex === 0 ? { start: 0, end: document.octets.length } : nodeSpan(document, set.apex);
  const within = document.octets.subarray(from, to);
  for (let place = within.indexOf(0x0d); place >= 0; place = within.indexOf(0x0d, place + 1)) at.push(from + place);
  if (at.length > 0) {
    const texts = at.filter((place) => standsInText(subject, place));
    yield {
      code: 'crlf-raw-cr-kept',
      party: 'signer',
      how: 'returns-kept',
      data: { count: texts.length },
      octets: () =>
        canonicalAfter(
          subject,
          texts.map((place) => ({ start: place, end: place + 1, text: '&#xD;' })),
          budget,
        ) ?? new Uint8Array(0),
    };
  }
  // The file had LF when it arrived here and CRLF where it was signed, or the other way round.
  const { octets } = subject;
  const text = decodeUtf8(octets);
  if (!text.includes('\n')) return;
  yield {
    code: 'crlf-raw-cr-kept',
    party: 'signer',
    how: 'returns-kept',
    octets: () => encodeUtf8(text.replace(/(?:&#xD;)?\n/g, '&#xD;\n')),
  };
  yield {
    code: 'crlf-raw-cr-kept',
    party: 'signer',
    how: 'raw-crlf-hashed',
    octets: () => encodeUtf8(text.replaceAll('\n', '\r\n')),
  };
}

/** Whether an octet is part of a text or CDATA section, not of a tag. */
function standsInText(subject: TextSubject, place: number): boolean {
  const { document } = subject;
  const node = nodeAt(document, place);
  return document.kind[node] === NodeKind.text && place < nodeSpan(document, node).end;
}
