/** Where an octet of the input stands in the message's outline. */
import type { Outline, OutlineNode } from '../worker/page/protocol.ts';

/**
 * The innermost element that holds `octet`, or null. The outline is in document order, so the last start before it is
 * near.
 */
export function innermost(outline: Outline, octet: number): OutlineNode | null {
  const { nodes } = outline;
  let low = 0;
  let high = nodes.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((nodes[middle]?.start ?? 0) <= octet) low = middle;
    else high = middle - 1;
  }
  for (let index = low; index >= 0; index = nodes[index]?.parent ?? -1) {
    const node = nodes[index];
    if (node?.kind === 'element' && node.start <= octet && octet < node.end) return node;
  }
  return null;
}
