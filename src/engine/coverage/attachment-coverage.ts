/** Which parts of the message are under a verified signature (SWA 1.1 §5.3; security: XSW-15). */
import type { Attachments } from '../attachments/attachment.ts';
import { allReferences, isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import type { FindingDraft } from '../trace/recorder.ts';

export interface AttachmentCoverageInput {
  readonly signatures: readonly JudgedSignature[];
  /** The parts that travelled with the envelope. */
  readonly parts: Attachments;
  /** Parts that stand in the place of an xop:Include: the elements around them are judged. */
  readonly included: ReadonlySet<string>;
  /** Names that more than one part has. */
  readonly duplicates: readonly string[];
}

/** Findings that a list of them is worth. */
const SHOWN = 20;

/** Unsigned parts are notes: only an agreement between both sides could say that they must be signed. */
export function attachmentFindings({ signatures, parts, included, duplicates }: AttachmentCoverageInput): readonly FindingDraft[] {
  const named = new Set<string>();
  const signed = new Set<string>();
  for (const signature of signatures) {
    for (const { processed, report } of allReferences(signature)) {
      if (processed.status !== 'octets' || processed.attachment === undefined) continue;
      named.add(processed.attachment.name);
      if (isVerified(signature) && report.digest === 'pass') signed.add(processed.attachment.name);
    }
  }
  const unsigned = signatures.length === 0 ? [] : [...parts.keys()].filter((name) => !named.has(name) && !included.has(name));
  return [
    // A signature speaks for one of them; which one the application reads nobody knows.
    ...[...new Set(duplicates)].slice(0, SHOWN).map((attachment): FindingDraft => signed.has(attachment) || included.has(attachment)
      ? { code: 'XSW-15', severity: 'error', data: { attachment, reason: 'duplicate' } }
      : { code: 'attachment-duplicate', severity: 'warning', data: { attachment } }),
    ...unsigned.slice(0, SHOWN).map((attachment): FindingDraft => ({ code: 'attachment-not-signed', severity: 'note', data: { attachment, count: unsigned.length } })),
  ];
}
