/** Line, column and element path of a place: computed at the edge, never stored. */
import type { Outline, OutlineNode } from '../../worker/protocol.ts';

/** Line and column from 1; a column counts characters as an editor does (UTF-16 units). */
export function lineColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = 0; at < offset && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 13 && text.charCodeAt(at + 1) === 10) continue;
    if (code === 10 || code === 13) {
      line++;
      start = at + 1;
    }
  }
  return { line, column: offset - start + 1 };
}

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
