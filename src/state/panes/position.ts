/** The element path of a place. */
import type { Outline, OutlineNode } from '../../worker/page/protocol.ts';

/** The innermost element that holds the octet, as `/soap:Envelope/soap:Body`; empty where there is none. */
export function elementPathAt(outline: Outline, octet: number): string {
  let found: OutlineNode | undefined;
  for (const node of outline.nodes) {
    if (node.start > octet) break;
    if (node.kind === 'element' && octet < node.end) found = node;
  }
  const names: string[] = [];
  for (let node = found; node; node = outline.nodes[node.parent]) names.unshift(node.name);
  return names.length === 0 ? '' : `/${names.join('/')}`;
}
