/** Undoes changes of attributes: Ids, mustUnderstand and actor, what schemas and data binding add (docs/faults.md). */
import { SOAP11, SOAP12, WSU, XSI } from '../../xml/namespaces.ts';
import {
  localOf,
  openToken,
  prefixOf,
  type CanonicalToken,
  type CanonicalTokens,
  type OpenToken,
  type TokenAttribute,
  type TokenDeclaration,
} from '../canonical-tokens.ts';
import type { EditedTokens, EditHypothesis } from '../hypothesis.ts';

/**
 * The token with other attributes; declarations that nothing in the element's own tag uses any more are left out where
 * `prune` names them.
 */
function rewritten(
  token: OpenToken,
  attributes: readonly TokenAttribute[],
  prune: readonly string[] = [],
  add: readonly TokenDeclaration[] = [],
): OpenToken {
  const used = new Set([
    prefixOf(token.name),
    ...attributes.filter((one) => one.name.includes(':')).map((one) => prefixOf(one.name)),
  ]);
  const declarations = [
    ...token.declarations.filter((one) => !prune.includes(one.prefix) || used.has(one.prefix)),
    ...add.filter((one) => !token.declarations.some((known) => known.prefix === one.prefix)),
  ];
  declarations.sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
  const uri = (name: string) =>
    name.includes(':') ? (declarations.find((one) => one.prefix === prefixOf(name))?.value ?? '') : '';
  const sorted = [...attributes].sort((a, b) => {
    const [left, right] = [`${uri(a.name)}\0${localOf(a.name)}`, `${uri(b.name)}\0${localOf(b.name)}`];
    return left < right ? -1 : left > right ? 1 : 0;
  });
  return openToken(token.name, declarations, sorted);
}

function apexOf(tokens: CanonicalTokens): { index: number; token: OpenToken } | null {
  const index = tokens.findIndex((token) => token.type === 'open');
  const token = tokens[index];
  return token?.type === 'open' ? { index, token } : null;
}

/**
 * The tokens with another token at `index`; where a declaration left it, elements below that use the prefix declare it.
 */
function put(tokens: CanonicalTokens, index: number, token: OpenToken): CanonicalTokens {
  const before = tokens[index];
  const lost =
    before?.type === 'open'
      ? before.declarations.filter((one) => !token.declarations.some((kept) => kept.prefix === one.prefix))
      : [];
  const out = tokens.map((one, at) => (at === index ? token : one));
  for (const declaration of lost) redeclareBelow(out, index, declaration);
  return out;
}

function redeclareBelow(tokens: CanonicalToken[], apex: number, declaration: TokenDeclaration): void {
  let depth = 0;
  let rendered = -1;
  for (let at = apex + 1; at < tokens.length; at++) {
    const token = tokens[at];
    if (token?.type === 'close') {
      if (depth === rendered) rendered = -1;
      if (--depth < 0) return;
      continue;
    }
    if (token?.type !== 'open') continue;
    depth++;
    const uses =
      prefixOf(token.name) === declaration.prefix ||
      token.attributes.some((one) => one.name.startsWith(`${declaration.prefix}:`));
    if (rendered < 0 && uses && !token.declarations.some((one) => one.prefix === declaration.prefix)) {
      tokens[at] = rewritten(token, token.attributes, [], [declaration]);
      rendered = depth;
    }
  }
}

const ID_NAMES: ReadonlySet<string> = new Set(['Id', 'ID', 'id', 'AssertionID', 'AssertionId']);

/** Without the named attributes; each prefix that was theirs goes where nothing else in the tag uses it. */
function withoutAttributes(
  tokens: CanonicalTokens,
  index: number,
  drop: (attribute: TokenAttribute) => boolean,
): readonly CanonicalTokens[] {
  const token = tokens[index];
  if (token?.type !== 'open') return [];
  const kept = token.attributes.filter((one) => !drop(one));
  if (kept.length === token.attributes.length) return [];
  const prefixes = token.attributes
    .filter(drop)
    .map((one) => prefixOf(one.name))
    .filter((prefix) => prefix !== '');
  const pruned = put(tokens, index, rewritten(token, kept, prefixes));
  if (prefixes.length === 0) return [pruned];
  const ofValues = valuePrefixes(token, drop);
  return [
    ...(ofValues.length === 0 ? [] : [put(tokens, index, rewritten(token, kept, [...prefixes, ...ofValues]))]),
    pruned,
    put(tokens, index, rewritten(token, kept)),
  ];
}

/** Ids below the element that are taken off, one at a time. */
const MOST_INNER_IDS = 32;

/**
 * The Id was set after the digest was made: without it, and without that of an element inside, which was signed later.
 */
export const ID_ADDED: EditHypothesis = {
  code: 'id-added-after-digest',
  signedInfoCode: 'signedinfo-edited',
  party: 'signer',
  *everywhere(tokens) {
    const apex = apexOf(tokens);
    if (apex === null) return;
    for (const edited of withoutAttributes(tokens, apex.index, (one) => ID_NAMES.has(localOf(one.name)))) {
      yield { tokens: edited, how: 'id-removed', data: { element: apex.token.name } };
    }
    let count = 0;
    for (const [index, token] of tokens.entries()) {
      if (index === apex.index || token.type !== 'open') continue;
      for (const edited of withoutAttributes(tokens, index, (one) => ID_NAMES.has(localOf(one.name)))) {
        if (++count > MOST_INNER_IDS) return;
        yield { tokens: edited, how: 'inner-id-removed', data: { element: token.name } };
      }
    }
  },
};

/** The Id was renamed or lost: with it as the reference names it. */
export const ID_MANGLED: EditHypothesis = {
  code: 'id-value-or-name-mangled',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens, subject) {
    const apex = apexOf(tokens);
    if (apex === null || subject.id === null) return;
    const { token, index } = apex;
    const ids = token.attributes.filter((one) => ID_NAMES.has(localOf(one.name)) || one.value === subject.id);
    const [now] = ids;
    const rest = token.attributes.filter((one) => !ids.includes(one));
    const gone = ids.map((one) => prefixOf(one.name));
    const prefixes = [...new Set([...subject.prefixesOf(WSU), 'wsu', 'u'])].slice(0, 4);
    for (const name of ['Id', 'ID', 'id', 'AssertionID', 'xml:id', ...prefixes.map((prefix) => `${prefix}:Id`)]) {
      const add = name.includes(':') && !name.startsWith('xml:') ? [{ prefix: prefixOf(name), value: WSU }] : [];
      const attributes = [...rest, { name, value: subject.id }];
      const same = ids.length === 1 && now?.name === name && now.value === subject.id;
      if (same) continue;
      yield {
        tokens: put(tokens, index, rewritten(token, attributes, gone, add)),
        how: ids.length === 0 ? 'id-restored' : 'id-renamed',
        data: { name, now: now?.name ?? null },
      };
      if (now !== undefined) {
        yield {
          tokens: put(tokens, index, rewritten(token, attributes, [], add)),
          how: 'id-renamed',
          data: { name, now: now.name },
        };
      }
    }
  },
};

const FLIPPED: ReadonlyMap<string, string> = new Map(
  Object.entries({ '1': 'true', true: '1', '0': 'false', false: '0' }),
);
const SOAP_ATTRIBUTES: ReadonlySet<string> = new Set(['mustUnderstand', 'actor', 'role', 'relay', 'encodingStyle']);

/** mustUnderstand, actor, role and relay, which a SOAP node may not touch (SOAP 1.2 Part 1 §2.7). */
export const MUST_UNDERSTAND: EditHypothesis = {
  code: 'mustunderstand-or-actor-altered',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens, subject) {
    const apex = apexOf(tokens);
    if (apex === null) return;
    yield* soapAttributes(tokens, apex.index, apex.token, subject.prefixesOf);
  },
  *somewhere(tokens, subject) {
    for (const [index, token] of tokens.entries()) {
      if (
        index > 0 &&
        token.type === 'open' &&
        token.attributes.some((one) => SOAP_ATTRIBUTES.has(localOf(one.name)))
      ) {
        yield* soapAttributes(tokens, index, token, subject.prefixesOf);
      }
    }
  },
};

function* soapAttributes(
  tokens: CanonicalTokens,
  index: number,
  token: OpenToken,
  prefixesOf: (namespace: string) => readonly string[],
): Generator<EditedTokens> {
  const present = token.attributes.filter((one) => one.name.includes(':') && SOAP_ATTRIBUTES.has(localOf(one.name)));
  for (const attribute of present) {
    const others = token.attributes.filter((one) => one !== attribute);
    const flipped = FLIPPED.get(attribute.value);
    const values =
      localOf(attribute.name) === 'mustUnderstand'
        ? [flipped, ...['1', '0', 'true', 'false'].filter((one) => one !== attribute.value && one !== flipped)].filter(
            (one) => one !== undefined,
          )
        : [''];
    for (const value of values) {
      yield {
        tokens: put(tokens, index, rewritten(token, [...others, { name: attribute.name, value }])),
        how: 'soap-attribute-changed',
        data: { attribute: attribute.name, now: attribute.value, signed: value },
      };
    }
    for (const edited of withoutAttributes(tokens, index, (one) => one === attribute)) {
      yield { tokens: edited, how: 'soap-attribute-removed', data: { attribute: attribute.name } };
    }
  }
  if (present.some((one) => localOf(one.name) === 'mustUnderstand')) return;
  for (const namespace of [SOAP11, SOAP12]) {
    for (const prefix of prefixesOf(namespace).slice(0, 2)) {
      if (prefix === '') continue;
      for (const value of ['1', '0', 'true', 'false']) {
        const name = `${prefix}:mustUnderstand`;
        yield {
          tokens: put(
            tokens,
            index,
            rewritten(token, [...token.attributes, { name, value }], [], [{ prefix, value: namespace }]),
          ),
          how: 'soap-attribute-restored',
          data: { attribute: name, signed: value },
        };
      }
    }
  }
}

/** Prefixes that name the schema instance namespace anywhere in the text. */
function instancePrefixes(tokens: CanonicalTokens): ReadonlySet<string> {
  const prefixes = new Set<string>();
  for (const token of tokens) {
    if (token.type === 'open') for (const one of token.declarations) if (one.value === XSI) prefixes.add(one.prefix);
  }
  return prefixes;
}

/** Prefixes of an `xsi:type`'s value: declared for it alone where nothing in the tag is named with them. */
function valuePrefixes(token: OpenToken, instance: (one: TokenAttribute) => boolean): readonly string[] {
  return token.attributes.filter(instance).flatMap(({ value }) => (value.includes(':') ? [prefixOf(value)] : []));
}

/** xsi attributes and defaults that a schema or data binding adds. */
export const SCHEMA_ADDED: EditHypothesis = {
  code: 'schema-default-or-xsi-added',
  signedInfoCode: 'signedinfo-edited',
  party: 'transit',
  *everywhere(tokens) {
    const prefixes = instancePrefixes(tokens);
    const instance = (one: TokenAttribute) => one.name.includes(':') && prefixes.has(prefixOf(one.name));
    if (!tokens.some((token) => token.type === 'open' && token.attributes.some(instance))) return;
    for (const prune of ['names-and-values', 'names', 'nothing'] as const) {
      let count = 0;
      const edited = tokens.map((token) => {
        if (token.type !== 'open') return token;
        const kept = token.attributes.filter((one) => !instance(one));
        count += token.attributes.length - kept.length;
        if (kept.length === token.attributes.length) return token;
        const gone = prune === 'nothing' ? [] : [...prefixes];
        return rewritten(
          token,
          kept,
          prune === 'names-and-values' ? [...gone, ...valuePrefixes(token, instance)] : gone,
        );
      });
      yield { tokens: edited, how: 'schema-attributes-removed', data: { count } };
    }
  },
  *somewhere(tokens) {
    const prefixes = instancePrefixes(tokens);
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'open') continue;
      for (const attribute of token.attributes) {
        if (index === 0 && ID_NAMES.has(localOf(attribute.name))) continue;
        const schema = prefixes.has(prefixOf(attribute.name));
        for (const edited of withoutAttributes(tokens, index, (one) => one === attribute)) {
          yield {
            tokens: edited,
            how: schema ? 'schema-attributes-removed' : 'attribute-removed',
            data: { count: 1, attribute: attribute.name, element: token.name },
          };
        }
      }
    }
  },
};
