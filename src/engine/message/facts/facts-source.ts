/** What the facts are read from, and how its elements are told. */
import type { Attachments } from '../../attachments/attachment.ts';
import type { DecryptedMessage } from '../../encryption/decrypted-message.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { Token } from '../../tokens/token.ts';
import type { NodeIndex } from '../../xml/document.ts';
import { elementPath, localName, namespaceUri } from '../../xml/navigate.ts';
import type { MessageView } from '../message-view.ts';
import type { ElementFact } from './fact-types.ts';

/** A message that was judged to its end. */
export interface FactsSource {
  /** The message with everything that opened in its place. */
  readonly view: MessageView;
  /** Of every Security header, in document order. */
  readonly tokens: readonly Token[];
  /** Their nodes are those of the view's document. */
  readonly signatures: readonly JudgedSignature[];
  /** Null where nothing is encrypted. */
  readonly decrypted: DecryptedMessage | null;
  readonly attachments: Attachments;
}

/** Tells elements of the view's document. */
export function elementFact({ document, ids }: MessageView, node: NodeIndex): ElementFact {
  return {
    node,
    uri: namespaceUri(document, node),
    local: localName(document, node),
    id: ids.idOf(node),
    path: elementPath(document, node),
  };
}

/** The child of `parent` that `node` is or stands in; null where it stands elsewhere. */
export function childHolding({ document }: MessageView, parent: NodeIndex, node: NodeIndex): NodeIndex | null {
  let at = node;
  while (at > 0) {
    const above = document.parent[at] ?? 0;
    if (above === parent) return at;
    at = above;
  }
  return null;
}
