/** What is encrypted, for whom, with which algorithms. */
import { attachmentOf } from '../../attachments/attachment.ts';
import { isAttachmentType } from '../../attachments/decrypted-attachment.ts';
import { TYPE_CONTENT } from '../../encryption/encrypted-structure.ts';
import type { DecryptedMessage, KnownData, KnownKey } from '../../encryption/decrypted-message.ts';
import { partsHolding } from '../../encryption/processing-order.ts';
import { nodeAt } from '../../xml/node-at.ts';
import type { Place } from '../../splice/composed-document.ts';
import { NO_NODE, type NodeIndex } from '../../xml/document.ts';
import { elementFact, type FactsSource } from './facts-source.ts';
import type { EncryptedKeyFact, EncryptionFact } from './fact-types.ts';
import type { TokenKeys } from './key-facts.ts';

/** The facts of a message's encryption, and which of them hold an element. */
export class EncryptionFacts {
  readonly keys: readonly EncryptedKeyFact[];
  readonly data: readonly EncryptionFact[];
  readonly #source: FactsSource;
  /** Index in {@link data} by that of the opened part. */
  readonly #byPart: ReadonlyMap<number, number>;

  constructor(source: FactsSource, tokens: TokenKeys) {
    this.#source = source;
    const { decrypted } = source;
    const known = decrypted?.keys ?? [];
    this.keys = decrypted === null ? [] : known.map((key) => keyFact(key, decrypted, tokens));
    this.data = decrypted === null ? [] : decrypted.data.map((one) => dataFact(one, source, decrypted, tokens));
    this.#byPart = new Map(
      (decrypted?.data ?? []).flatMap((one, index) => (one.part === null ? [] : [[one.part, index] as const])),
    );
  }

  /** Indices of the encryptions in whose plaintext an element stands. */
  holding(node: NodeIndex): readonly number[] {
    const { decrypted } = this.#source;
    if (decrypted === null || decrypted.parts.length === 0) return [];
    return [...partsHolding(decrypted.final, decrypted.parts, node)].flatMap((part) => this.#byPart.get(part) ?? []);
  }

  /** Indices of those that encrypt an element's content, and not the element itself. */
  ofContent(node: NodeIndex): readonly number[] {
    return this.data.flatMap((one, index) => (one.what === 'content' && one.element?.node === node ? [index] : []));
  }

  /** Indices of those that encrypt a MIME part. */
  ofAttachment(name: string): readonly number[] {
    return this.data.flatMap((one, index) => (one.attachment === name ? [index] : []));
  }
}

function finalNode({ final }: DecryptedMessage, place: Place): NodeIndex {
  const offset = final.offsetOf(place);
  return offset === null ? NO_NODE : final.elementAt(offset);
}

function keyFact({ place, opened }: KnownKey, decrypted: DecryptedMessage, tokens: TokenKeys): EncryptedKeyFact {
  const node = finalNode(decrypted, place);
  const { structure } = opened;
  return {
    id: structure.id,
    token: node === NO_NODE ? null : tokens.indexOf(node),
    method: opened.method,
    digest: structure.method?.digest ?? null,
    maskGeneration: structure.method?.maskGeneration ?? null,
    result: opened.result,
    recipient: tokens.fact(opened.naming, opened.by),
  };
}

function dataFact(
  { opened, key, part, place }: KnownData,
  source: FactsSource,
  decrypted: DecryptedMessage,
  tokens: TokenKeys,
): EncryptionFact {
  const { type } = opened.structure;
  const attachment = opened.cipherUri === null ? null : attachmentOf(opened.cipherUri, source.attachments);
  const encryptedKey =
    key === null
      ? -1
      : decrypted.keys.findIndex((one) => one.place.container === key.container && one.place.offset === key.offset);
  const what = isAttachmentType(type)
    ? 'attachment'
    : type === TYPE_CONTENT
      ? 'content'
      : part !== null || opened.content === null
        ? 'element'
        : 'other';
  const element = encryptedElement(what, part, place, decrypted);
  return {
    id: opened.structure.id,
    what,
    element: element === null ? null : elementFact(source.view, element),
    attachment: attachment?.name ?? null,
    method: opened.method,
    result: opened.result,
    encryptedKey: encryptedKey < 0 ? null : encryptedKey,
    key: tokens.fact(opened.naming, opened.by),
  };
}

/** The element that was encrypted, or whose content was. */
function encryptedElement(
  what: EncryptionFact['what'],
  part: number | null,
  place: Place,
  decrypted: DecryptedMessage,
): NodeIndex | null {
  const { final, parts } = decrypted;
  const { document } = final;
  const opened = part === null ? undefined : parts[part];
  if (what !== 'element' && what !== 'content') return null;
  if (opened === undefined) {
    // Still closed: its EncryptedData stands there.
    const node = what === 'content' ? finalNode(decrypted, place) : NO_NODE;
    return node === NO_NODE ? null : (document.parent[node] ?? null);
  }
  const offset = final.offsetOf({ container: opened.index, offset: opened.skip });
  if (offset === null) return null;
  if (what === 'element') {
    const node = final.elementAt(offset);
    return node === NO_NODE ? null : node;
  }
  const first = nodeAt(document, offset);
  return document.start[first] === offset ? (document.parent[first] ?? null) : first;
}
