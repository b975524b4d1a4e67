/** Line, column and element path of a place: computed at the edge, never stored. */
import type { Outline, OutlineNode } from '../../worker/page/protocol.ts';

/** UTF-16 offsets at which lines begin; CR, LF and CRLF end a line. */
export function lineStarts(text: string): Int32Array {
  const starts = [0];
  let feed = text.indexOf('\n');
  let carriage = text.indexOf('\r');
  while (feed >= 0 || carriage >= 0) {
    const lone = carriage >= 0 && carriage + 1 !== feed && (feed < 0 || carriage < feed);
    const at = lone ? carriage : feed;
    starts.push(at + 1);
    if (carriage >= 0 && carriage <= at) carriage = text.indexOf('\r', at + 1);
    if (feed >= 0 && feed <= at) feed = text.indexOf('\n', at + 1);
  }
  return new Int32Array(starts);
}

/** Line and column from 1; a column counts characters as an editor does (UTF-16 units). */
export function lineColumn(starts: Int32Array, offset: number): { readonly line: number; readonly column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
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
