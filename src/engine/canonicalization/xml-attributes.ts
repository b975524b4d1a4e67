/**
 * Attributes of the xml namespace that an element takes over from omitted ancestors (Canonical XML 1.0 §2.4, 1.1 §2.4).
 */
import { attributeText } from '../xml/navigate.ts';
import { NodeKind, NO_NODE, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';
import { joinUriReferences } from './join-uri-references.ts';

const XML_URI = 1;

export interface TakenOver {
  /** Attributes of ancestors that the element has not got itself, nearest first. */
  readonly attributes: readonly AttributeIndex[];
  /**
   * Canonical XML 1.1: the joined value; the attribute named here is written with it instead of its own, or left out
   * when null.
   */
  readonly base: { readonly attribute: AttributeIndex; readonly value: string | null } | null;
}

/** For the common case; recognised by identity. */
export const NOTHING_TAKEN_OVER: TakenOver = { attributes: [], base: null };

/**
 * What `element`, whose parent element is not in the node-set, takes over. In 1.0 that is every xml:* attribute in
 * scope; in 1.1 xml:lang and xml:space, and xml:base is joined over the contiguous omitted ancestors. In Exclusive XML
 * Canonicalization it is nothing (§3).
 * @param omitted whether an ancestor is outside the node-set
 */
export function takenOverFromAncestors(
  document: XmlDocument,
  element: NodeIndex,
  family: CanonicalizationMethod['family'],
  omitted: (ancestor: NodeIndex) => boolean,
): TakenOver {
  const { parent, firstAttribute, attributeCount, attributeUri, attributeName, names } = document;
  const nearest = parent[element]!;
  if (family === 'exclusive-1.0' || nearest <= 0 || document.kind[nearest] !== NodeKind.element || !omitted(nearest)) {
    return NOTHING_TAKEN_OVER;
  }
  const seen = new Set<string>();
  const attributes: AttributeIndex[] = [];
  /** Nearest first; the element's own one, if any, in front. */
  const bases: AttributeIndex[] = [];
  let contiguous = true;
  let baseOmitted = false;
  for (let node = element; node > 0 && node !== NO_NODE; node = parent[node]!) {
    if (node !== element && contiguous && !omitted(node)) contiguous = false;
    const first = firstAttribute[node]!;
    for (let a = first; a < first + attributeCount[node]!; a++) {
      if (attributeUri[a] !== XML_URI) continue;
      const local = names.local[attributeName[a]!]!;
      if (family === 'c14n-1.1') {
        if (local === 'base' && contiguous) {
          bases.push(a);
          if (node !== element) baseOmitted = true;
        }
        if (local !== 'lang' && local !== 'space') continue;
      }
      if (seen.has(local)) continue;
      seen.add(local);
      if (node !== element) attributes.push(a);
    }
  }
  if (!baseOmitted) return attributes.length === 0 ? NOTHING_TAKEN_OVER : { attributes, base: null };
  let value = attributeText(document, bases[0]!);
  for (const base of bases.slice(1)) value = joinUriReferences(attributeText(document, base), value);
  return { attributes, base: { attribute: bases[0]!, value: value === '' ? null : value } };
}
