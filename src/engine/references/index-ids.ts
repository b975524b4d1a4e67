/** Builds the one table over every attribute that can be an Id (XML Signature §4.4.3.1; SMS §4; xml:id 1.0; SAML 1.1). */
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { attributeText } from '../xml/navigate.ts';
import { NS } from '../xml/namespaces.ts';
import type { IdEntry, IdIndex } from './id-index.ts';

/** Id attributes in the order in which an element's own id is chosen. `owner`: only on elements of that namespace. */
const ID_ATTRIBUTES: readonly { readonly uri: string; readonly local: string; readonly owner?: string }[] = [
  { uri: NS.wsu, local: 'Id' },
  { uri: NS.xml, local: 'id' },
  { uri: '', local: 'Id' },
  { uri: '', local: 'ID' },
  { uri: '', local: 'id' },
  { uri: '', local: 'AssertionID' },
  { uri: '', local: 'ResponseID', owner: NS.samlp1 },
  { uri: '', local: 'RequestID', owner: NS.samlp1 },
];
const NOT_AN_ID = 255;

/**
 * Indexes the ids of a document in one pass.
 * @param extraAttributeNames further attributes that are Ids: a qualified name as written (`x:Ref`), a local name
 *   for an attribute without namespace, or `{uri}local`
 */
export function indexIds(document: XmlDocument, extraAttributeNames: readonly string[]): IdIndex {
  const { names, uris } = document;
  // Whether a name can be an Id is decided once a name, not once an attribute.
  const candidates = names.qualified.map((qualified, name) => ranksOf(qualified, names.local[name]!, names.prefix[name] === '', extraAttributeNames));
  const entries = new Map<string, IdEntry[]>();
  const own = new Map<NodeIndex, { readonly rank: number; readonly id: string }>();
  const duplicates: string[] = [];

  for (let attribute = 0; attribute < document.attributeTotal; attribute++) {
    const ranks = candidates[document.attributeName[attribute]!]!;
    if (ranks.length === 0 || document.declaredUri[attribute] !== -1) continue;
    const element = document.attributeOwner[attribute]!;
    const rank = rankOf(ranks, uris[document.attributeUri[attribute]!]!, uris[document.uri[element]!]!, extraAttributeNames);
    if (rank === NOT_AN_ID) continue;
    const id = attributeText(document, attribute);
    if (id === '') continue;
    const known = own.get(element);
    if (known === undefined || rank < known.rank) own.set(element, { rank, id });
    const list = entries.get(id);
    if (list === undefined) entries.set(id, [{ element, attribute }]);
    // One element may carry its id in two attributes (wsu:Id and Id): that is no duplicate.
    else if (list.at(-1)!.element !== element) {
      list.push({ element, attribute });
      if (list.length === 2) duplicates.push(id);
    }
  }
  return {
    lookup: (id) => entries.get(id) ?? [],
    duplicates,
    idOf: (element) => own.get(element)?.id ?? null,
  };
}

/** Indexes into {@link ID_ATTRIBUTES}, then into the extra names, that this written name may answer to. */
function ranksOf(qualified: string, local: string, unprefixed: boolean, extra: readonly string[]): readonly number[] {
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
      const name = extra[rank - ID_ATTRIBUTES.length]!;
      if (!name.startsWith('{') || name.slice(1, name.indexOf('}')) === uri) return rank;
    } else if (attribute.uri === uri && (attribute.owner === undefined || attribute.owner === ownerUri)) return rank;
  }
  return NOT_AN_ID;
}
