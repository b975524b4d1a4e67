/**
 * Canonical octets as faulty canonicalizers write them: attribute order, empty tags, escapes (docs/faults.md:
 * attr-order-not-sorted, empty-elem-form, entity-text-overescaped).
 */
import { NodeFlag, type NodeIndex } from '../../xml/document.ts';
import { attributeQualifiedName, attributes, descendantElements, isWithin } from '../../xml/navigate.ts';
import { encodeUtf8 } from '../../bytes/utf8.ts';
import {
  localOf,
  textToken,
  tokensOctets,
  type CanonicalToken,
  type CanonicalTokens,
  type OpenToken,
} from '../canonical-tokens.ts';
import { mapAttributes } from '../edits/edit-characters.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';
import { tokensWork } from '../trial-account.ts';

/** The element of the document behind each start tag; null where the two do not go together. */
export function sourceElements(subject: TextSubject): readonly NodeIndex[] | null {
  const { document, set, tokens } = subject;
  if (set === null || set.type !== 'subtree' || tokens === null) return null;
  const apex = subject.apex ?? document.root;
  const elements = [apex, ...descendantElements(document, apex)].filter(
    (node) => !set.excluded.some((root) => isWithin(document, node, root)),
  );
  return elements.length === tokens.filter((token) => token.type === 'open').length ? elements : null;
}

function mapOpen(tokens: CanonicalTokens, change: (token: OpenToken, ordinal: number) => string): CanonicalTokens {
  let ordinal = 0;
  return tokens.map((token): CanonicalToken => {
    if (token.type !== 'open') return token;
    const raw = change(token, ordinal++);
    return raw === token.raw ? token : { ...token, raw };
  });
}

const declarationText = (prefix: string, value: string): { name: string; text: string } => ({
  name: prefix === '' ? 'xmlns' : `xmlns:${prefix}`,
  text: prefix === '' ? ` xmlns="${value}"` : ` xmlns:${prefix}="${value}"`,
});

/** A declaration or attribute of a start tag. */
interface TagPart {
  readonly name: string;
  readonly text: string;
  readonly declaration: boolean;
  /** Its place in the start tag as it stands in the message; -1 where that is not known. */
  readonly place: number;
}

type Order = (a: TagPart, b: TagPart) => number;

const byPlace: Order = (a, b) => a.place - b.place;
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const declarationsFirst: Order = (a, b) => Number(b.declaration) - Number(a.declaration);
const declarationsLast: Order = (a, b) => Number(a.declaration) - Number(b.declaration);

/** Declarations first, as they are; then attributes by `order`. */
const attributesBy =
  (order: Order): Order =>
  (a, b) =>
    declarationsFirst(a, b) || (a.declaration ? 0 : order(a, b));

const ORDERS: readonly (readonly [string, Order])[] = [
  ['source-order', byPlace],
  ['attributes-in-source-order', attributesBy(byPlace)],
  ['sorted-by-qualified-name', attributesBy((a, b) => compare(a.name, b.name))],
  ['sorted-by-local-name', attributesBy((a, b) => compare(localOf(a.name), localOf(b.name)))],
  ['declarations-last', declarationsLast],
  ['declarations-last-source-order', (a, b) => declarationsLast(a, b) || byPlace(a, b)],
  ['all-sorted-by-name', (a, b) => compare(a.name, b.name)],
  ['declarations-in-source-order', (a, b) => declarationsFirst(a, b) || (a.declaration ? byPlace(a, b) : 0)],
];

/** Attributes and declarations in orders other than the canonical one (Canonical XML 1.0 §2.2). */
export function* attributeOrders(subject: TextSubject): Generator<Candidate> {
  const { tokens } = subject;
  if (tokens === null) return;
  const written = writtenPlaces(subject);
  for (const [how, order] of ORDERS) {
    const edited = mapOpen(tokens, (token, ordinal) => {
      if (token.declarations.length + token.attributes.length < 2) return token.raw;
      const parts = tagParts(token, (name) => written?.[ordinal]?.get(name) ?? -1);
      return `<${token.name}${parts
        .sort(order)
        .map((part) => part.text)
        .join('')}>`;
    });
    yield {
      code: 'attr-order-not-sorted',
      party: 'signer',
      how,
      work: tokensWork(tokens.length),
      octets: () => tokensOctets(edited),
    };
  }
}

/** The places of attributes by their names, for each start tag; null where the tags are not those of the document. */
function writtenPlaces(subject: TextSubject): readonly ReadonlyMap<string, number>[] | null {
  const { document } = subject;
  const placesOf = (node: NodeIndex) =>
    new Map(attributes(document, node).map((one, index) => [attributeQualifiedName(document, one), index]));
  return sourceElements(subject)?.map(placesOf) ?? null;
}

function tagParts(token: OpenToken, placeOf: (name: string) => number): TagPart[] {
  const declarations = token.declarations.map(({ prefix, value }) => ({
    ...declarationText(prefix, value),
    declaration: true,
  }));
  const attributes = token.attributes.map(({ name, value }) => ({
    name,
    text: ` ${name}="${value}"`,
    declaration: false,
  }));
  return [...declarations, ...attributes].map((part) => ({ ...part, place: placeOf(part.name) }));
}

/** Elements without content as one tag, all of them or those that are written so in the message. */
export function* emptyElements(subject: TextSubject): Generator<Candidate> {
  const { tokens } = subject;
  if (tokens === null) return;
  const sources = sourceElements(subject);
  const { nodeFlags } = subject.document;
  const empty = sources?.map((node) => ((nodeFlags[node] ?? 0) & NodeFlag.emptyTag) !== 0) ?? null;
  for (const [how, end, onlySource] of [
    ['collapsed', '/>', false],
    ['collapsed', '/>', true],
    ['collapsed-with-space', ' />', false],
    ['collapsed-with-space', ' />', true],
  ] as const) {
    if (onlySource && empty === null) continue;
    const { text, count } = collapsed(tokens, end, (ordinal) => !onlySource || empty?.[ordinal] === true);
    if (count > 0) {
      yield {
        code: 'empty-elem-form',
        party: 'signer',
        how,
        data: { count },
        work: tokensWork(tokens.length),
        octets: () => encodeUtf8(text),
      };
    }
  }
}

/** @param fits whether the start tag with that number is collapsed where its end tag follows */
function collapsed(
  tokens: CanonicalTokens,
  end: string,
  fits: (ordinal: number) => boolean,
): { readonly text: string; readonly count: number } {
  let ordinal = -1;
  let text = '';
  let count = 0;
  let skipped = false;
  for (const [at, token] of tokens.entries()) {
    if (token.type === 'open') ordinal++;
    if (token.type === 'open' && tokens[at + 1]?.type === 'close' && fits(ordinal)) {
      text += token.raw.slice(0, -1) + end;
      skipped = true;
      count++;
    } else {
      if (!skipped) text += token.raw;
      skipped = false;
    }
  }
  return { text, count };
}

type Change = (raw: string) => string;
const keep: Change = (raw) => raw;

/** Letters past ASCII as character references. */
const asReferences =
  (write: (code: number) => string): Change =>
  (raw) =>
    raw.replace(/[^\0-\x7f]/gu, (letter) => `&#${write(letter.codePointAt(0) ?? 0)};`);

const ESCAPES: readonly (readonly [string, Change, Change])[] = [
  ['quotes-escaped-in-text', (raw) => raw.replaceAll('"', '&quot;'), keep],
  ['apostrophes-escaped-in-text', (raw) => raw.replaceAll("'", '&apos;'), keep],
  ['quotes-and-apostrophes-escaped-in-text', (raw) => raw.replaceAll('"', '&quot;').replaceAll("'", '&apos;'), keep],
  ['apostrophes-as-number-in-text', (raw) => raw.replaceAll("'", '&#39;'), keep],
  ['quotes-and-apostrophes-as-number', (raw) => raw.replaceAll('"', '&quot;').replaceAll("'", '&#39;'), keep],
  ['greater-than-raw', (raw) => raw.replaceAll('&gt;', '>'), keep],
  ['greater-than-raw-quotes-escaped', (raw) => raw.replaceAll('&gt;', '>').replaceAll('"', '&quot;'), keep],
  ['greater-than-escaped-in-attributes', keep, (raw) => raw.replaceAll('>', '&gt;')],
  ['apostrophes-escaped-in-attributes', keep, (raw) => raw.replaceAll("'", '&apos;')],
  ['one-escape-map', (raw) => raw.replaceAll('"', '&quot;'), (raw) => raw.replaceAll('>', '&gt;')],
  [
    'one-escape-map',
    (raw) => raw.replaceAll('"', '&quot;').replaceAll("'", '&apos;'),
    (raw) => raw.replaceAll('>', '&gt;').replaceAll("'", '&apos;'),
  ],
  ['unescaped-text', (raw) => raw.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'), keep],
  ['carriage-returns-raw', (raw) => raw.replaceAll('&#xD;', '\r'), (raw) => raw.replaceAll('&#xD;', '\r')],
  ['carriage-returns-as-decimal', (raw) => raw.replaceAll('&#xD;', '&#13;'), (raw) => raw.replaceAll('&#xD;', '&#13;')],
  ['letters-as-references', asReferences((code) => String(code)), asReferences((code) => String(code))],
  [
    'letters-as-references',
    asReferences((code) => `x${code.toString(16).toUpperCase()}`),
    asReferences((code) => `x${code.toString(16).toUpperCase()}`),
  ],
];

/** Characters escaped that are not, or not escaped that are (Canonical XML 1.0 §2.3). */
export function* escapeFaults(subject: TextSubject): Generator<Candidate> {
  const { tokens } = subject;
  if (tokens === null) return;
  for (const [how, text, attribute] of ESCAPES) {
    let changed = false;
    if (!subject.account.spend(tokensWork(tokens.length))) return;
    const edited = mapAttributes(tokens, attribute);
    const all = edited.tokens.map((token): CanonicalToken => {
      if (token.type !== 'text') return token;
      const raw = text(token.raw);
      if (raw === token.raw) return token;
      changed = true;
      return textToken(raw);
    });
    if (changed || edited.count > 0) {
      yield {
        code: how.startsWith('carriage') ? 'crlf-raw-cr-kept' : 'entity-text-overescaped',
        party: 'signer',
        how,
        octets: () => tokensOctets(all),
      };
    }
  }
}
