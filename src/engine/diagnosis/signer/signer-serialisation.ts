/**
 * Canonical octets as faulty canonicalizers write them: attribute order, empty tags, escapes (docs/faults.md:
 * attr-order-not-sorted, empty-elem-form, entity-text-overescaped).
 */
import { NodeFlag, type NodeIndex } from '../../xml/document.ts';
import { attributeQualifiedName, attributes, descendantElements } from '../../xml/navigate.ts';
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
    (node) => !set.excluded.some((root) => node >= root && node < document.next[root]!),
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

export function* attributeOrders(subject: TextSubject): Generator<Candidate> {
  const { tokens, document } = subject;
  if (tokens === null) return;
  const sources = sourceElements(subject);
  const written =
    sources?.map(
      (node) =>
        new Map(
          attributes(document, node).map((attribute, index) => [attributeQualifiedName(document, attribute), index]),
        ),
    ) ?? null;
  const place = (ordinal: number, name: string) => written?.[ordinal]?.get(name) ?? -1;
  type Part = { readonly name: string; readonly text: string; readonly declaration: boolean };
  type Order = (a: Part, b: Part, ordinal: number) => number;
  const byName = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  const orders: readonly (readonly [string, Order])[] = [
    ['source-order', (a, b, ordinal) => place(ordinal, a.name) - place(ordinal, b.name)],
    [
      'attributes-in-source-order',
      (a, b, ordinal) =>
        Number(b.declaration) - Number(a.declaration) ||
        (a.declaration ? 0 : place(ordinal, a.name) - place(ordinal, b.name)),
    ],
    [
      'sorted-by-qualified-name',
      (a, b) => Number(b.declaration) - Number(a.declaration) || (a.declaration ? 0 : byName(a.name, b.name)),
    ],
    [
      'sorted-by-local-name',
      (a, b) =>
        Number(b.declaration) - Number(a.declaration) || (a.declaration ? 0 : byName(localOf(a.name), localOf(b.name))),
    ],
    ['declarations-last', (a, b) => Number(a.declaration) - Number(b.declaration)],
    [
      'declarations-last-source-order',
      (a, b, ordinal) =>
        Number(a.declaration) - Number(b.declaration) || place(ordinal, a.name) - place(ordinal, b.name),
    ],
    ['all-sorted-by-name', (a, b) => byName(a.name, b.name)],
    [
      'declarations-in-source-order',
      (a, b, ordinal) =>
        Number(b.declaration) - Number(a.declaration) ||
        (a.declaration ? place(ordinal, a.name) - place(ordinal, b.name) : 0),
    ],
  ];
  for (const [how, order] of orders) {
    const edited = mapOpen(tokens, (token, ordinal) => {
      if (token.declarations.length + token.attributes.length < 2) return token.raw;
      const parts: Part[] = [
        ...token.declarations.map((one) => ({ ...declarationText(one.prefix, one.value), declaration: true })),
        ...token.attributes.map((one) => ({ name: one.name, text: ` ${one.name}="${one.value}"`, declaration: false })),
      ];
      return `<${token.name}${parts
        .sort((a, b) => order(a, b, ordinal))
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

export function* emptyElements(subject: TextSubject): Generator<Candidate> {
  const { tokens } = subject;
  if (tokens === null) return;
  const sources = sourceElements(subject);
  for (const [how, end, onlySource] of [
    ['collapsed', '/>', false],
    ['collapsed', '/>', true],
    ['collapsed-with-space', ' />', false],
    ['collapsed-with-space', ' />', true],
  ] as const) {
    if (onlySource && sources === null) continue;
    let ordinal = -1;
    let text = '';
    let count = 0;
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at]!;
      if (token.type === 'open') ordinal++;
      const empty =
        token.type === 'open' &&
        tokens[at + 1]?.type === 'close' &&
        (!onlySource || (subject.document.nodeFlags[sources![ordinal]!]! & NodeFlag.emptyTag) !== 0);
      if (empty) {
        text += token.raw.slice(0, -1) + end;
        at++;
        count++;
      } else text += token.raw;
    }
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

type Change = (raw: string) => string;
const keep: Change = (raw) => raw;

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
  [
    'letters-as-references',
    (raw) => raw.replace(/[^\0-\x7f]/gu, (letter) => `&#${letter.codePointAt(0)!};`),
    (raw) => raw.replace(/[^\0-\x7f]/gu, (letter) => `&#${letter.codePointAt(0)!};`),
  ],
  [
    'letters-as-references',
    (raw) => raw.replace(/[^\0-\x7f]/gu, (letter) => `&#x${letter.codePointAt(0)!.toString(16).toUpperCase()};`),
    (raw) => raw.replace(/[^\0-\x7f]/gu, (letter) => `&#x${letter.codePointAt(0)!.toString(16).toUpperCase()};`),
  ],
];

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
