/** Where an octet of the input stands in the message's outline. */
import { firstIndex } from '../engine/bytes/sorted.ts';
import type { Outline, OutlineNode } from '../worker/page/protocol.ts';

/**
 * The innermost element that holds `octet`, or null. The outline is in document order, so the last start before it is
 * near.
 */
export function innermost(outline: Outline, octet: number): OutlineNode | null {
  const { nodes } = outline;
  const last = firstIndex(0, nodes.length, (index) => (nodes[index]?.start ?? 0) > octet) - 1;
  for (let index = last; index >= 0; index = nodes[index]?.parent ?? -1) {
    const node = nodes[index];
    if (node?.kind === 'element' && node.start <= octet && octet < node.end) return node;
  }
  return null;
}
