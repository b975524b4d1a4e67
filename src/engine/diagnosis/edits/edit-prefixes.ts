/** Undoes new prefixes in canonical octets (docs/faults.md: ns-prefix-rewritten). */
import { DS, EC, SAML1, SAML2, SAML2P, SOAP11, SOAP12, WSA_2005, WSSE, WSU, XENC } from '../../xml/namespaces.ts';
import {
  closeToken,
  localOf,
  openToken,
  prefixOf,
  sortDeclarations,
  type CanonicalToken,
  type CanonicalTokens,
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
const CONVENTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
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
  }),
);
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
  const known = CONVENTIONS.get(namespace);
  return [...new Set([...subject.prefixesOf(namespace), ...(known ?? GENERIC)])].filter((one) => one !== prefix);
}

/** Combinations of prefixes that are tried. */
const MOST_RENAMED = 240;

/**
 * All prefixes of a text at once, as a writer renames them that numbers its own: each combination of the likely names.
 */
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
