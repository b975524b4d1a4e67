/**
 * What the panes need of a run beside its trace: outlines of the message as it arrived and with what opened in its
 * place, and the parts beside its envelope. All from the run's own documents: nothing is parsed again.
 */
import { fieldValue, type Attachment } from '../../engine/attachments/attachment.ts';
import { documentsOf, type Judged } from '../../engine/index.ts';
import type { AttachmentSummary, JudgeAnswer } from '../page/protocol.ts';
import { decryptedOutline } from './decrypted-outline.ts';
import { EMPTY_OUTLINE, outlineOf } from './outline.ts';

/** Attachments that are listed. */
const ATTACHMENTS = 200;

/** What the panes need of a judged message beside its trace. */
export function structureOf(judged: Judged): Pick<JudgeAnswer, 'outline' | 'opened' | 'attachments'> {
  const documents = documentsOf(judged);
  const parts = [...(documents?.opened.parts.values() ?? [])].slice(0, ATTACHMENTS);
  return {
    outline: documents === null ? EMPTY_OUTLINE : outlineOf(documents.arrived),
    opened: decryptedOutline(judged),
    attachments: parts.map((part) => attachmentSummary(part, judged.request.octets)),
  };
}

function attachmentSummary(part: Attachment, input: Uint8Array): AttachmentSummary {
  const { encoded } = part;
  const stands = encoded.buffer === input.buffer;
  const start = encoded.byteOffset - input.byteOffset;
  return {
    name: part.name,
    mediaType: fieldValue(part, 'Content-Type')?.split(';')[0]?.trim() ?? '',
    size: part.octets.length,
    start: stands ? start : null,
    end: stands ? start + encoded.length : null,
  };
}
