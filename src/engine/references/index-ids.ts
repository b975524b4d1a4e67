/** Builds the one table over every attribute that can be an Id (XML Signature §4.4.3.1; SMS §4; xml:id 1.0; SAML 1.1). */
import { NodeKind } from '../xml/document.ts';
import type { AttributeIndex, NodeIndex, XmlDocument } from '../xml/document.ts';
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

/** What stands near an id that was not found: the candidates a reader should see, best first. */
export interface NearMiss {
  /** `case`: same letters in other case; `white-space`; `attribute`: the value stands in an attribute that is no Id; `similar`: an id one or two characters away. */
  readonly kind: 'case' | 'white-space' | 'attribute' | 'similar';
  readonly value: string;
  readonly element: NodeIndex;
  readonly attribute: AttributeIndex;
}

const MOST_NEAR_MISSES = 5;
/** Longer values are no ids; comparing them costs without telling anything. */
const LONGEST_ID = 256;
const ID_LIKE = /(?:^|:)(?:id|\w*id)$/i;

/** Searches the attributes of a document for values close to `id`. Linear in the document; run only after a lookup failed. */
export function nearMisses(document: XmlDocument, ids: IdIndex, id: string): readonly NearMiss[] {
  const found: NearMiss[] = [];
  const wanted = id.trim();
  const folded = wanted.toLowerCase();
  if (wanted === '' || wanted.length > LONGEST_ID) return found;
  const idLike = document.names.qualified.map((qualified) => ID_LIKE.test(qualified));
  for (let attribute = 0; attribute < document.attributeTotal; attribute++) {
    if (document.declaredUri[attribute] !== -1) continue;
    const octets = document.attributeValueEnd[attribute]! - document.attributeValueStart[attribute]!;
    if (octets === 0 || octets > LONGEST_ID * 4) continue;
    const likely = idLike[document.attributeName[attribute]!]!;
    // Outside id-like attributes only an equal value says something, and it has as many octets at least.
    if (!likely && octets < wanted.length) continue;
    const value = attributeText(document, attribute);
    const element = document.attributeOwner[attribute]!;
    const isId = ids.lookup(value).some((entry) => entry.element === element && entry.attribute === attribute);
    const kind = value === wanted ? (isId ? 'white-space' : 'attribute')
      : value.trim() === wanted ? 'white-space'
      : value.toLowerCase() === folded ? 'case'
      : likely && isClose(value, wanted) ? 'similar' : null;
    if (kind !== null && document.kind[element] === NodeKind.element) found.push({ kind, value, element, attribute });
  }
  const order = ['attribute', 'case', 'white-space', 'similar'];
  found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.attribute - b.attribute);
  return found.slice(0, MOST_NEAR_MISSES);
}

/** Generated ids differ in their digits by nature; only a short slip in an otherwise equal value counts. */
function isClose(value: string, wanted: string): boolean {
  if (wanted.length < 6 || Math.abs(value.length - wanted.length) > 1) return false;
  let start = 0;
  const shorter = Math.min(value.length, wanted.length);
  while (start < shorter && value[start] === wanted[start]) start += 1;
  let end = 0;
  while (end < shorter - start && value[value.length - 1 - end] === wanted[wanted.length - 1 - end]) end += 1;
  const left = value.slice(start, value.length - end);
  const right = wanted.slice(start, wanted.length - end);
  if (left.length > 1 || right.length > 1) return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
  return !(/\d/.test(left) && /\d/.test(right));
}
