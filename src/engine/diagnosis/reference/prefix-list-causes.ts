/** Prefixes of a PrefixList whose declaration was moved, or lost (docs/faults.md: prefixlist-prefix-unbound). */
import { XSD, XSI } from '../../xml/namespaces.ts';
import {
  attributes,
  attributeText,
  declaredPrefix,
  inScopeNamespaces,
  isNamespaceDeclaration,
} from '../../xml/navigate.ts';
import {
  openToken,
  prefixOf,
  sortDeclarations,
  type CanonicalToken,
  type CanonicalTokens,
  type OpenToken,
  type TokenDeclaration,
} from '../canonical-tokens.ts';
import type { Candidate } from '../hypothesis.ts';
import { editedCandidate } from '../search.ts';
import { sourceElements } from '../signer/signer-serialisation.ts';
import type { TextSubject } from '../text-subject.ts';

/** What the prefixes are that signers list and extraction loses, by custom. */
const CUSTOMARY: ReadonlyMap<string, string> = new Map(Object.entries({ xs: XSD, xsd: XSD, xsi: XSI }));

/** Namespace names that a lost declaration may have had, at most. */
const MOST_NAMES = 12;
/** Elements that a moved declaration may have stood on, at most. */
const MOST_PLACES = 64;

/** One act undone for each prefix that the method lists. */
export function* listedPrefixes(subject: TextSubject): Generator<Candidate> {
  const { tokens, method } = subject;
  const apex = tokens?.[0];
  if (tokens === null || apex?.type !== 'open' || method?.family !== 'exclusive-1.0') return;
  for (const prefix of method.inclusivePrefixes) {
    const declaration = apex.declarations.find((one) => one.prefix === prefix);
    if (declaration === undefined) yield* lost(subject, tokens, prefix);
    else if (!isUsed(apex, prefix)) yield* moved(subject, tokens, declaration);
  }
}

const isUsed = ({ name, attributes: all }: OpenToken, prefix: string): boolean =>
  prefixOf(name) === prefix || (prefix !== '' && all.some((one) => prefixOf(one.name) === prefix));

const withDeclaration = (token: OpenToken, declaration: TokenDeclaration): OpenToken =>
  openToken(
    token.name,
    sortDeclarations([...token.declarations.filter((one) => one.prefix !== declaration.prefix), declaration]),
    token.attributes,
  );

const withoutPrefix = (token: OpenToken, prefix: string): OpenToken =>
  openToken(
    token.name,
    token.declarations.filter((one) => one.prefix !== prefix),
    token.attributes,
  );

/** The declaration on other elements than the one at the top, where it stands now. */
function* moved(subject: TextSubject, tokens: CanonicalTokens, declaration: TokenDeclaration): Generator<Candidate> {
  const { prefix } = declaration;
  const data = { prefix: prefix === '' ? 'xmlns' : prefix };
  const put = (places: ReadonlySet<number>): CanonicalTokens =>
    tokens.map((token, index): CanonicalToken => {
      if (token.type !== 'open') return token;
      return places.has(index)
        ? withDeclaration(token, declaration)
        : index === 0
          ? withoutPrefix(token, prefix)
          : token;
    });
  const written = writtenAt(subject, tokens, prefix);
  const copied = written.size > 0;
  if (copied) {
    const edited = { tokens: put(written), how: 'declaration-copied-up', data };
    yield { ...editedCandidate('ns-decl-added-in-subtree', 'transit', edited), also: ['ns-decl-moved'] };
  }
  const inContent = mentions(tokens, prefix);
  const places = tokens.flatMap((token, index) => (index > 0 && token.type === 'open' ? [index] : []));
  const tries = [
    ...(inContent.size > 1 ? [inContent] : []),
    ...[...inContent, ...places.slice(0, MOST_PLACES)].map((place) => new Set([place])),
  ];
  for (const one of tries) {
    if (!subject.account.spend(tokens.length)) return;
    yield editedCandidate('ns-decl-moved', 'transit', { tokens: put(one), how: 'declaration-moved-up', data });
  }
}

/** Start tags below the first one that declare the prefix in the message itself. */
function writtenAt(subject: TextSubject, tokens: CanonicalTokens, prefix: string): ReadonlySet<number> {
  const { document } = subject;
  const elements = sourceElements(subject);
  const opens = tokens.flatMap((token, index) => (token.type === 'open' ? [index] : []));
  return new Set(
    opens.filter((_, ordinal) => {
      const node = elements?.[ordinal];
      return (
        ordinal > 0 &&
        node !== undefined &&
        attributes(document, node).some(
          (one) => isNamespaceDeclaration(document, one) && declaredPrefix(document, one) === prefix,
        )
      );
    }),
  );
}

/** Start tags with the prefix in a value or in the text behind them: what a PrefixList is for. */
function mentions(tokens: CanonicalTokens, prefix: string): ReadonlySet<number> {
  if (prefix === '') return new Set();
  const start = `${prefix}:`;
  const places = tokens.flatMap((token, index) => {
    if (token.type !== 'open' || index === 0) return [];
    const text = tokens[index + 1];
    const held = token.attributes.some((one) => one.value.startsWith(start));
    return held || isUsed(token, prefix) || (text?.type === 'text' && text.raw.startsWith(start)) ? [index] : [];
  });
  return new Set(places);
}

/** The declaration at the top, where nothing declares the prefix now, or only elements below. */
function* lost(subject: TextSubject, tokens: CanonicalTokens, prefix: string): Generator<Candidate> {
  const { document } = subject;
  const inner = tokens.flatMap((token) =>
    token.type === 'open' ? token.declarations.filter((one) => one.prefix === prefix) : [],
  );
  const customary = CUSTOMARY.get(prefix);
  const names = [
    ...inner.map((one) => one.value),
    ...(customary === undefined ? [] : [customary]),
    ...subject.names.prefixes.keys(),
  ];
  const below = inner.length > 0 || (sourceElements(subject) ?? []).some((node) => declares(document, node, prefix));
  // Bound to another prefix now: the prefix was rewritten, and the list still has the old one.
  const now = new Map([...inScopeNamespaces(document, subject.apex ?? document.root)].map(([own, uri]) => [uri, own]));
  for (const value of [...new Set(names)].slice(0, MOST_NAMES)) {
    if (value === '' || !subject.account.spend(tokens.length)) continue;
    const data = { prefix: prefix === '' ? 'xmlns' : prefix, uri: value };
    const edited = tokens.map((token, index): CanonicalToken => {
      if (token.type !== 'open') return token;
      return index === 0
        ? withDeclaration(token, { prefix, value })
        : withoutPrefix(
            token,
            token.declarations.some((one) => one.prefix === prefix && one.value === value) ? prefix : '\0',
          );
    });
    if (now.has(value)) {
      const signed = data.prefix;
      yield editedCandidate('ns-prefix-rewritten', 'transit', {
        tokens: edited,
        how: 'listed-declaration-restored',
        data: { ...data, now: now.get(value) ?? '', signed },
      });
      continue;
    }
    yield below
      ? editedCandidate('ns-decl-moved', 'transit', { tokens: edited, how: 'declaration-moved-down', data })
      : {
          ...editedCandidate('prefixlist-prefix-unbound', 'transit', {
            tokens: edited,
            how: 'listed-declaration-restored',
            data,
          }),
          also: ['ns-decl-lost-on-extraction'],
        };
  }
}

const declares = (document: TextSubject['document'], node: number, prefix: string): boolean =>
  attributes(document, node).some(
    (one) =>
      isNamespaceDeclaration(document, one) &&
      declaredPrefix(document, one) === prefix &&
      attributeText(document, one) !== '',
  );
