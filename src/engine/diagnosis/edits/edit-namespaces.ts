/**
 * Undoes changes of prefixes and declarations in canonical octets (docs/faults.md: ns-prefix-rewritten,
 * xmlns-empty-spurious, ns-decl-lost-on-extraction, inclusive-ancestor-ns-…).
 */
import { DS, EC, SAML1, SAML2, SAML2P, SOAP11, SOAP12, WSA_2005, WSSE, WSU, XENC } from '../../xml/namespaces.ts';
import {
  closeToken,
  localOf,
  openToken,
  prefixOf,
  sortDeclarations,
  type CanonicalToken,
  type CanonicalTokens,
  type OpenToken,
} from '../canonical-tokens.ts';
import type { EditedTokens, EditHypothesis, EditSubject } from '../hypothesis.ts';
import { WORK, tokensWork } from '../trial-account.ts';

const rename = (name: string, from: string, to: string): string =>
  prefixOf(name) !== from ? name : to === '' ? localOf(name) : `${to}:${localOf(name)}`;

/**
 * Renames a prefix everywhere; null where attributes use it and it would become the default, or where the new one is
 * taken.
 */
function withPrefixRenamed(tokens: CanonicalTokens, from: string, to: string): CanonicalTokens | null {
  for (const token of tokens) {
    if (token.type !== 'open') continue;
    if (
      token.declarations.some((one) => one.prefix === to) ||
      (to === '' && token.attributes.some((one) => one.name.startsWith(`${from}:`)))
    ) {
      return null;
    }
    if (to === '' && from !== '' && prefixOf(token.name) === '') return null;
  }
  return tokens.map((token): CanonicalToken => {
    if (token.type === 'close') return prefixOf(token.name) === from ? closeToken(rename(token.name, from, to)) : token;
    if (token.type !== 'open') return token;
    const declares = token.declarations.some((one) => one.prefix === from);
    const used =
      prefixOf(token.name) === from || (from !== '' && token.attributes.some((one) => one.name.startsWith(`${from}:`)));
    if (!declares && !used) return token;
    return openToken(
      rename(token.name, from, to),
      sortDeclarations(token.declarations.map((one) => (one.prefix === from ? { prefix: to, value: one.value } : one))),
      from === ''
        ? token.attributes
        : token.attributes.map((one) => ({ name: rename(one.name, from, to), value: one.value })),
    );
  });
}

/** What people and libraries call a namespace. */
const CONVENTIONS: Readonly<Record<string, readonly string[]>> = {
  [SOAP11]: ['soap', 'soapenv', 'S', 's', 'SOAP-ENV', 'env', 'soap-env', 'SOAP', 'soap11', 'e', ''],
  [SOAP12]: ['soap', 'soapenv', 'env', 'soap12', 'S', 's', 'SOAP-ENV', 'env12', 'e', ''],
  [WSSE]: ['wsse', 'o', 'wss', ''],
  [WSU]: ['wsu', 'u', 'wsu1', ''],
  [DS]: ['ds', '', 'dsig', 'sig', 'dsign', 'dsx'],
  [WSA_2005]: ['wsa', 'a', 'add', 'wsa5', ''],
  [XENC]: ['xenc', 'e', ''],
  [SAML1]: ['saml', 'saml1', ''],
  [SAML2]: ['saml2', 'saml', 'Assertion', ''],
  [SAML2P]: ['saml2p', 'samlp', ''],
  [EC]: ['ec', 'xc14n', 'c14nEx', 'exc14n', 'InclusiveNamespaces', ''],
};
const GENERIC = [
  '',
  'ns1',
  'ns2',
  'ns0',
  'ns3',
  'ns',
  'q1',
  'tns',
  'm',
  'app',
  'urn',
  'web',
  'n',
  'a',
  'b',
  'n1',
  'p',
  'ord',
  'order',
  'ser',
  'typ',
  'v1',
  'ns4',
  'tem',
  'sch',
];

/** Declared pairs of prefix and namespace, the outermost first. */
function declared(tokens: CanonicalTokens): readonly { prefix: string; value: string }[] {
  const found = new Map<string, { prefix: string; value: string }>();
  for (const token of tokens) {
    if (token.type === 'open') {
      for (const one of token.declarations) if (one.value !== '' && !found.has(one.prefix)) found.set(one.prefix, one);
    }
  }
  return [...found.values()].slice(0, 12);
}

function candidates(namespace: string, prefix: string, subject: EditSubject): readonly string[] {
  const known = CONVENTIONS[namespace];
  return [...new Set([...subject.prefixesOf(namespace), ...(known ?? GENERIC)])].filter((one) => one !== prefix);
}

/** Combinations of prefixes that are tried. */
const MOST_RENAMED = 240;

/** All prefixes of a text at once, as a writer renames them that numbers its own: each combination of the likely names. */
function* renamedTogether(
  tokens: CanonicalTokens,
  all: readonly { prefix: string; value: string }[],
  subject: EditSubject,
): Generator<EditedTokens> {
  const numbered = all.filter(({ prefix }) => /^[a-z]+[0-9]+$/.test(prefix));
  for (const some of numbered.length > 1 && numbered.length < all.length ? [numbered, all] : [all]) {
    if (some.length < 2) continue;
    const names = some.map(({ value, prefix }) => candidates(value, prefix, subject).slice(0, 6));
    const product = names.reduce((before, list) => before * list.length, 1);
    for (let ordinal = 0; ordinal < Math.min(product, MOST_RENAMED); ordinal++) {
      if (!subject.account.spend(tokensWork(tokens.length))) return;
      let rest = ordinal;
      const chosen = names.map((list) => {
        const name = list[rest % list.length] ?? '';
        rest = Math.floor(rest / list.length);
        return name;
      });
      if (new Set(chosen).size < chosen.length) continue;
      const edited = renameAll(tokens, some, chosen);
      if (edited === null) continue;
      yield {
        tokens: edited,
        how: 'prefix-renamed',
        data: { now: some.map(({ prefix }) => prefix).join(', '), signed: chosen.join(', ') },
      };
    }
  }
}

/** By way of names that nothing has, so that two may change places. */
function renameAll(
  tokens: CanonicalTokens,
  from: readonly { prefix: string }[],
  to: readonly string[],
): CanonicalTokens | null {
  let edited: CanonicalTokens | null = tokens;
  for (const [index, { prefix }] of from.entries()) {
    edited = edited === null ? null : withPrefixRenamed(edited, prefix, `\0${String(index)}`);
  }
  for (const [index, name] of to.entries()) {
    edited = edited === null ? null : withPrefixRenamed(edited, `\0${String(index)}`, name);
  }
  return edited;
}

/** A prefix renamed by a serializer: by each name that the message has for the namespace. */
export const PREFIX_REWRITTEN: EditHypothesis = {
  code: 'ns-prefix-rewritten',
  signedInfoCode: 'ds-prefix-changed-after-sign',
  party: 'transit',
  *everywhere(tokens, subject) {
    for (const { prefix, value } of declared(tokens)) {
      for (const to of candidates(value, prefix, subject)) {
        if (!subject.account.spend(tokens.length * WORK.visit)) return;
        const edited = withPrefixRenamed(tokens, prefix, to);
        if (edited !== null) {
          yield {
            tokens: edited,
            how: 'prefix-renamed',
            data: {
              now: prefix === '' ? 'the default namespace' : prefix,
              signed: to === '' ? 'the default namespace' : to,
            },
          };
        }
      }
    }
  },
  *somewhere(tokens, subject) {
    const all = declared(tokens);
    yield* renamedTogether(tokens, all, subject);
    for (const [at, first] of all.entries()) {
      for (const to of candidates(first.value, first.prefix, subject).slice(0, 8)) {
        if (!subject.account.spend(tokensWork(tokens.length))) return;
        const once = withPrefixRenamed(tokens, first.prefix, to);
        if (once === null) continue;
        for (const second of all.slice(at + 1)) {
          for (const other of candidates(second.value, second.prefix, subject).slice(0, 8)) {
            if (!subject.account.spend(tokens.length * WORK.visit)) return;
            const edited = withPrefixRenamed(once, second.prefix, other);
            if (edited !== null) {
              yield {
                tokens: edited,
                how: 'prefix-renamed',
                data: { now: `${first.prefix}, ${second.prefix}`, signed: `${to}, ${other}` },
              };
            }
          }
        }
      }
    }
  },
};

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
