/** Which parts of the message are under a verified signature (SWA 1.1 §5.3; security: XSW-15). */
import type { Attachments } from '../attachments/attachment.ts';
import { allReferences, type JudgedSignature } from '../signature/judged-signature.ts';
import type { FindingDraft } from '../trace/recorder.ts';

/** What coverage of attachments is judged from. */
export interface AttachmentCoverageInput {
  readonly signatures: readonly JudgedSignature[];
  /** The parts that travelled with the envelope. */
  readonly parts: Attachments;
  /** Parts that stand in the place of an xop:Include: the elements around them are judged. */
  readonly included: ReadonlySet<string>;
}

/** Findings that a list of them is worth. */
const SHOWN = 20;

/** Unsigned parts are notes: only an agreement between both sides could say that they must be signed. */
export function attachmentFindings({ signatures, parts, included }: AttachmentCoverageInput): readonly FindingDraft[] {
  const named = new Set<string>();
  for (const signature of signatures) {
    for (const { processed } of allReferences(signature)) {
      if (processed.status === 'octets' && processed.attachment !== undefined) named.add(processed.attachment.name);
    }
  }
  const unsigned =
    signatures.length === 0 ? [] : [...parts.keys()].filter((name) => !named.has(name) && !included.has(name));
  return unsigned.slice(0, SHOWN).map((attachment) => ({
    code: 'attachment-not-signed',
    severity: 'note',
    data: { attachment, count: unsigned.length },
  }));
}
