/** Attachments whose content is encrypted, and what they are once it has opened (SWA 1.1 §5.5). */
import { attachmentOf, octetsByName, type Attachment, type Attachments } from '../attachments/attachment.ts';
import { decryptedAttachment, isAttachmentType } from '../attachments/decrypted-attachment.ts';
import { readReferenceLists } from '../encryption/reference-lists.ts';
import { XENC } from '../xml/namespaces.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { EncryptedReport } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  descendantElementsNamed,
  firstChildElement,
  isWithin,
  nodeRange,
  parentOf,
  startOf,
} from '../xml/navigate.ts';
import type { MessageView } from '../message/message-view.ts';

/** An attachment that an xenc:EncryptedData of the message refers to. */
export interface EncryptedAttachment {
  readonly name: string;
  /** Null where it did not open. */
  readonly opened: Attachment | null;
  /**
   * Octet offset, in the view's document, of what asks first for its decryption: a receiver works a header off in
   * document order.
   */
  readonly turn: number;
}

/** The xenc:EncryptedData of the view that stand for attachments, with what became of each. */
export function encryptedAttachments(
  view: MessageView,
  arrived: Attachments,
  reports: readonly EncryptedReport[],
  recorder: Recorder,
): readonly EncryptedAttachment[] {
  const { document } = view;
  const data = descendantElementsNamed(document, 0, XENC, 'EncryptedData').flatMap((node) => {
    const type = attributeValue(document, node, '', 'Type');
    return type !== null && isAttachmentType(type) ? [{ node, type }] : [];
  });
  if (data.length === 0) return [];
  const { references } = readReferenceLists(document, view.ids);
  const byPlace = new Map(reports.map((report) => [`${report.target.space}:${report.target.start}`, report]));
  return data.flatMap(({ node, type }) => {
    const attachment = attachmentOf(cipherUri(document, node), arrived);
    if (attachment === null) return [];
    const range = nodeRange(document, node);
    const report = byPlace.get(`${range.space}:${range.start}`);
    const asked = references
      .filter((one) => one.target === node)
      .map((one) => startOf(document, childOfHeader(view, one.node)));
    return [
      {
        name: attachment.name,
        opened: openedAs(attachment, document, node, type, report, recorder),
        turn: Math.min(startOf(document, childOfHeader(view, node)), ...asked),
      },
    ];
  });
}

function openedAs(
  attachment: Attachment,
  document: XmlDocument,
  node: NodeIndex,
  type: string,
  report: EncryptedReport | undefined,
  recorder: Recorder,
): Attachment | null {
  const plaintext =
    report?.result === 'pass' && report.space !== null ? recorder.kept.get(report.space)?.octets : undefined;
  if (plaintext === undefined) return null;
  return decryptedAttachment(attachment, type, attributeValue(document, node, '', 'MimeType'), plaintext);
}

function cipherUri(document: XmlDocument, node: NodeIndex): string {
  const data = firstChildElement(document, node, XENC, 'CipherData');
  const reference = data === NO_NODE ? NO_NODE : firstChildElement(document, data, XENC, 'CipherReference');
  return reference === NO_NODE ? '' : (attributeValue(document, reference, '', 'URI') ?? '');
}

/** The header's child in which the node stands, or the node itself. */
function childOfHeader(view: MessageView, node: NodeIndex): NodeIndex {
  const { document } = view;
  const header = view.ours.find((one) => isWithin(document, node, one));
  if (header === undefined) return node;
  let at = node;
  while (parentOf(document, at) !== header && parentOf(document, at) > 0) at = parentOf(document, at);
  return at;
}

/** Parts as a signature sees them: those that were decrypted before its turn with their plaintext. */
export interface AttachmentState {
  readonly attachments: Attachments;
  readonly external: ReadonlyMap<string, Uint8Array>;
  /** Parts that should have been decrypted before its turn and were not. */
  readonly undecrypted: ReadonlySet<string>;
}

/** The attachments as they are once those that are `early` have been opened. */
export function attachmentState(
  arrived: Attachments,
  encrypted: readonly EncryptedAttachment[],
  early: (one: EncryptedAttachment) => boolean,
): AttachmentState {
  const due = encrypted.filter(early);
  const attachments = new Map(arrived);
  for (const { name, opened } of due) if (opened !== null) attachments.set(name, opened);
  return {
    attachments,
    external: octetsByName(attachments),
    undecrypted: new Set(due.filter(({ opened }) => opened === null).map(({ name }) => name)),
  };
}
