/**
 * Which parts a receiver has decrypted when it comes to a signature: a Security header is processed in document order
 * (SMS §5, §9.4).
 */
import type { IdIndex } from '../references/id-index.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { isWithin, parentOf, startOf } from '../xml/navigate.ts';
import { type ComposedDocument, type OpenedPart, holdersOf, ROOT } from '../splice/composed-document.ts';
import { nodeAt } from '../xml/node-at.ts';
import type { DecryptedMessage } from './decrypted-message.ts';
import { readReferenceLists } from './reference-lists.ts';

/** Which state of the message each signature was made over. */
export interface ProcessingOrder {
  /**
   * The states of the message that a signature may have been made over, most likely first. More than one only where
   * nothing says in which order sender and receiver work.
   */
  statesFor(signature: NodeIndex): readonly [ComposedDocument, ...ComposedDocument[]];
  /** Further states, to find out that the order was another. */
  alternativesTo(signature: NodeIndex): readonly ComposedDocument[];
}

/**
 * @param ours the Security headers that this receiver processes, in the document in which everything is decrypted;
 *   none outside SOAP, where no order is fixed
 */
export function processingOrder(
  decrypted: DecryptedMessage,
  ids: IdIndex,
  ours: readonly NodeIndex[],
): ProcessingOrder {
  const { final, parts } = decrypted;
  const { document } = final;
  const turns = turnsOf(decrypted, ids, ours);
  const before = (signature: NodeIndex) => {
    const holders = partsHolding(final, parts, signature);
    const header = ours.find((node) => isWithin(document, signature, node));
    const at = header === undefined ? null : startOf(document, childHolding(document, header, signature));
    return { holders, at };
  };
  return {
    statesFor(signature) {
      const { holders, at } = before(signature);
      const open = (part: OpenedPart) => at === null || turns[part.index] === null;
      const early = (part: OpenedPart) =>
        holders.has(part.index) || (at !== null && (turns[part.index] ?? Infinity) < at);
      const decided = decrypted.stateWith(early);
      const all = decrypted.stateWith((part) => early(part) || open(part));
      return decided === all ? [all] : [all, decided];
    },
    alternativesTo(signature) {
      const { holders } = before(signature);
      const used = new Set<ComposedDocument>(this.statesFor(signature));
      return [decrypted.stateWith(() => true), decrypted.stateWith((part) => holders.has(part.index))].filter(
        (state) => !used.has(state),
      );
    },
  };
}

/** The parts in whose plaintext the node stands, outermost last. */
export function partsHolding(
  final: ComposedDocument,
  parts: readonly OpenedPart[],
  node: NodeIndex,
): ReadonlySet<number> {
  const place = final.placeOf(startOf(final.document, node));
  return new Set(holdersOf(place, parts).map((part) => part.index));
}

function childHolding(document: XmlDocument, header: NodeIndex, node: NodeIndex): NodeIndex {
  let at = node;
  while (document.parent[at] !== header) at = parentOf(document, at);
  return at;
}

/** By part, where in the header its decryption is asked for; null where nothing says so. */
function turnsOf(decrypted: DecryptedMessage, ids: IdIndex, ours: readonly NodeIndex[]): readonly (number | null)[] {
  const { final, parts } = decrypted;
  const { document } = final;
  const asked = new Map<string, number>();
  for (const { node, uri } of readReferenceLists(document, ids).references) {
    const header = ours.find((one) => isWithin(document, node, one));
    if (header === undefined || uri?.startsWith('#') !== true) continue;
    const at = startOf(document, childHolding(document, header, node));
    const known = asked.get(uri.slice(1));
    if (known === undefined || at < known) asked.set(uri.slice(1), at);
  }
  const turns: (number | null)[] = [];
  for (const part of parts) {
    const named = part.id === null ? undefined : asked.get(part.id);
    const offset = final.offsetOf({ container: part.index, offset: part.skip });
    const node = offset === null ? -1 : final.elementAt(offset);
    const header = node < 0 ? undefined : ours.find((one) => isWithin(document, node, one));
    // A part that stands in the header itself has its turn there, at the latest.
    const own = header === undefined || node < 0 ? null : startOf(document, childHolding(document, header, node));
    const holder = part.container === ROOT ? null : (turns[part.container] ?? null);
    turns.push(named ?? own ?? holder);
  }
  return turns;
}

/** The first node of each decrypted part in the document in which everything is decrypted. */
export function decryptedNodes(decrypted: DecryptedMessage): readonly NodeIndex[] {
  const { final, parts } = decrypted;
  return parts.flatMap((part) => {
    const offset = final.offsetOf({ container: part.index, offset: part.skip });
    return offset === null ? [] : [nodeAt(final.document, offset)];
  });
}
