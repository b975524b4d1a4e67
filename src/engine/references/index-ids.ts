/**
 * Builds the one table over every attribute that can be an Id (XML Signature §4.4.3.1; SMS §4; xml:id 1.0; SAML 1.1).
 */
import type { AttributeIndex, XmlDocument } from '../xml/document.ts';
import {
  attributeNameOf,
  attributeNamespaceUri,
  attributes,
  attributeText,
  namespaceUri,
  ownerOf,
} from '../xml/navigate.ts';
import { SAML1P, WSU, XML } from '../xml/namespaces.ts';
import type { IdEntry, IdIndex } from './id-index.ts';

/** Id attributes in the order in which an element's own id is chosen. `owner`: only on elements of that namespace. */
const ID_ATTRIBUTES: readonly { readonly uri: string; readonly local: string; readonly owner?: string }[] = [
  { uri: WSU, local: 'Id' },
  { uri: XML, local: 'id' },
  { uri: '', local: 'Id' },
  { uri: '', local: 'ID' },
  { uri: '', local: 'id' },
  { uri: '', local: 'AssertionID' },
  { uri: '', local: 'ResponseID', owner: SAML1P },
  { uri: '', local: 'RequestID', owner: SAML1P },
];
const NOT_AN_ID = 255;
const ID_LOCALS: ReadonlySet<string> = new Set(ID_ATTRIBUTES.map(({ local }) => local));
/**
 * What nearly all names of a message share: a list of its own for each of thousands would be the larger part of this
 * index.
 */
const NO_RANKS: readonly number[] = [];

/**
 * Indexes the ids of a document in one pass.
 * @param extraAttributeNames further attributes that are Ids: a qualified name as written (`x:Ref`), a local name
 *   for an attribute without namespace, or `{uri}local`
 */
export function indexIds(document: XmlDocument, extraAttributeNames: readonly string[]): IdIndex {
  const { names } = document;
  // Whether a name can be an Id is decided once a name, not once an attribute.
  const candidates = names.qualified.map((qualified, name) =>
    ranksOf(qualified, names.local[name] ?? '', names.prefix[name] === '', extraAttributeNames),
  );
  /** The place of the attribute's name among Id attributes, or {@link NOT_AN_ID}. */
  const rank = (attribute: AttributeIndex): number => {
    const ranks = candidates[attributeNameOf(document, attribute)] ?? NO_RANKS;
    if (ranks.length === 0 || document.declaredUri[attribute] !== -1) return NOT_AN_ID;
    return rankOf(
      ranks,
      attributeNamespaceUri(document, attribute),
      namespaceUri(document, ownerOf(document, attribute)),
      extraAttributeNames,
    );
  };
  const first = new Map<string, AttributeIndex>();
  /** All attributes of an id that stands more than once. */
  const repeated = new Map<string, AttributeIndex[]>();
  for (let attribute = 0; attribute < document.attributeTotal; attribute++) {
    if (rank(attribute) === NOT_AN_ID) continue;
    const id = idText(document, attribute);
    if (id === '') continue;
    const known = first.get(id);
    if (known === undefined) {
      first.set(id, attribute);
      continue;
    }
    const list = repeated.get(id) ?? [known];
    // One element may carry its id in two attributes (wsu:Id and Id): that is no duplicate.
    if (document.attributeOwner[list.at(-1) ?? known] === document.attributeOwner[attribute]) continue;
    list.push(attribute);
    repeated.set(id, list);
  }
  const entry = (attribute: AttributeIndex): IdEntry => ({ element: ownerOf(document, attribute), attribute });
  return {
    lookup: (id) => {
      const one = first.get(id);
      return one === undefined ? [] : (repeated.get(id) ?? [one]).map(entry);
    },
    duplicates: [...repeated.keys()],
    idOf: (element) => {
      const own = attributes(document, element)
        .filter((attribute) => rank(attribute) !== NOT_AN_ID && idText(document, attribute) !== '')
        .sort((a, b) => rank(a) - rank(b))[0];
      return own === undefined ? null : idText(document, own);
    },
  };
}

/** An xml:id is normalized as an ID is (xml:id 1.0 §4); the others are, where no schema says so, what is written. */
function idText(document: XmlDocument, attribute: AttributeIndex): string {
  const text = attributeText(document, attribute);
  if (document.uris[document.attributeUri[attribute] ?? 0] !== XML) return text;
  return text.replaceAll(/[ \t\r\n]+/g, ' ').trim();
}

/** Indexes into {@link ID_ATTRIBUTES}, then into the extra names, that this written name may answer to. */
function ranksOf(qualified: string, local: string, unprefixed: boolean, extra: readonly string[]): readonly number[] {
  return ID_LOCALS.has(local) || extra.length > 0 ? ranksFound(qualified, local, unprefixed, extra) : NO_RANKS;
}

/** Apart from {@link ranksOf}, which so needs nothing of the heap for a name that is no Id's. */
function ranksFound(
  qualified: string,
  local: string,
  unprefixed: boolean,
  extra: readonly string[],
): readonly number[] {
  const ranks: number[] = [];
  ID_ATTRIBUTES.forEach((attribute, rank) => {
    if (attribute.local === local && (attribute.uri === '') === unprefixed) ranks.push(rank);
  });
  extra.forEach((name, index) => {
    if (name === qualified || name.endsWith(`}${local}`)) ranks.push(ID_ATTRIBUTES.length + index);
  });
  return ranks;
}

function rankOf(ranks: readonly number[], uri: string, ownerUri: string, extra: readonly string[]): number {
  for (const rank of ranks) {
    const attribute = ID_ATTRIBUTES[rank];
    if (attribute === undefined) {
      const name = extra[rank - ID_ATTRIBUTES.length] ?? '';
      if (!name.startsWith('{') || name.slice(1, name.indexOf('}')) === uri) return rank;
    } else if (attribute.uri === uri && (attribute.owner === undefined || attribute.owner === ownerUri)) return rank;
  }
  return NOT_AN_ID;
}
