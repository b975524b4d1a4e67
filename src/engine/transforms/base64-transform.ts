/** The base64 transform: octets or the text of a node-set, decoded (XML Signature §6.6.2). */
import { decodeBase64 } from '../bytes/base64.ts';
import { NodeKind } from '../xml/document.ts';
import { textContent } from '../xml/navigate.ts';
import { extent, holds } from './node-sets.ts';
import type { TransformContext, TransformValue } from './transform-types.ts';
import { stopped, type TransformOutcome } from './transform-outcome.ts';

/** A node-set counts as the string-value of its text nodes in document order, as after `self::text()`. */
export function base64Transform(input: TransformValue, context: TransformContext): TransformOutcome {
  if (input.type === 'octets') return decoded(input.octets, false, context);
  const { set } = input;
  const { document } = set;
  const pieces: string[] = [];
  let elements = 0;
  const [first, after] = extent(set);
  context.budget.spend('nodes', after - first, document.start[first]);
  for (let node = first; node < after; node++) {
    if (!holds(set, node)) continue;
    const kind = document.kind[node];
    if (kind === NodeKind.text || kind === NodeKind.cdata) pieces.push(textContent(document, node));
    else if (kind === NodeKind.element) elements += 1;
  }
  // The element that holds the text is expected; the mark-up of any other one is lost.
  return decoded(pieces.join(''), elements > 1, context);
}

function decoded(text: string | Uint8Array, discards: boolean, context: TransformContext): TransformOutcome {
  const { octets, fault } = decodeBase64(text);
  if (fault !== null) return stopped('failed', 'base64-invalid', { reason: fault.reason, offset: fault.offset });
  context.budget.spend('derivedOctets', octets.length);
  return { status: 'done', value: { type: 'octets', octets, space: null, origin: null }, discards, replaces: true };
}
