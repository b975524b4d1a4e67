/**
 * The enveloped-signature transform: takes out the ds:Signature being processed and no other (XML Signature §6.6.4).
 */
import type { TransformContext, TransformValue } from './transform-types.ts';
import { without } from './node-sets.ts';
import { stopped, type TransformOutcome } from './transform-outcome.ts';

/**
 * Needs a node-set of the document that holds the signature: once octets have been parsed again, no node in them is
 * the signature, so the transform then fails.
 */
export function envelopedSignature(
  input: TransformValue & { readonly type: 'nodes' },
  context: TransformContext,
): TransformOutcome {
  const { set } = input;
  if (set.document !== context.document) return stopped('failed', 'enveloped-transform-order', {});
  // Where the signature is not in the set there is nothing to take out, and every stack goes on.
  return { status: 'done', value: { type: 'nodes', set: without(set, context.signature) } };
}
