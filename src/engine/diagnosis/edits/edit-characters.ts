/**
 * Undoes changes of characters: line ends, escapes, normalisation, replacement, comments and processing instructions
 * (docs/faults.md).
 */
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import {
  isBlank,
  isLeaf,
  openToken,
  textToken,
  type CanonicalToken,
  type CanonicalTokens,
} from '../canonical-tokens.ts';
import type { EditedTokens, EditHypothesis } from '../hypothesis.ts';

function mapTexts(
  tokens: CanonicalTokens,
  change: (raw: string, index: number) => string,
): { tokens: CanonicalTokens; count: number } {
  let count = 0;
  const edited = tokens.map((token, index): CanonicalToken => {
    if (token.type !== 'text') return token;
    const raw = change(token.raw, index);
    if (raw === token.raw) return token;
    count++;
    return textToken(raw);
  });
  return { tokens: edited, count };
}

/** A change of values: of the texts, of the attributes, of both, each where it changes something. */
function* values(
  tokens: CanonicalTokens,
  how: string,
  change: (raw: string, inAttribute: boolean) => string,
  data: Deed = {},
): Generator<EditedTokens> {
  const texts = mapTexts(tokens, (raw) => change(raw, false));
  if (texts.count > 0) yield { tokens: texts.tokens, how, data: { ...data, count: texts.count } };
  const attributes = mapAttributes(tokens, (value) => change(value, true));
  if (attributes.count === 0) return;
  yield { tokens: attributes.tokens, how, data: { ...data, count: attributes.count } };
  if (texts.count === 0) return;
  const both = mapTexts(attributes.tokens, (raw) => change(raw, false));
  yield { tokens: both.tokens, how, data: { ...data, count: attributes.count + both.count } };
}

function* once(how: string, edited: { tokens: CanonicalTokens; count: number }): Generator<EditedTokens> {
  if (edited.count > 0) yield { tokens: edited.tokens, how, data: { count: edited.count } };
}

/** Carriage returns that the message got as `&#xD;`: without them, or as line feeds. */
export const CR_INSERTED: EditHypothesis = {
  code: 'crlf-inserted-charref',
  signedInfoCode: 'ws-signedinfo-reformatted',
  party: 'transit',
  *everywhere(tokens) {
    yield* once(
      'carriage-returns-removed',
      mapTexts(tokens, (raw) => raw.replaceAll('&#xD;', '')),
    );
    // Those that do not stand before a line feed were there before.
    yield* once(
      'carriage-returns-removed',
      mapTexts(tokens, (raw) => raw.replaceAll('&#xD;\n', '\n')),
    );
    yield* once(
      'carriage-returns-to-line-feeds',
      mapTexts(tokens, (raw) => raw.replaceAll('&#xD;\n', '\n').replaceAll('&#xD;', '\n')),
    );
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'text' || !token.raw.includes('&#xD;')) continue;
      const put = (raw: string) => ({
        tokens: tokens.map((one, at) => (at === index ? textToken(raw) : one)),
        how: 'carriage-returns-removed',
        data: { count: 1 },
      });
      yield put(token.raw.replaceAll('&#xD;', ''));
      yield put(token.raw.replaceAll('&#xD;\n', '\n'));
      if (token.raw.length > LONGEST_TEXT) continue;
      for (const { 0: found, index: at } of token.raw.matchAll(/&#xD;/g)) {
        yield put(token.raw.slice(0, at) + token.raw.slice(at + found.length));
      }
    }
  },
};

const withReturns = (raw: string): string => raw.replace(/(?:&#xD;)?\n/g, '&#xD;\n');

/** A text longer than this is not searched place by place. */
const LONGEST_TEXT = 400;

/** Carriage returns that a second parse took for line ends (XML 1.0 §2.11): with them. */
export const CR_LOST: EditHypothesis = {
  code: 'cr-charref-lost',
  signedInfoCode: 'ws-signedinfo-reformatted',
  party: 'transit',
  *everywhere(tokens) {
    yield* once(
      'carriage-returns-restored',
      mapTexts(tokens, (raw, index) => (isBlank(raw) && !isLeaf(tokens, index) ? raw : withReturns(raw))),
    );
    yield* once('carriage-returns-restored', mapTexts(tokens, withReturns));
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'text' || !token.raw.includes('\n')) continue;
      yield {
        tokens: tokens.map((one, at) => (at === index ? textToken(withReturns(token.raw)) : one)),
        how: 'carriage-returns-restored',
        data: { count: 1 },
      };
    }
    // The reference left without a trace: it may have stood anywhere in a text.
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'text' || token.raw.length > LONGEST_TEXT || (isBlank(token.raw) && !isLeaf(tokens, index))) {
        continue;
      }
      for (let at = 0; at <= token.raw.length; at++) {
        if (insideReference(token.raw, at)) continue;
        yield {
          tokens: tokens.map((one, place) =>
            place === index ? textToken(`${token.raw.slice(0, at)}&#xD;${token.raw.slice(at)}`) : one,
          ),
          how: 'carriage-return-restored',
          data: { count: 1 },
        };
      }
    }
  },
};

function insideReference(raw: string, at: number): boolean {
  const ampersand = raw.lastIndexOf('&', at - 1);
  return ampersand >= 0 && raw.indexOf(';', ampersand) >= at;
}

/** Text brought to another normalization form (UAX #15): in each of the four. */
export const UNICODE_NORMALISED: EditHypothesis = {
  code: 'unicode-normalised',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const) {
      yield* values(tokens, 'normalised', (raw) => raw.normalize(form), { form });
    }
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'text') continue;
      for (const form of ['NFC', 'NFD'] as const) {
        const raw = token.raw.normalize(form);
        if (raw !== token.raw) {
          yield {
            tokens: tokens.map((one, at) => (at === index ? textToken(raw) : one)),
            how: 'normalised',
            data: { form, count: 1 },
          };
        }
      }
    }
  },
};

function removal(type: 'comment' | 'pi', code: CauseCode, how: string): EditHypothesis {
  return {
    code,
    signedInfoCode: 'signedinfo-edited',
    party: 'transit',
    *everywhere(tokens) {
      const kept = tokens.filter((token) => token.type !== type);
      if (kept.length < tokens.length) yield { tokens: kept, how, data: { count: tokens.length - kept.length } };
    },
    *somewhere(tokens) {
      if (tokens.filter((token) => token.type === type).length < 2) return;
      for (const [index, token] of tokens.entries()) {
        if (token.type === type) yield { tokens: tokens.filter((_, at) => at !== index), how, data: { count: 1 } };
      }
    },
  };
}

/** Comments added where the method keeps them: without them. */
export const COMMENT_ADDED = removal('comment', 'comment-stripped-or-added', 'comments-removed');
/** Processing instructions inserted: without them. */
export const PROCESSING_INSTRUCTION_INSERTED = removal(
  'pi',
  'processing-instruction-inserted',
  'processing-instructions-removed',
);

/** Text escaped twice, or not enough: with one escape more or less. */
export const AMPERSAND: EditHypothesis = {
  code: 'entity-double-or-lost-amp',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    for (const [how, change] of ESCAPES) yield* values(tokens, how, change);
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'text') continue;
      for (const found of token.raw.matchAll(NAME_LEFT)) {
        const name = found[1] ?? '';
        const raw = token.raw.slice(0, found.index) + plain(name, false) + token.raw.slice(found.index + name.length);
        yield {
          tokens: tokens.map((one, at) => (at === index ? textToken(raw) : one)),
          how: 'reference-marks-restored',
          data: { count: 1 },
        };
      }
    }
  },
};

/** What undoes one escape more or less. */
const ESCAPES: readonly (readonly [string, (raw: string, inAttribute: boolean) => string])[] = [
  [
    'escaped-once',
    (raw, inAttribute) =>
      raw.replace(/&amp;(amp|lt|gt|quot|apos|#[0-9]+|#x[0-9a-fA-F]+);/g, (_, name: string) => plain(name, inAttribute)),
  ],
  ['escaped-twice', (raw) => raw.replaceAll('&', '&amp;')],
  ['ampersand-escaped-twice', (raw) => raw.replaceAll('&amp;', '&amp;amp;')],
  ['ampersand-dropped', (raw) => raw.replaceAll('&amp;', '')],
  ['escapes-dropped', (raw) => raw.replace(/&[a-zA-Z]+;/g, '')],
  ['ampersand-name-dropped', (raw) => raw.replaceAll('&amp;', '&')],
  [
    'reference-marks-restored',
    (raw, inAttribute) => raw.replace(NAME_LEFT, (_, name: string) => plain(name, inAttribute)),
  ],
  ['reference-marks-dropped', (raw) => raw.replace(/&(amp|lt|gt|quot|apos);/g, '$1')],
  ['references-dropped', (raw) => raw.replace(/ ?&(?:amp|lt|gt|quot);/g, '')],
];

/** What is left of a reference whose `&` and `;` were lost. */
const NAME_LEFT = /(?<![\p{L}\p{N}&;])(amp|lt|gt|quot|apos)(?![\p{L}\p{N};])/gu;

/** Characters that canonical text writes as references, and those that an attribute's value does (C14N 1.0 §2.3). */
const IN_TEXT: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['\r', '&#xD;'],
]);
const IN_ATTRIBUTE: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
]);
const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/**
 * The character of a reference as the canonical form has it; empty where there is none.
 *
 * @param name `amp`, `#10`, `#xA`
 */
function plain(name: string, inAttribute: boolean): string {
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  const character = PREDEFINED.get(name) ?? (code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '');
  return (inAttribute ? IN_ATTRIBUTE : IN_TEXT).get(character) ?? character;
}

/** Letters that are lost where a charset lacks them, the common ones first. */
const LETTERS =
  'éèêëàâäáãåæçíìîïñóòôöõøœúùûüýÿßÉÈÊËÀÂÄÁÃÅÆÇÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰğışİŞĞ€–—‘’“”…°§£¥©®ºªαβγδεζηθικλμνξοπρστυφχψω';

/** A letter that a charset lacks: each likely letter in the place of up to two question marks. */
export const REPLACED_BY_QUESTION_MARK: EditHypothesis = {
  code: 'char-replaced-by-question-mark',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    // The other way round: the signer hashed the question marks and the message has the letters.
    yield* values(tokens, 'letters-to-question-marks', (raw) => raw.replace(/[^\0-\x7f]/gu, '?'));
    yield* values(tokens, 'letters-to-question-marks', (raw) => raw.replace(/[^\0-\xff]/gu, '?'));
    yield* values(tokens, 'letters-to-replacement-characters', (raw) => raw.replace(/[^\0-\x7f]/gu, '\ufffd'));
  },
  *somewhere(tokens) {
    const places: [number, number][] = [];
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'text') continue;
      for (let at = token.raw.search(/[?\ufffd]/); at >= 0 && places.length < 3; at = next(token.raw, at + 1)) {
        places.push([index, at]);
      }
    }
    if (places.length === 0 || places.length > 2) return;
    const put = (from: CanonicalTokens, [index, at]: [number, number], letter: string): CanonicalTokens =>
      from.map((one, place) =>
        place === index ? textToken(`${one.raw.slice(0, at)}${letter}${one.raw.slice(at + 1)}`) : one,
      );
    for (const letter of LETTERS) {
      for (const place of places) {
        yield { tokens: put(tokens, place, letter), how: 'letter-restored', data: { letter } };
      }
    }
    const [first, second] = places;
    if (first !== undefined && second !== undefined) {
      for (const letter of LETTERS) {
        yield {
          tokens: put(put(tokens, first, letter), second, letter),
          how: 'letter-restored',
          data: { letter },
        };
      }
    }
  },
};

function next(raw: string, from: number): number {
  const at = raw.slice(from).search(/[?\ufffd]/);
  return at < 0 ? -1 : from + at;
}

/** Tabs and line ends in attributes that a parser made spaces (XML 1.0 §3.3.3): as references again. */
export const ATTRIBUTE_WHITE_SPACE: EditHypothesis = {
  code: 'attr-ws-normalisation',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    const changes: readonly [string, (value: string) => string][] = [
      ['attribute-line-feeds-restored', (value) => value.replaceAll(' ', '&#xA;')],
      ['attribute-tabs-restored', (value) => value.replaceAll(' ', '&#x9;')],
      ['attribute-returns-restored', (value) => value.replaceAll(' ', '&#xD;&#xA;')],
      ['attribute-references-to-spaces', (value) => value.replace(/&#x[9AD];/g, ' ')],
      ['attribute-references-dropped', (value) => value.replace(/&#x[9AD];/g, '')],
      ['attribute-spaces-collapsed', (value) => value.trim().replace(/(?: |&#x[9AD];)+/g, ' ')],
      [
        'attribute-references-raw',
        (value) => value.replaceAll('&#xA;', '\n').replaceAll('&#x9;', '\t').replaceAll('&#xD;', '\r'),
      ],
    ];
    for (const [how, change] of changes) {
      const edited = mapAttributes(tokens, change);
      if (edited.count > 0) yield { tokens: edited.tokens, how, data: { count: edited.count } };
    }
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'open') continue;
      for (const { name, value } of token.attributes) {
        for (let at = value.indexOf(' '); at >= 0; at = value.indexOf(' ', at + 1)) {
          for (const reference of ['&#xA;', '&#x9;', '&#xD;']) {
            const raw = token.raw.replace(
              ` ${name}="${value}"`,
              () => ` ${name}="${value.slice(0, at)}${reference}${value.slice(at + 1)}"`,
            );
            yield {
              tokens: tokens.map((one, place): CanonicalToken => (place === index ? { ...token, raw } : one)),
              how: 'attribute-line-feeds-restored',
              data: { count: 1, attribute: name },
            };
          }
        }
      }
    }
  },
};

/** Changes the values of attributes, not of declarations. */
export function mapAttributes(
  tokens: CanonicalTokens,
  change: (value: string, name: string) => string,
): { tokens: CanonicalTokens; count: number } {
  let count = 0;
  const edited = tokens.map((token): CanonicalToken => {
    if (token.type !== 'open' || token.attributes.length === 0) return token;
    let changes = 0;
    const attributes = token.attributes.map((one) => {
      const value = change(one.value, one.name);
      if (value === one.value) return one;
      changes++;
      return { name: one.name, value };
    });
    count += changes;
    return changes === 0 ? token : openToken(token.name, token.declarations, attributes);
  });
  return { tokens: edited, count };
}
