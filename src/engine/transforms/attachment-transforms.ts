/**
 * The signature transforms of the SOAP Messages with Attachments profile: content alone, or with the MIME header (SWA
 * 1.1 §5.3, §5.4).
 */
import { fieldValue, type Attachment } from '../attachments/attachment.ts';
import { contentForm } from '../attachments/canonical-content.ts';
import { canonicalHeaders } from '../attachments/canonical-headers.ts';
import { spliceOctets, splicedMap } from '../splice/octet-splice.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { stopped, type TransformOutcome } from './transform-outcome.ts';
import type { TransformContext, TransformValue } from './transform-types.ts';

/** @param attachment what the reference named; null for octets whose header is unknown */
export function attachmentTransform(
  input: TransformValue,
  attachment: Attachment | null,
  complete: boolean,
  context: TransformContext,
  step: OpenStep,
): TransformOutcome {
  // The profile has these transforms take what a cid: URI names, nothing else (§5.2).
  if (input.type !== 'octets' || input.space === null) {
    return stopped('failed', 'attachment-transform-misplaced', { complete });
  }
  if (complete && (attachment === null || attachment.fields === null)) {
    return stopped('missing', 'attachment-headers-missing', { attachment: attachment?.name ?? null });
  }
  const type = attachment === null ? null : fieldValue(attachment, 'Content-Type');
  // A part whose header does not say is text (RFC 2045 §5.2); stacks sign it as it stands, and of a file nothing is
  // known.
  const content = context.shared.content(input.octets, contentForm(type), input.space, context.budget);
  if (content === null) {
    return stopped('failed', 'attachment-xml-malformed', { attachment: attachment?.name ?? null, type });
  }
  step.data({ attachment: attachment?.name ?? null, contentType: type, form: content.form, complete });
  if (!complete) {
    return { status: 'done', value: { type: 'octets', octets: content.octets, space: null, origin: content.origin } };
  }
  const headers = canonicalHeaders(attachment?.fields ?? []);
  context.budget.spend('derivedOctets', headers.length + content.octets.length);
  const splices = [{ start: 0, end: 0, octets: headers }];
  return {
    status: 'done',
    value: {
      type: 'octets',
      octets: spliceOctets(content.octets, splices),
      space: null,
      origin: () => splicedMap(content.origin(), content.octets.length, splices),
    },
  };
}
