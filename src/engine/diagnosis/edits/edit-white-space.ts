/**
 * Undoes changes of white space between and inside elements (docs/faults.md: ws-pretty-print-after-sign,
 * ws-stripped-on-parse, ws-trim-text-values).
 */
import {
  isBlank,
  isLeaf,
  textToken,
  tokensText,
  type CanonicalToken,
  type CanonicalTokens,
} from '../canonical-tokens.ts';
import type { EditedTokens, EditHypothesis, EditSubject } from '../hypothesis.ts';
import { tokensWork } from '../trial-account.ts';

/** Without the texts at which `drop` says so; null where there is none. */
function without(
  tokens: CanonicalTokens,
  drop: (raw: string, index: number) => boolean,
): { tokens: CanonicalTokens; count: number } {
  const kept = tokens.filter((token, index) => token.type !== 'text' || !drop(token.raw, index));
  return { tokens: kept, count: tokens.length - kept.length };
}

function* removals(tokens: CanonicalTokens): Generator<EditedTokens> {
  const tries: readonly [string, (raw: string, index: number) => boolean][] = [
    ['white-space-removed', (raw, index) => isBlank(raw) && !isLeaf(tokens, index)],
    ['line-breaks-removed', (raw, index) => isBlank(raw) && raw.includes('\n') && !isLeaf(tokens, index)],
    ['white-space-removed', (raw) => isBlank(raw)],
  ];
  let last = -1;
  for (const [how, drop] of tries) {
    const edited = without(tokens, drop);
    if (edited.count > 0 && edited.count !== last) yield { tokens: edited.tokens, how, data: { count: edited.count } };
    last = edited.count;
  }
}

/** Without white space inside each element that holds elements, one at a time. */
function* subtreeRemovals(tokens: CanonicalTokens): Generator<EditedTokens> {
  const spans: [number, number][] = [];
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'open') open.push(index);
    else if (token.type === 'close') {
      const start = open.pop();
      if (start !== undefined && index - start > 3 && open.length > 0) spans.push([start, index]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  // Blank texts before each place, so that an element without any costs nothing.
  const blank = new Uint32Array(tokens.length + 1);
  let before = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'text' && isBlank(token.raw) && !isLeaf(tokens, index)) before++;
    blank[index + 1] = before;
  }
  for (const [start, end] of spans) {
    if (blank[start] === blank[end]) continue;
    const edited = without(
      tokens,
      (raw, index) => index > start && index < end && isBlank(raw) && !isLeaf(tokens, index),
    );
    if (edited.count > 0) {
      yield {
        tokens: edited.tokens,
        how: 'white-space-removed-in',
        data: { count: edited.count, element: nameAt(tokens, start) },
      };
    }
  }
}

function nameAt(tokens: CanonicalTokens, index: number): string {
  const token = tokens[index];
  return token?.type === 'open' || token?.type === 'close' ? token.name : '';
}

function* singleRemovals(tokens: CanonicalTokens): Generator<EditedTokens> {
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'text' && isBlank(token.raw)) {
      yield {
        tokens: tokens.filter((_, at) => at !== index),
        how: 'white-space-removed',
        data: { count: 1, element: nameAt(tokens, index - 1) },
      };
    }
  }
}

/** Whether lines of their own are between elements. */
export function isIndented(tokens: CanonicalTokens): boolean {
  return tokens.some(
    (token, index) => token.type === 'text' && isBlank(token.raw) && token.raw.includes('\n') && !isLeaf(tokens, index),
  );
}

/** White space put between elements: without it, everywhere or inside one element. */
export const PRETTY_PRINTED: EditHypothesis = {
  code: 'ws-pretty-print-after-sign',
  signedInfoCode: 'ws-signedinfo-reformatted',
  party: 'transit',
  *everywhere(tokens, subject) {
    yield* removals(tokens);
    if (isIndented(tokens)) yield* reindented(tokens, subject);
  },
  *somewhere(tokens) {
    yield* singleRemovals(tokens);
    yield* subtreeRemovals(tokens);
  },
};

/** Indentations in use. */
export const UNITS = ['', ' ', '  ', '   ', '    ', '\t', '      ', '        '] as const;

/** Indented again as formatters do: elements on lines of their own, texts left alone. */
export function indented(tokens: CanonicalTokens, unit: string, base: number, end: string): CanonicalTokens {
  const bare = without(tokens, (raw, index) => isBlank(raw) && !isLeaf(tokens, index)).tokens;
  const out: CanonicalToken[] = [];
  let depth = base;
  for (const [index, token] of bare.entries()) {
    const before = bare[index - 1];
    const structural = token.type !== 'text' && before !== undefined && before.type !== 'text';
    if (token.type === 'close') depth -= 1;
    if (structural && !(token.type === 'close' && before.type === 'open')) {
      out.push(textToken(end + unit.repeat(depth)));
    }
    out.push(token);
    if (token.type === 'open') depth += 1;
  }
  return out;
}

function* reindented(tokens: CanonicalTokens, { depth, account }: EditSubject): Generator<EditedTokens> {
  const before = tokensText(tokens);
  for (const end of ['\n', '&#xD;\n']) {
    for (const unit of UNITS) {
      for (const base of unit === '' ? [0] : [...new Set([depth, 0, 1, 2])]) {
        if (!account.spend(tokensWork(tokens.length))) return;
        const edited = indented(tokens, unit, base, end);
        if (tokensText(edited) !== before) {
          yield {
            tokens: edited,
            how: 'indented-again',
            data: { indent: unit === '\t' ? 'tab' : String(unit.length), crlf: end !== '\n' },
          };
        }
      }
    }
  }
  // Joined with one space, as string templates do.
  const spaced = indented(tokens, '', 0, ' ');
  yield { tokens: spaced, how: 'indented-again', data: { indent: 'space', crlf: false } };
}

/** A template is short: longer texts are not searched for one. */
const LONGEST_TEMPLATE = 200;
/** Blanks behind a line end of a template. */
const MOST_COLUMNS = 20;

/** Where a tag follows a tag, by whether each is an end tag. */
const GAPS = ['open-open', 'close-open', 'close-close'] as const;

/** One line end and indentation for all gaps of some kinds, as string templates have it. */
function* templated(tokens: CanonicalTokens, { account }: EditSubject): Generator<EditedTokens> {
  if (tokens.length > LONGEST_TEMPLATE) return;
  const ends = ['\n', '&#xD;\n'];
  for (const kinds of [['open-open'], ['close-open'], ['open-open', 'close-open'], ['close-close'], [...GAPS]]) {
    for (let columns = 0; columns <= MOST_COLUMNS; columns++) {
      for (const end of ends) {
        if (!account.spend(tokensWork(tokens.length))) return;
        const space = end + ' '.repeat(columns);
        const edited = tokens.flatMap((token, index): CanonicalToken[] => {
          const before = tokens[index - 1];
          return before !== undefined && kinds.includes(`${before.type}-${token.type}`)
            ? [textToken(space), token]
            : [token];
        });
        if (edited.length === tokens.length) continue;
        yield { tokens: edited, how: 'template-again', data: { columns, crlf: end !== '\n' } };
      }
    }
  }
}

/** White space that was taken away between elements: with usual indentations again. */
export const STRIPPED_ON_PARSE: EditHypothesis = {
  code: 'ws-stripped-on-parse',
  signedInfoCode: 'ws-signedinfo-reformatted',
  party: 'transit',
  *everywhere(tokens, subject) {
    // Where the message has line breaks of its own, others in their place are a formatter's work.
    if (isIndented(tokens)) return;
    yield* reindented(tokens, subject);
    yield* templated(tokens, subject);
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      const next = tokens[index + 1];
      if (token.type === 'text' || next === undefined || next.type === 'text' || index === tokens.length - 1) continue;
      for (const raw of ['\n', ' ']) {
        yield {
          tokens: [...tokens.slice(0, index + 1), textToken(raw), ...tokens.slice(index + 1)],
          how: 'white-space-inserted',
          data: { element: nameAt(tokens, index) },
        };
      }
    }
  },
};

function trimmed(raw: string): string {
  return raw.replace(/^(?:[ \n\t]|&#xD;)+/, '').replace(/(?:[ \n\t]|&#xD;)+$/, '');
}

function mapLeaves(
  tokens: CanonicalTokens,
  change: (raw: string) => string,
): { tokens: CanonicalTokens; count: number } {
  let count = 0;
  const edited = tokens.map((token, index): CanonicalToken => {
    if (token.type !== 'text' || (isBlank(token.raw) && !isLeaf(tokens, index))) return token;
    const raw = change(token.raw);
    if (raw === token.raw) return token;
    count++;
    return textToken(raw);
  });
  return { tokens: edited, count };
}

const ADDED: readonly (readonly [string, (raw: string) => string])[] = [
  ['trailing-space-restored', (raw) => `${raw} `],
  ['leading-space-restored', (raw) => ` ${raw}`],
  ['line-break-restored', (raw) => `\n${raw}\n`],
  ['line-break-restored', (raw) => `${raw}\n`],
  ['line-break-restored', (raw) => `\n${raw}`],
  ['spaces-restored', (raw) => ` ${raw} `],
];

/** Blanks at either end of a text that are tried in every combination. */
const MOST_AROUND = 4;

/** White space that hardly shows: no-break, zero-width and other spaces that a trimming step takes or adds. */
const INVISIBLE = /[\u00a0\u00ad\u180e\u2000-\u200f\u202f\u205f-\u2064\u3000\ufeff]/g;

/** Blanks of one text that are made line breaks in every combination. */
const MOST_BLANKS = 7;
/** Places of one text that are tried one at a time. */
const MOST_PLACES = 400;

/** Where a word begins without a blank before it: `77Entrega`, `maosObrigado`. */
const JOINED = /(?<=[\p{Ll}\p{N}.,;:)])(?=\p{Lu})/gu;

/** Line breaks of one text that were made blanks, or dropped: all of them, then one at a time, then some. */
function* breaks(raw: string, element: string, put: (text: string) => CanonicalTokens): Generator<EditedTokens> {
  const made = (text: string, count: number): EditedTokens => ({
    tokens: put(text),
    how: 'line-breaks-in-text-restored',
    data: { count, element },
  });
  const blanks = [...raw.matchAll(/ /g)].map((found) => found.index);
  if (blanks.length > 0) yield made(raw.replaceAll(' ', '\n'), blanks.length);
  const joined = [...raw.matchAll(JOINED)].length;
  if (joined > 0) yield made(raw.replace(JOINED, '\n'), joined);
  for (const place of blanks.slice(0, MOST_PLACES)) yield made(withBreaks(raw, [place]), 1);
  if (blanks.length <= MOST_BLANKS) {
    for (let mask = 1; mask < 2 ** blanks.length - 1; mask++) {
      const some = blanks.filter((_, bit) => (mask >> bit) & 1);
      if (some.length > 1) yield made(withBreaks(raw, some), some.length);
    }
  }
  if (raw.length > MOST_PLACES) return;
  for (let at = 1; at < raw.length; at++) yield made(`${raw.slice(0, at)}\n${raw.slice(at)}`, 1);
}

/** @param places of blanks */
function withBreaks(raw: string, places: readonly number[]): string {
  let text = raw;
  for (const place of places) text = `${text.slice(0, place)}\n${text.slice(place + 1)}`;
  return text;
}

/** Texts trimmed or collapsed: with white space around them again. */
export const TRIMMED: EditHypothesis = {
  code: 'ws-trim-text-values',
  signedInfoCode: 'ws-signedinfo-reformatted',
  party: 'transit',
  *everywhere(tokens) {
    const all = mapLeaves(tokens, trimmed);
    if (all.count > 0) yield { tokens: all.tokens, how: 'texts-trimmed', data: { count: all.count } };
    const bare = mapLeaves(tokens, (raw) => raw.replace(INVISIBLE, ''));
    if (bare.count > 0) yield { tokens: bare.tokens, how: 'invisible-characters-removed', data: { count: bare.count } };
    const collapsed = mapLeaves(tokens, (raw) => trimmed(raw).replace(/[ \n\t]+/g, ' '));
    if (collapsed.count > 0) {
      yield { tokens: collapsed.tokens, how: 'texts-collapsed', data: { count: collapsed.count } };
    }
    for (const [how, change] of ADDED) {
      const edited = mapLeaves(tokens, change);
      if (edited.count > 0) yield { tokens: edited.tokens, how, data: { count: edited.count } };
    }
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      const empty = token.type === 'close' && tokens[index - 1]?.type === 'open';
      const leaf = token.type === 'text' && !(isBlank(token.raw) && !isLeaf(tokens, index));
      if (!leaf && !empty) continue;
      const raw = leaf ? token.raw : '';
      const put = (text: string) =>
        leaf
          ? tokens.map((one, at) => (at === index ? textToken(text) : one))
          : [...tokens.slice(0, index), textToken(text), ...tokens.slice(index)];
      const element = nameAt(tokens, leaf ? index - 1 : index);
      if (trimmed(raw) !== raw) yield { tokens: put(trimmed(raw)), how: 'texts-trimmed', data: { count: 1, element } };
      for (const [how, change] of ADDED.slice(0, 3)) {
        yield { tokens: put(change(raw)), how, data: { count: 1, element } };
      }
      if (!leaf) continue;
      for (let blanks = 2; blanks <= 2 * MOST_AROUND; blanks++) {
        for (let before = Math.max(0, blanks - MOST_AROUND); before <= Math.min(blanks, MOST_AROUND); before++) {
          const text = `${' '.repeat(before)}${raw}${' '.repeat(blanks - before)}`;
          yield { tokens: put(text), how: 'spaces-restored', data: { count: 1, element } };
        }
      }
      yield* breaks(raw, element, put);
    }
  },
};
