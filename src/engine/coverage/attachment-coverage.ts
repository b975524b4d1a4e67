/** Which parts of the message are under a verified signature (SWA 1.1 §5.3; security: XSW-15). */
import type { Attachments } from '../attachments/attachment.ts';
import { isSignedFile } from '../attachments/container-file.ts';
import { allReferences, type JudgedSignature } from '../signature/judged-signature.ts';
import type { FindingDraft } from '../trace/recorder.ts';

/** What coverage of attachments is judged from. */
export interface AttachmentCoverageInput {
  readonly signatures: readonly JudgedSignature[];
  /** The parts that travelled with the envelope. */
  readonly parts: Attachments;
  /** Parts that stand in the place of an xop:Include: the elements around them are judged. */
  readonly included: ReadonlySet<string>;
  /** The message came in a container: its files are there to be signed. */
  readonly container: boolean;
}

/** Findings that a list of them is worth. */
const SHOWN = 20;

/**
 * Unsigned parts are notes: only an agreement between both sides could say that they must be signed. Files of a
 * container are there to be signed (ETSI EN 319 162-1 §4.4).
 */
export function attachmentFindings(input: AttachmentCoverageInput): readonly FindingDraft[] {
  const { container } = input;
  const unsigned = unsignedFiles(input);
  const count = unsigned.length;
  return unsigned
    .slice(0, SHOWN)
    .map((attachment) =>
      container
        ? { code: 'container-file-not-signed', severity: 'warning', data: { file: attachment, count } }
        : { code: 'attachment-not-signed', severity: 'note', data: { attachment, count } },
    );
}

/** Names of the parts that no reference of a signature leads to; of a container those of the files in it. */
export function unsignedFiles({ signatures, parts, included, container }: AttachmentCoverageInput): readonly string[] {
  const named = new Set<string>();
  for (const signature of signatures) {
    for (const { processed } of allReferences(signature)) {
      if (processed.status === 'octets' && processed.attachment !== undefined) named.add(processed.attachment.name);
    }
  }
  if (signatures.length === 0) return [];
  return [...parts.keys()].filter(
    (name) => !named.has(name) && !included.has(name) && !(container && !isSignedFile(name)),
  );
}
