/** Tells of a signature that was verified over an earlier state of the message in nodes of the final one (SMS §9.4). */
import type { NodeSet, SelectedSet } from '../canonicalization/node-set.ts';
import type { ComposedDocument, OpenedPart } from '../splice/composed-document.ts';
import { nodeAt } from '../xml/node-at.ts';
import type { JudgedReference, JudgedSignature } from '../signature/judged-signature.ts';
import { holds } from '../signature/node-coverage.ts';
import type { ProcessedReference } from '../transforms/transform-types.ts';
import { NO_NODE, NodeKind, type AttributeIndex, type NodeIndex } from '../xml/document.ts';
import { attributes, endOf, isElement, isWithin, nameStartOf, ownerOf, startOf } from '../xml/navigate.ts';
import { XENC } from '../xml/namespaces.ts';

/** Finds nodes of one state in another. */
class NodeMap {
  readonly state: ComposedDocument;
  readonly final: ComposedDocument;
  readonly #parts: readonly OpenedPart[];

  constructor(state: ComposedDocument, final: ComposedDocument, parts: readonly OpenedPart[]) {
    this.state = state;
    this.final = final;
    this.#parts = parts;
  }

  /**
   * The final element of a state's element; where ciphertext stood, the first element of what it held; `NO_NODE` where
   * that is none.
   */
  toFinal(node: NodeIndex): NodeIndex {
    if (node === 0) return 0;
    const { final, state } = this;
    const place = state.placeOf(startOf(state.document, node));
    const offset = final.offsetOf(place);
    if (offset !== null) return final.elementAt(offset);
    const part = this.#parts.find(
      (one) => one.container === place.container && one.start <= place.offset && place.offset < one.end,
    );
    const inside = part === undefined ? null : final.offsetOf({ container: part.index, offset: part.skip });
    return inside === null ? NO_NODE : final.elementAt(inside);
  }

  /**
   * The state's node that stands for a final one: itself, the text that it was part of, or the EncryptedData that held
   * it.
   */
  toState(node: NodeIndex): { readonly node: NodeIndex; readonly hidden: boolean } {
    if (node === 0) return { node: 0, hidden: false };
    const { final, state } = this;
    const place = final.placeOf(startOf(final.document, node));
    const exact = state.offsetOf(place);
    if (exact !== null) return { node: nodeHolding(state, exact), hidden: false };
    const holder = state.offsetOfHolder(place);
    return { node: holder === null ? NO_NODE : nodeHolding(state, holder), hidden: true };
  }

  set(set: NodeSet, signature: NodeIndex): NodeSet | null {
    const { final, state } = this;
    if (set.document !== state.document) return null;
    if (set.type === 'subtree') {
      const apex = this.toFinal(set.apex);
      const excluded = set.excluded.map((node) => this.toFinal(node)).filter((node) => node !== NO_NODE);
      const whole = set.apex === 0 || final.offsetOf(state.placeOf(startOf(state.document, set.apex))) !== null;
      if (whole && apex !== NO_NODE) return { ...set, document: final.document, apex, excluded };
    }
    const selected: SelectedSet = {
      type: 'selected',
      document: final.document,
      hasNode: (node) => {
        const at = this.toState(node);
        if (at.node === NO_NODE) return false;
        return at.hidden ? holds(set, state.document, at.node, signature) === 'full' : has(set, at.node);
      },
      hasAttribute: (attribute) => {
        const owner = this.toState(ownerOf(final.document, attribute));
        if (owner.node === NO_NODE) return false;
        if (owner.hidden) return holds(set, state.document, owner.node, signature) === 'full';
        if (set.type === 'subtree') return has(set, owner.node);
        const same = this.#attribute(attribute, owner.node);
        return same !== -1 && set.hasAttribute(same);
      },
      hasNamespace: (element) => {
        const at = this.toState(element);
        return at.node !== NO_NODE && has(set, at.node);
      },
    };
    return selected;
  }

  #attribute(attribute: AttributeIndex, owner: NodeIndex): AttributeIndex {
    const { document } = this.state;
    const offset = this.state.offsetOf(this.final.placeOf(nameStartOf(this.final.document, attribute)));
    return attributes(document, owner).find((one) => nameStartOf(document, one) === offset) ?? -1;
  }
}

function has(set: NodeSet, node: NodeIndex): boolean {
  if (set.type === 'selected') return set.hasNode(node);
  const within = (root: NodeIndex) => isWithin(set.document, node, root);
  return within(set.apex) && !set.excluded.some(within);
}

/** The node that holds the octet at `offset`; where ciphertext begins there, its EncryptedData. */
function nodeHolding(state: ComposedDocument, offset: number): NodeIndex {
  const { document } = state;
  const node = nodeAt(document, offset);
  return document.kind[node] === NodeKind.element || endOf(document, node) > offset ? node : NO_NODE;
}

/** The same judgement, its nodes those of the final document. */
export function mapSignature(
  signature: JudgedSignature,
  state: ComposedDocument,
  final: ComposedDocument,
  parts: readonly OpenedPart[],
): JudgedSignature {
  if (state.document === final.document) return signature;
  const map = new NodeMap(state, final, parts);
  const confirmedBy = signature.used?.confirmedBy;
  return {
    ...signature,
    used:
      signature.used === null || confirmedBy === undefined
        ? signature.used
        : { ...signature.used, confirmedBy: map.toFinal(confirmedBy) },
    document: final.document,
    node: map.toFinal(signature.node),
    references: signature.references.map((reference) => mapReference(reference, map, signature.node)),
  };
}

function mapReference(reference: JudgedReference, map: NodeMap, signature: NodeIndex): JudgedReference {
  return {
    ...reference,
    processed: mapProcessed(reference.processed, map, signature),
    manifest: reference.manifest.map((inner) => mapReference(inner, map, signature)),
  };
}

function mapProcessed(processed: ProcessedReference, map: NodeMap, signature: NodeIndex): ProcessedReference {
  const mapped = processed.target === null ? null : map.toFinal(processed.target);
  const target = mapped === NO_NODE ? null : mapped;
  if (processed.status !== 'octets') return { ...processed, target };
  return {
    ...processed,
    target,
    kept: processed.kept === null ? null : map.set(processed.kept, signature),
    alsoCovers: processed.alsoCovers.map((node) => map.toFinal(node)).filter((node) => node !== NO_NODE),
  };
}

/** EncryptedData that no key opened: a digest over it says nothing. */
export function undecryptedIn(
  state: ComposedDocument,
  data: readonly NodeIndex[],
  parts: readonly OpenedPart[],
): readonly NodeIndex[] {
  const { document } = state;
  return data.filter((node) => {
    if (!isElement(document, node, XENC, 'EncryptedData')) return false;
    const place = state.placeOf(startOf(document, node));
    return !parts.some(
      (part) => part.container === place.container && part.start <= place.offset && place.offset < part.end,
    );
  });
}
