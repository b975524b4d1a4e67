/** Undoes rewriting of typed values: times, numbers, booleans, base64 (docs/faults.md: value-lexical-rewrite). */
import { isBlank, isLeaf, textToken, type CanonicalToken, type CanonicalTokens } from '../canonical-tokens.ts';
import type { EditHypothesis } from '../hypothesis.ts';

const TIME = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/;
const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Every other way to write a value that data binding takes for the same. */
export function lexicalVariants(text: string): readonly string[] {
  const out = new Set<string>();
  const time = TIME.exec(text);
  if (time !== null) {
    const [, seconds, fraction, zone] = time;
    const digits = (fraction ?? '').slice(1);
    const bare = digits.replace(/0+$/, '');
    const fractions = [
      '',
      '.0',
      '.00',
      '.000',
      '.000000',
      '.0000000',
      '.000000000',
      ...(bare === ''
        ? []
        : [
            `.${bare}`,
            `.${bare.padEnd(3, '0')}`,
            `.${bare.padEnd(6, '0')}`,
            `.${bare.padEnd(7, '0')}`,
            `.${bare.padEnd(9, '0')}`,
          ]),
    ];
    const kept = bare === '' ? fractions : fractions.filter((one) => one.replace(/0+$/, '') === `.${bare}`);
    const utc = zone === 'Z' || zone === '+00:00' || zone === undefined || zone === '-00:00';
    for (const one of kept) {
      for (const place of utc ? ['Z', '+00:00', '', '-00:00'] : [zone]) out.add(`${seconds}${one}${place}`);
    }
  }
  const decimal = DECIMAL.exec(text);
  if (decimal !== null) {
    const [, sign, whole, fraction] = decimal;
    const bare = (fraction ?? '').replace(/0+$/, '');
    const roots = [whole!.replace(/^0+(?=\d)/, ''), whole!];
    for (const root of roots) {
      for (const mark of sign === '-' ? ['-'] : ['', '+']) {
        if (bare === '') out.add(`${mark}${root}`);
        for (let size = Math.max(1, bare.length); size <= 6; size++) {
          out.add(`${mark}${root}.${bare.padEnd(size, '0')}`);
        }
      }
    }
    if (sign !== '-') {
      for (let size = whole!.length + 1; size <= Math.min(12, whole!.length + 4); size++) {
        out.add(whole!.padStart(size, '0') + (fraction === undefined ? '' : `.${fraction}`));
      }
    }
  }
  const flipped: Readonly<Record<string, string>> = {
    '1': 'true',
    true: '1',
    '0': 'false',
    false: '0',
    True: 'true',
    False: 'false',
    TRUE: 'true',
    FALSE: 'false',
  };
  if (Object.hasOwn(flipped, text)) out.add(flipped[text]!);
  if (text === 'true' || text === 'false') {
    for (const one of [text.toUpperCase(), text[0]!.toUpperCase() + text.slice(1)]) out.add(one);
  }
  for (const one of base64Variants(text)) out.add(one);
  out.delete(text);
  return [...out];
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

export const LEXICAL: EditHypothesis = {
  code: 'value-lexical-rewrite',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    const found = leaves(tokens);
    for (const [how, change] of EVERYWHERE) {
      const edits = new Map(
        found
          .map(({ index, raw }) => [index, change(raw)] as const)
          .filter(([index, raw]) => raw !== tokens[index]!.raw),
      );
      if (edits.size > 0) {
        yield {
          tokens: tokens.map((one, at): CanonicalToken => (edits.has(at) ? textToken(edits.get(at)!) : one)),
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
        tokens: tokens.map((one, at): CanonicalToken => (edits.has(at) ? textToken(edits.get(at)!) : one)),
        how: 'base64-lines',
        data: { count: edits.size },
      };
    }
  },
  *somewhere(tokens) {
    for (const { index, raw } of leaves(tokens)) {
      const name = tokens[index - 1];
      for (const variant of lexicalVariants(raw)) {
        yield {
          tokens: tokens.map((one, at): CanonicalToken => (at === index ? textToken(variant) : one)),
          how: 'value-rewritten',
          data: {
            now: raw.slice(0, 100),
            signed: variant.slice(0, 100),
            element: name?.type === 'open' ? name.name : '',
          },
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
