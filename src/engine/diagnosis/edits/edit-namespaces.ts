/**
 * Undoes changes of declarations in canonical octets (docs/faults.md: xmlns-empty-spurious,
 * ns-decl-lost-on-extraction, inclusive-ancestor-ns-…).
 */
import { SOAP11, SOAP12 } from '../../xml/namespaces.ts';
import {
  openToken,
  prefixOf,
  sortDeclarations,
  type CanonicalToken,
  type CanonicalTokens,
  type OpenToken,
} from '../canonical-tokens.ts';
import type { EditedTokens, EditHypothesis } from '../hypothesis.ts';

/** A gateway that changed SOAP 1.1 into 1.2 or back: with the other namespace. */
export const SOAP_VERSION: EditHypothesis = {
  code: 'soap-version-or-content-type',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    for (const [from, to] of [
      [SOAP11, SOAP12],
      [SOAP12, SOAP11],
    ] as const) {
      let count = 0;
      const edited = tokens.map((token): CanonicalToken => {
        if (token.type !== 'open' || !token.declarations.some((one) => one.value === from)) return token;
        count++;
        return openToken(
          token.name,
          token.declarations.map((one) => (one.value === from ? { ...one, value: to } : one)),
          token.attributes,
        );
      });
      if (count > 0) yield { tokens: edited, how: 'soap-namespace-swapped', data: { now: from, signed: to } };
    }
  },
};

function withDeclarations(token: OpenToken, keep: (prefix: string, value: string) => boolean): OpenToken {
  const declarations = token.declarations.filter((one) => keep(one.prefix, one.value));
  return declarations.length === token.declarations.length
    ? token
    : openToken(token.name, declarations, token.attributes);
}

/** `xmlns=""` written or left out where a default namespace ends (Canonical XML 1.0 §4.6). */
export const EMPTY_DEFAULT: EditHypothesis = {
  code: 'xmlns-empty-spurious',
  signedInfoCode: 'signedinfo-missing-xmlns',
  party: 'transit',
  *everywhere(tokens) {
    const without = tokens.map((token): CanonicalToken =>
      token.type === 'open' ? withDeclarations(token, (prefix, value) => prefix !== '' || value !== '') : token,
    );
    const count = without.filter((token, index) => token !== tokens[index]).length;
    if (count > 0) yield { tokens: without, how: 'empty-default-removed', data: { count } };
    const added = withEmptyDefault(tokens);
    if (added !== null) yield { tokens: added, how: 'empty-default-added', data: {} };
  },
  *somewhere(tokens) {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'open' || prefixOf(token.name) !== '') continue;
      const own = token.declarations.some((one) => one.prefix === '');
      const edited = own
        ? withDeclarations(token, (prefix, value) => prefix !== '' || value !== '')
        : openToken(token.name, [{ prefix: '', value: '' }, ...token.declarations], token.attributes);
      if (edited !== token) {
        yield {
          tokens: tokens.map((one, at) => (at === index ? edited : one)),
          how: own ? 'empty-default-removed' : 'empty-default-added',
          data: { count: 1, element: token.name },
        };
      }
    }
  },
};

/** `xmlns=""` on the outermost unprefixed elements that stand below another element. */
function withEmptyDefault(tokens: CanonicalTokens): CanonicalTokens | null {
  let depth = 0;
  let inside = -1;
  let count = 0;
  const edited = tokens.map((token): CanonicalToken => {
    if (token.type === 'close') {
      depth--;
      if (inside === depth) inside = -1;
      return token;
    }
    if (token.type !== 'open') return token;
    const here = depth++;
    if (
      inside >= 0 ||
      here === 0 ||
      prefixOf(token.name) !== '' ||
      token.declarations.some((one) => one.prefix === '')
    ) {
      return token;
    }
    inside = here;
    count++;
    return openToken(token.name, [{ prefix: '', value: '' }, ...token.declarations], token.attributes);
  });
  return count === 0 ? null : edited;
}

/** The prefixes of all names in the text; an attribute without prefix does not use the default one. */
function usedPrefixes(tokens: CanonicalTokens): ReadonlySet<string> {
  const used = new Set<string>();
  for (const token of tokens) {
    if (token.type !== 'open') continue;
    used.add(prefixOf(token.name));
    for (const { name } of token.attributes) if (name.includes(':')) used.add(prefixOf(name));
  }
  return used;
}

/** At most this many declarations are tried in every combination. */
const MOST_SUBSETS = 8;

/** What an element itself declares, which its canonical form does not tell from what it inherits. */
export interface ApexDeclarations {
  /** Prefixes declared in the apex's tag in the message itself, not on an ancestor. */
  readonly own: ReadonlySet<string>;
}

function* withoutSubsets(
  tokens: CanonicalTokens,
  index: number,
  prefixes: readonly string[],
  how: string,
): Generator<EditedTokens> {
  const token = tokens[index];
  if (token?.type !== 'open' || prefixes.length === 0) return;
  const few = prefixes.slice(0, MOST_SUBSETS);
  const subsets = Array.from({ length: 2 ** few.length - 1 }, (_, mask) =>
    few.filter((_one, bit) => ((mask + 1) >> bit) & 1),
  );
  subsets.sort((a, b) => a.length - b.length);
  // All of them first: that is what a detached element looks like.
  for (const dropped of [prefixes, ...subsets.filter((one) => one.length < prefixes.length)]) {
    const edited = withDeclarations(token, (prefix) => !dropped.includes(prefix));
    yield {
      tokens: tokens.map((one, at) => (at === index ? edited : one)),
      how,
      data: {
        prefixes: dropped.map((prefix) => (prefix === '' ? 'xmlns' : prefix)),
        all: dropped.length === prefixes.length,
      },
    };
  }
}

/** Inherited declarations that nothing uses: what Inclusive Canonical XML takes over from ancestors. */
export function* withoutInherited(tokens: CanonicalTokens, apex: ApexDeclarations): Generator<EditedTokens> {
  const index = tokens.findIndex((token) => token.type === 'open');
  const token = tokens[index];
  if (token?.type !== 'open') return;
  const used = usedPrefixes(tokens);
  const unused = token.declarations
    .map((one) => one.prefix)
    .filter((prefix) => !apex.own.has(prefix) && !used.has(prefix));
  yield* withoutSubsets(tokens, index, unused, 'inherited-declarations-removed');
}

/** Inherited declarations that names do use: what an element cut out as a string loses. */
export function* withoutUsed(tokens: CanonicalTokens, apex: ApexDeclarations): Generator<EditedTokens> {
  const index = tokens.findIndex((token) => token.type === 'open');
  const token = tokens[index];
  if (token?.type !== 'open') return;
  const inherited = token.declarations.map((one) => one.prefix).filter((prefix) => !apex.own.has(prefix));
  const used = usedPrefixes(tokens);
  if (inherited.some((prefix) => used.has(prefix))) {
    yield* withoutSubsets(tokens, index, inherited, 'declarations-lost');
  }
}

/** Declarations that were added inside the text: one at a time, visible in inclusive form or as the default. */
export function* withoutInner(tokens: CanonicalTokens): Generator<EditedTokens> {
  const used = usedPrefixes(tokens);
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'open') continue;
    for (const { prefix, value } of token.declarations) {
      if (value === '' || used.has(prefix)) continue;
      yield {
        tokens: tokens.map((one, at) => (at === index ? withDeclarations(token, (other) => other !== prefix) : one)),
        how: 'declaration-removed',
        data: { prefix: prefix === '' ? 'xmlns' : prefix, element: token.name },
      };
    }
  }
}

/** Declarations repeated where a faulty canonicalizer repeats them. */
export function* withRepeated(tokens: CanonicalTokens): Generator<EditedTokens> {
  const index = tokens.findIndex((token) => token.type === 'open');
  const apex = tokens[index];
  if (apex?.type !== 'open' || apex.declarations.length === 0) return;
  const tries: readonly [string, (token: OpenToken, depth: number, prefix: string) => boolean][] = [
    [
      'repeated-where-used',
      (token, _depth, prefix) =>
        prefixOf(token.name) === prefix ||
        (prefix !== '' && token.attributes.some((one) => one.name.startsWith(`${prefix}:`))),
    ],
    ['repeated-on-children', (_token, depth) => depth === 1],
    ['repeated-on-grandchildren', (_token, depth) => depth === 2],
    ['repeated-everywhere', () => true],
  ];
  for (const [how, where] of tries) {
    let depth = -1;
    let count = 0;
    const edited = tokens.map((token, at): CanonicalToken => {
      if (token.type === 'close') depth--;
      if (token.type !== 'open') return token;
      depth++;
      if (at === index) return token;
      const more = apex.declarations.filter(
        (one) => !token.declarations.some((own) => own.prefix === one.prefix) && where(token, depth, one.prefix),
      );
      if (more.length === 0) return token;
      count += more.length;
      return openToken(token.name, sortDeclarations([...token.declarations, ...more]), token.attributes);
    });
    if (count > 0) yield { tokens: edited, how, data: { count } };
  }
}
