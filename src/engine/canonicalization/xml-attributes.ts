/**
 * Attributes of the xml namespace that an element takes over from omitted ancestors (Canonical XML 1.0 §2.4, 1.1 §2.4).
 */
import { attributeText } from '../xml/navigate.ts';
import { NodeKind, NO_NODE, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';
import { joinUriReferences } from './join-uri-references.ts';

const XML_URI = 1;

/** What an apex takes over from its ancestors. */
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
 * scope; in 1.1 xml:lang and xml:space of the contiguous omitted ancestors, over which xml:base is joined. In Exclusive
 * XML Canonicalization it is nothing (§3).
 * @param omitted whether an ancestor is outside the node-set
 */
export function takenOverFromAncestors(
  document: XmlDocument,
  element: NodeIndex,
  family: CanonicalizationMethod['family'],
  omitted: (ancestor: NodeIndex) => boolean,
): TakenOver {
  const { parent } = document;
  const nearest = parent[element]!;
  if (family === 'exclusive-1.0' || nearest <= 0 || document.kind[nearest] !== NodeKind.element || !omitted(nearest)) {
    return NOTHING_TAKEN_OVER;
  }
  const found = new AncestorAttributes(document, element, family === 'c14n-1.1');
  for (let node = element; node > 0 && node !== NO_NODE; node = parent[node]!) {
    found.look(node, node === element || omitted(node));
  }
  return found.takenOver();
}

/** Whether it is one that Canonical XML 1.1 takes over or joins: xml:lang, xml:space, xml:base (§2.4). */
export function isInheritable({ attributeUri, attributeName, names }: XmlDocument, attribute: AttributeIndex): boolean {
  if (attributeUri[attribute] !== XML_URI) return false;
  const local = names.local[attributeName[attribute]!]!;
  return local === 'lang' || local === 'space' || local === 'base';
}

/** Collects what ancestors bear, the nearest first. */
class AncestorAttributes {
  readonly #document: XmlDocument;
  readonly #element: NodeIndex;
  /** Canonical XML 1.1: xml:id stays where it is, and xml:base is joined. */
  readonly #joins: boolean;
  readonly #seen = new Set<string>();
  readonly #attributes: AttributeIndex[] = [];
  /** Nearest first; the element's own one, if any, in front. */
  readonly #bases: AttributeIndex[] = [];
  #contiguous = true;
  #baseOmitted = false;

  constructor(document: XmlDocument, element: NodeIndex, joins: boolean) {
    this.#document = document;
    this.#element = element;
    this.#joins = joins;
  }

  look(node: NodeIndex, omitted: boolean): void {
    const { firstAttribute, attributeCount, attributeUri, attributeName, names } = this.#document;
    if (!omitted) this.#contiguous = false;
    const first = firstAttribute[node]!;
    for (let a = first; a < first + attributeCount[node]!; a++) {
      if (attributeUri[a] === XML_URI) this.#collect(a, names.local[attributeName[a]!]!, node !== this.#element);
    }
  }

  #collect(attribute: AttributeIndex, local: string, inherited: boolean): void {
    if (this.#joins && local === 'base' && this.#contiguous) {
      this.#bases.push(attribute);
      if (inherited) this.#baseOmitted = true;
    }
    // Beyond the nearest ancestor in the set nothing is looked for: what stands there is written there.
    if (this.#joins && ((local !== 'lang' && local !== 'space') || !this.#contiguous)) return;
    if (this.#seen.has(local)) return;
    this.#seen.add(local);
    if (inherited) this.#attributes.push(attribute);
  }

  takenOver(): TakenOver {
    const attributes = this.#attributes;
    const [nearest, ...further] = this.#bases;
    if (!this.#baseOmitted || nearest === undefined) {
      return attributes.length === 0 ? NOTHING_TAKEN_OVER : { attributes, base: null };
    }
    let value = attributeText(this.#document, nearest);
    for (const base of further) value = joinUriReferences(attributeText(this.#document, base), value);
    return { attributes, base: { attribute: nearest, value: value === '' ? null : value } };
  }
}
