/**
 * An attachment given as a file has no MIME header to say what type it is; its digest can tell (SWA 1.1 §5.4.2,
 * §5.4.3).
 */
import { ATTACHMENT_CONTENT } from '../algorithms/identifiers.ts';
import type { ContentForm } from '../attachments/canonical-content.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { ProcessedReference } from '../transforms/transform-types.ts';
import type { SignatureContext } from './signature-context.ts';

const TYPED_FORMS: readonly ContentForm[] = ['text', 'xml'];

/**
 * The canonical form under which the content has the digest that was signed; null where the type is known or none fits.
 */
export async function formOfDigest(
  processed: Extract<ProcessedReference, { status: 'octets' }>,
  digestMethod: string,
  signed: Uint8Array,
  context: SignatureContext,
): Promise<ContentForm | null> {
  const { attachment } = processed;
  if (attachment === undefined || attachment.fields !== null || !processed.transforms.includes(ATTACHMENT_CONTENT)) {
    return null;
  }
  for (const form of TYPED_FORMS) {
    const content = context.shared.content(attachment.octets, form, processed.space, context.budget);
    const digest = content === null ? null : await context.shared.digest(digestMethod, content.octets, context.crypto);
    if (digest !== null && equalOctets(digest, signed)) return form;
  }
  return null;
}
