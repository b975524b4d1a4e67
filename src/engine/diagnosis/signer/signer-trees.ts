/**
 * What Java, .NET and libxml2 hash where their tree holds namespaces otherwise than the message that is written from it
 * (Canonical XML 1.0 §2.3, §4.6; Namespaces in XML 1.0 §6).
 */
import { XML } from '../../xml/namespaces.ts';
import type { NodeIndex, XmlDocument } from '../../xml/document.ts';
import {
  ancestors,
  attributeQualifiedName,
  attributes,
  attributeText,
  declaredPrefix,
  inScopeNamespaces,
  isNamespaceDeclaration,
  parentOf,
  resolvePrefix,
} from '../../xml/navigate.ts';
import {
  localOf,
  openToken,
  prefixOf,
  sortDeclarations,
  tokensOctets,
  type CanonicalToken,
  type CanonicalTokens,
  type OpenToken,
  type TokenAttribute,
  type TokenDeclaration,
} from '../canonical-tokens.ts';
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import { withoutInherited } from '../edits/edit-namespaces.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';
import { tokensWork } from '../trial-account.ts';
import { declaredAbove } from './declared-before.ts';
import { sourceElements } from './signer-serialisation.ts';

function signed(code: CauseCode, how: string, tokens: CanonicalTokens, data: Deed = {}): Candidate {
  return {
    code,
    party: 'signer',
    how,
    data,
    work: tokensWork(tokens.length),
    octets: () => tokensOctets(tokens),
  };
}

/** Start tags mapped one by one; `count` is how many became others. */
function mapTags(
  tokens: CanonicalTokens,
  change: (token: OpenToken, ordinal: number, depth: number) => OpenToken,
): { readonly tokens: CanonicalTokens; readonly count: number } {
  let ordinal = 0;
  let depth = -1;
  let count = 0;
  const edited = tokens.map((token): CanonicalToken => {
    if (token.type === 'close') depth--;
    if (token.type !== 'open') return token;
    depth++;
    const other = change(token, ordinal++, depth);
    if (other.raw !== token.raw) count++;
    return other;
  });
  return { tokens: edited, count };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

/** Escaped as in an attribute (Canonical XML 1.0 §2.3). */
const escaped = (value: string): string => value.replace(/[&<"\t\n\r]/g, (letter) => ESCAPES[letter] ?? letter);

/** Whether nothing but declarations of the first tag are gone: so looks a text that was cut out, too. */
const cutOut = (before: CanonicalTokens, after: CanonicalTokens): boolean => {
  const [first] = before;
  const [now] = after;
  if (first?.type !== 'open' || now?.type !== 'open') return false;
  return (
    openToken(now.name, [], now.attributes).raw === openToken(first.name, [], first.attributes).raw &&
    before.every((token, index) => index === 0 || token.raw === after[index]?.raw)
  );
};

/** The trees of this file that no text cut out of its message can be mistaken for. */
export function* otherTrees(subject: TextSubject): Generator<Candidate> {
  yield* unawareTrees(subject, false);
  yield* undeclaredTrees(subject, false);
}

/** The declarations that stand in an element's own start tag, as canonical text has them. */
function writtenDeclarations(document: XmlDocument, node: NodeIndex): readonly TokenDeclaration[] {
  return attributes(document, node)
    .filter((one) => isNamespaceDeclaration(document, one))
    .map((one) => ({ prefix: declaredPrefix(document, one), value: escaped(attributeText(document, one)) }));
}

const declarationName = (prefix: string): string => (prefix === '' ? 'xmlns' : `xmlns:${prefix}`);

/**
 * A parser that is not namespace-aware: each start tag as it stands, `xmlns` sorted among the attributes, nothing
 * inherited and nothing left out.
 *
 * @param cut also where it looks like a text that was cut out
 */
export function* unawareTrees(subject: TextSubject, cut = true): Generator<Candidate> {
  const { document, tokens } = subject;
  const elements = sourceElements(subject);
  if (tokens === null || elements === null) return;
  const edited = mapTags(tokens, (token, ordinal) => {
    const node = elements[ordinal];
    if (node === undefined) return token;
    const declared = writtenDeclarations(document, node).map(({ prefix, value }) => ({
      name: declarationName(prefix),
      value,
    }));
    const all = [...declared, ...token.attributes];
    all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    return openToken(token.name, [], all);
  });
  if (edited.count > 0 && (cut || !cutOut(tokens, edited.tokens))) {
    yield signed('signed-tree-not-namespace-aware', 'tags-as-written', edited.tokens);
  }
}

/**
 * A tree whose elements have namespaces and no `xmlns` attributes, which only its serializer writes.
 *
 * @param cut also where it looks like a text that was cut out
 */
export function* undeclaredTrees(subject: TextSubject, cut = true): Generator<Candidate> {
  const { document, tokens, apex } = subject;
  const elements = sourceElements(subject);
  if (tokens === null || elements === null) return;
  const element = apex ?? document.root;
  const parent = parentOf(document, element);
  const outside = parent > 0 ? inScopeNamespaces(document, parent) : new Map<string, string>();
  const { certain, borne } = declaredAbove(document, element, { there: () => true, covered: () => false });
  const own = elements.map((node) => new Map(writtenDeclarations(document, node).map((one) => [one.prefix, one])));
  type Keep = (prefix: string, ordinal: number, token: OpenToken) => boolean;
  const keeps: readonly (readonly [string, Keep])[] = [
    ['no-declarations', () => false],
    ['inherited-declarations-only', (prefix, ordinal) => outside.has(prefix) && own[ordinal]?.has(prefix) !== true],
    ['declarations-of-ancestors-only', (prefix) => certain.has(prefix) || borne.has(prefix)],
    ['prefixed-declarations-only', (prefix) => prefix !== ''],
    ['default-declarations-only', (prefix) => prefix === ''],
    ['declarations-of-the-element-only', (_prefix, ordinal) => ordinal === 0],
  ];
  for (const [how, keep] of keeps) {
    const edited = mapTags(tokens, (token, ordinal) =>
      openToken(
        token.name,
        token.declarations.filter(({ prefix }) => keep(prefix, ordinal, token)),
        token.attributes,
      ),
    );
    if (edited.count > 0 && (cut || !cutOut(tokens, edited.tokens))) {
      yield signed('ns-decl-not-in-signed-tree', how, edited.tokens, { count: edited.count });
    }
  }
}

/** `xmlns:xml` where the message declares it: Canonical XML 1.0 §2.3 leaves it out, the .NET canonicalizer does not. */
export function* renderedXmlPrefix(subject: TextSubject): Generator<Candidate> {
  const { document, tokens, apex } = subject;
  const elements = sourceElements(subject);
  if (tokens === null || elements === null) return;
  const declares = (node: NodeIndex) => writtenDeclarations(document, node).some(({ prefix }) => prefix === 'xml');
  const above = [...ancestors(document, apex ?? document.root)].some((node) => node > 0 && declares(node));
  for (const inherited of above ? [true, false] : [false]) {
    const edited = mapTags(tokens, (token, ordinal) => {
      const node = elements[ordinal];
      const here = (inherited && ordinal === 0) || (node !== undefined && declares(node));
      return here
        ? openToken(
            token.name,
            sortDeclarations([...token.declarations, { prefix: 'xml', value: XML }]),
            token.attributes,
          )
        : token;
    });
    if (edited.count > 0) yield signed('xmlns-xml-rendered', 'xml-prefix-rendered', edited.tokens);
  }
}

/** The attributes `xml:…` of ancestors, inherited where the method does not inherit, or the other way round. */
export function* xmlAttributes(subject: TextSubject): Generator<Candidate> {
  const { document, tokens, apex, method } = subject;
  const first = tokens?.[0];
  if (tokens === null || first?.type !== 'open' || apex === null || method === null) return;
  const own = new Set(attributes(document, apex).map((one) => attributeQualifiedName(document, one)));
  const inherited =
    method.family === 'exclusive-1.0'
      ? inheritedAttributes(document, apex, own)
      : first.attributes.filter(({ name }) => name.startsWith('xml:') && !own.has(name));
  if (inherited.length === 0) return;
  for (const some of inherited.length > 1 ? [inherited, ...inherited.map((one) => [one])] : [inherited]) {
    const changed =
      method.family === 'exclusive-1.0'
        ? sortAttributes(document, apex, [...first.attributes, ...some])
        : first.attributes.filter((one) => !some.includes(one));
    yield signed(
      'xml-attribute-inheritance',
      method.family === 'exclusive-1.0' ? 'xml-attributes-inherited' : 'xml-attributes-not-inherited',
      [openToken(first.name, first.declarations, changed), ...tokens.slice(1)],
      { attribute: some.map(({ name }) => name).join(', ') },
    );
  }
}

function inheritedAttributes(
  document: XmlDocument,
  apex: NodeIndex,
  own: ReadonlySet<string>,
): readonly TokenAttribute[] {
  const found = new Map<string, TokenAttribute>();
  for (const node of ancestors(document, apex)) {
    if (node <= 0) continue;
    for (const attribute of attributes(document, node)) {
      const name = attributeQualifiedName(document, attribute);
      if (!name.startsWith('xml:') || own.has(name) || found.has(name)) continue;
      found.set(name, { name, value: escaped(attributeText(document, attribute)) });
    }
  }
  return [...found.values()];
}

/** By namespace name and local name (Canonical XML 1.0 §2.2). */
function sortAttributes(
  document: XmlDocument,
  apex: NodeIndex,
  list: readonly TokenAttribute[],
): readonly TokenAttribute[] {
  const key = ({ name }: TokenAttribute) => {
    const prefix = prefixOf(name);
    const uri = prefix === 'xml' ? XML : prefix === '' ? '' : (resolvePrefix(document, apex, prefix) ?? '');
    return `${uri}\0${localOf(name)}`;
  };
  return [...list].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/**
 * `xmlns=""` below an element that has the default namespace: libxml2 writes it where the tree was made detached, and
 * then has no declarations of ancestors either.
 */
export function* emptyDefaultsBelow({ tokens }: TextSubject): Generator<Candidate> {
  if (tokens === null) return;
  yield* emptyDefaults(tokens);
  const [detached] = withoutInherited(tokens, { own: new Set() });
  if (detached !== undefined) yield* emptyDefaults(detached.tokens);
}

function* emptyDefaults(tokens: CanonicalTokens): Generator<Candidate> {
  for (const fits of [
    (depth: number) => depth >= 2,
    (depth: number) => depth === 2,
    (depth: number) => depth >= 1,
    (depth: number) => depth === 1,
  ]) {
    const edited = mapTags(tokens, (token, _ordinal, depth) =>
      fits(depth) && prefixOf(token.name) === '' && !token.declarations.some(({ prefix }) => prefix === '')
        ? openToken(token.name, [{ prefix: '', value: '' }, ...token.declarations], token.attributes)
        : token,
    );
    if (edited.count > 0) {
      yield signed('xmlns-empty-spurious', 'empty-default-below', edited.tokens, { count: edited.count });
    }
  }
}
