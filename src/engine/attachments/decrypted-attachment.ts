/** What an attachment is once its ciphertext is opened (SWA 1.1 §5.5.3). */
import { ATTACHMENT_CONTENT_ONLY, ATTACHMENT_WITH_HEADER } from '../algorithms/identifiers.ts';
import type { Attachment, MimeField } from './attachment.ts';
import { readHeaderBlock } from './mime-headers.ts';

/** Whether an EncryptedData/@Type says that what was encrypted is a MIME part. */
export function isAttachmentType(type: string | null): boolean {
  return type === ATTACHMENT_CONTENT_ONLY || type === ATTACHMENT_WITH_HEADER;
}

/**
 * @param type EncryptedData/@Type, one of the two above
 * @param mimeType EncryptedData/@MimeType: what the part was before its type became application/octet-stream
 * @returns null where the plaintext of {@link ATTACHMENT_WITH_HEADER} does not begin with a MIME header
 */
export function decryptedAttachment(
  arrived: Attachment,
  type: string,
  mimeType: string | null,
  plaintext: Uint8Array,
): Attachment | null {
  if (type === ATTACHMENT_CONTENT_ONLY) {
    return { name: arrived.name, octets: plaintext, encoded: plaintext, fields: withType(arrived.fields, mimeType) };
  }
  const block = readHeaderBlock(plaintext, 0, false);
  if (block === null) return null;
  const inner = new Set(block.fields.map((field) => field.name.toLowerCase()));
  // Fields that were encrypted take the place of those outside (§5.5.2); the others stay.
  const outer = (arrived.fields ?? []).filter((field) => !inner.has(field.name.toLowerCase()));
  const content = plaintext.subarray(block.bodyStart);
  return { name: arrived.name, octets: content, encoded: content, fields: [...block.fields, ...outer] };
}

function withType(fields: readonly MimeField[] | null, mimeType: string | null): readonly MimeField[] | null {
  if (mimeType === null) return fields;
  return [
    ...(fields ?? []).filter((field) => field.name.toLowerCase() !== 'content-type'),
    { name: 'Content-Type', value: mimeType },
  ];
}
