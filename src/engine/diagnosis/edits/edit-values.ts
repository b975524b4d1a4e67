/** Undoes rewriting of typed values: times, numbers, booleans, base64 (docs/faults.md: value-lexical-rewrite). */
import { isBlank, isLeaf, textToken, type CanonicalToken, type CanonicalTokens } from '../canonical-tokens.ts';
import type { EditHypothesis } from '../hypothesis.ts';

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Every other way to write a value that data binding takes for the same. */
function lexicalVariants(text: string): readonly string[] {
  const out = new Set([
    ...timeVariants(text),
    ...decimalVariants(text),
    ...wordVariants(text),
    ...base64Variants(text),
  ]);
  out.delete(text);
  return [...out];
}

/** Digits of a second that serializers write. */
const FRACTION_DIGITS = [3, 6, 7, 9] as const;

/** Other fractions and zones of an xs:dateTime (XML Schema 2 §3.2.7). */
function* timeVariants(text: string): Generator<string> {
  const [, seconds, fraction = '', zone] = TIME.exec(text) ?? [];
  if (seconds === undefined) return;
  const bare = fraction.slice(1).replace(/0+$/, '');
  const fractions =
    bare === ''
      ? ['', '.0', '.00', '.000', '.000000', '.0000000', '.000000000']
      : [`.${bare}`, ...FRACTION_DIGITS.map((digits) => `.${bare.padEnd(digits, '0')}`)];
  const utc = zone === undefined || zone === 'Z' || zone === '+00:00' || zone === '-00:00';
  for (const one of fractions) {
    for (const place of utc ? ['Z', '+00:00', '', '-00:00'] : [zone]) yield `${seconds}${one}${place}`;
  }
}

/** Signs, leading and trailing zeros of an xs:decimal (XML Schema 2 §3.2.3). */
function* decimalVariants(text: string): Generator<string> {
  const [, sign, whole, fraction] = DECIMAL.exec(text) ?? [];
  if (whole === undefined) return;
  const bare = (fraction ?? '').replace(/0+$/, '');
  for (const root of [whole.replace(/^0+(?=\d)/, ''), whole]) {
    for (const mark of sign === '-' ? ['-'] : ['', '+']) {
      if (bare === '') yield `${mark}${root}`;
      for (let size = Math.max(1, bare.length); size <= 6; size++) yield `${mark}${root}.${bare.padEnd(size, '0')}`;
    }
  }
  if (sign === '-') return;
  for (let size = whole.length + 1; size <= Math.min(12, whole.length + 4); size++) {
    yield whole.padStart(size, '0') + (fraction === undefined ? '' : `.${fraction}`);
  }
}

const FLIPPED: ReadonlyMap<string, string> = new Map([
  ['1', 'true'],
  ['true', '1'],
  ['0', 'false'],
  ['false', '0'],
  ['True', 'true'],
  ['False', 'false'],
  ['TRUE', 'true'],
  ['FALSE', 'false'],
]);

/** Other spellings of an xs:boolean, those that are none included. */
function* wordVariants(text: string): Generator<string> {
  const flipped = FLIPPED.get(text);
  if (flipped !== undefined) yield flipped;
  if (text === 'true' || text === 'false') {
    yield text.toUpperCase();
    yield text.charAt(0).toUpperCase() + text.slice(1);
  }
}

function base64Variants(text: string): readonly string[] {
  const bare = text.replaceAll('&#xD;', '').replace(/[ \n\t]/g, '');
  if (bare.length < 60 || !/^[A-Za-z0-9+/]+={0,2}$/.test(bare)) return [];
  const wrapped = [64, 76].flatMap((width) => {
    const lines = bare.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
    return ['\n', '&#xD;\n'].flatMap((end) => [lines.join(end), lines.join(end) + end, end + lines.join(end) + end]);
  });
  return [bare, ...wrapped];
}

function leaves(tokens: CanonicalTokens): { index: number; raw: string }[] {
  const found: { index: number; raw: string }[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'text' && isLeaf(tokens, index) && !isBlank(token.raw)) found.push({ index, raw: token.raw });
  }
  return found;
}

/** Other texts in the place of those at some indices. */
function withTexts(tokens: CanonicalTokens, edits: ReadonlyMap<number, string>): CanonicalTokens {
  return tokens.map((one, at) => {
    const raw = edits.get(at);
    return raw === undefined ? one : textToken(raw);
  });
}

/** The text of a value now and as it was signed, unless it is a password: that is not told. */
function shown(element: string, now: string, signed: string): { readonly now?: string; readonly signed?: string } {
  if (/(?:^|:)Password$/.test(element)) return {};
  return { now: now.slice(0, 100), signed: signed.slice(0, 100) };
}

const MILLISECONDS = /(T\d\d:\d\d:\d\d)(\.0+)?(?=Z|[+-]\d\d:\d\d|$)/;

/** Rewritings of every value of a kind at once, as a serializer does. */
const EVERYWHERE: readonly (readonly [string, (raw: string) => string])[] = [
  ['zero-fractions-removed', (raw) => (TIME.test(raw) ? raw.replace(MILLISECONDS, '$1') : raw)],
  ['milliseconds-restored', (raw) => (TIME.test(raw) ? raw.replace(MILLISECONDS, '$1.000') : raw)],
  [
    'fractions-shortened',
    (raw) => (TIME.test(raw) ? raw.replace(/(\.\d*?)0+(?=Z|[+-]|$)/, '$1').replace(/\.(?=Z|[+-]|$)/, '') : raw),
  ],
  [
    'fractions-lengthened',
    (raw) =>
      TIME.test(raw) ? raw.replace(/\.(\d{1,2})(?=Z|[+-]|$)/, (_, digits: string) => `.${digits.padEnd(3, '0')}`) : raw,
  ],
  ['zone-as-offset', (raw) => (TIME.test(raw) ? raw.replace(/Z$/, '+00:00') : raw)],
  ['zone-as-z', (raw) => (TIME.test(raw) ? raw.replace(/[+-]00:00$/, 'Z') : raw)],
  [
    'trailing-zeros-removed',
    (raw) => (DECIMAL.test(raw) && raw.includes('.') ? raw.replace(/0+$/, '').replace(/\.$/, '') : raw),
  ],
  [
    'two-decimals-restored',
    (raw) =>
      DECIMAL.test(raw)
        ? raw.replace(
            /^([^.]*)(?:\.(\d*))?$/,
            (_, whole: string, fraction: string | undefined) => `${whole}.${(fraction ?? '').padEnd(2, '0')}`,
          )
        : raw,
  ],
  ['booleans-as-words', (raw) => (raw === '1' ? 'true' : raw === '0' ? 'false' : raw)],
  ['booleans-as-digits', (raw) => (raw === 'true' ? '1' : raw === 'false' ? '0' : raw)],
];

/** Values written in another form that means the same, as data binding does (XML Schema 2 §2.3). */
export const LEXICAL: EditHypothesis = {
  code: 'value-lexical-rewrite',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    const found = leaves(tokens);
    for (const [how, change] of EVERYWHERE) {
      const edits = new Map(
        found.flatMap(({ index, raw }) => {
          const changed = change(raw);
          return changed === raw ? [] : [[index, changed] as const];
        }),
      );
      if (edits.size > 0) {
        yield {
          tokens: withTexts(tokens, edits),
          how,
          data: { count: edits.size },
        };
      }
    }
    const wrapped = found.filter(({ raw }) => base64Variants(raw).length > 0);
    const most = Math.max(0, ...wrapped.map(({ raw }) => base64Variants(raw).length));
    for (let variant = 0; variant < most; variant++) {
      const edits = new Map(wrapped.map(({ index, raw }) => [index, base64Variants(raw)[variant] ?? raw] as const));
      yield {
        tokens: withTexts(tokens, edits),
        how: 'base64-lines',
        data: { count: edits.size },
      };
    }
  },
  *somewhere(tokens) {
    for (const { index, raw } of leaves(tokens)) {
      const name = tokens[index - 1];
      const element = name?.type === 'open' ? name.name : '';
      for (const variant of lexicalVariants(raw)) {
        yield {
          tokens: tokens.map((one, at): CanonicalToken => (at === index ? textToken(variant) : one)),
          how: 'value-rewritten',
          data: { ...shown(element, raw, variant), element },
        };
      }
    }
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'open') continue;
      for (const { name, value } of token.attributes) {
        for (const variant of lexicalVariants(value)) {
          const raw = token.raw.replace(` ${name}="${value}"`, () => ` ${name}="${variant}"`);
          yield {
            tokens: tokens.map((one, at): CanonicalToken => (at === index ? { ...token, raw } : one)),
            how: 'value-rewritten',
            data: { now: value.slice(0, 100), signed: variant.slice(0, 100), element: `${token.name}/@${name}` },
          };
        }
      }
    }
  },
};
