/** The decoded pane: what the application would see, laid out: the Body's content, or the document where there is no envelope. */
import type { Trace } from '../../engine/trace/trace.ts';
import type { Outline, OutlineNode } from '../../worker/protocol.ts';
import { pieceMap, type MapPiece, type PaneMark, type PaneModel } from './pane-model.ts';
import type { Protection } from './protection.ts';

const LINES = 4_000;

/** The element that an application is handed: soap:Body, else the document element. */
export function applicationRoot(outline: Outline): number {
  const root = outline.nodes.findIndex((node) => node.kind === 'element' && node.parent === -1);
  const envelope = outline.nodes[root];
  if (envelope?.local !== 'Envelope') return root;
  const body = outline.nodes.findIndex((node) => node.kind === 'element' && node.parent === root && node.local === 'Body' && node.uri === envelope.uri);
  return body < 0 ? root : body;
}

function startTag(node: OutlineNode, empty: boolean): string {
  const attributes = node.attributes.filter((attribute) => !attribute.declaration).map(({ name, value }) => ` ${name}="${value}"`).join('');
  return `<${node.name}${attributes}${empty ? '/' : ''}>`;
}

export function decodedPane(outline: Outline | null, trace: Trace | null, protection: readonly Protection[]): PaneModel {
  const base = { pane: 'decoded' as const, summary: 'as the application would see it', editable: false, notes: [] };
  const rootIndex = outline ? applicationRoot(outline) : -1;
  const root = outline?.nodes[rootIndex];
  if (!outline || !root || !trace) {
    return { ...base, aside: '', text: '', map: pieceMap([]), marks: [], empty: trace ? 'An application would see nothing: the message cannot be read.' : 'Shown when the message is judged.' };
  }
  const subtree: number[] = [];
  for (let index = rootIndex; index < outline.nodes.length && subtree.length < LINES; index++) {
    const node = outline.nodes[index];
    if (!node || node.start >= root.end) break;
    if (node.kind === 'element' || (node.kind === 'text' && node.text.trim() !== '')) subtree.push(index);
  }
  const childCount = new Map<number, number>();
  const onlyText = new Map<number, OutlineNode>();
  for (const index of subtree) {
    const node = outline.nodes[index];
    if (!node) continue;
    childCount.set(node.parent, (childCount.get(node.parent) ?? 0) + 1);
    if (node.kind === 'text') onlyText.set(node.parent, node);
  }
  let text = '';
  const pieces: MapPiece[] = [];
  const marks: PaneMark[] = [];
  const closing: { node: OutlineNode; depth: number }[] = [];
  const line = (depth: number, content: string, start: number, end: number) => {
    const begin = text.length;
    const indent = '  '.repeat(Math.min(depth, 16));
    text += `${indent}${content}\n`;
    pieces.push({ text: begin, indent: indent.length, length: indent.length + content.length, start, end });
    for (const found of protection) {
      if (found.form === 'strip' ? found.start <= start && end <= found.end : found.start === start && content.startsWith('<')) {
        marks.push({ ...found, start: found.form === 'strip' ? begin : begin + indent.length, end: begin + indent.length + content.length });
      }
    }
  };
  const closeUntil = (start: number) => {
    for (let top = closing.at(-1); top && top.node.end <= start; top = closing.at(-1)) {
      closing.pop();
      line(top.depth, `</${top.node.name}>`, top.node.contentEnd, top.node.end);
    }
  };
  for (const index of subtree) {
    const node = outline.nodes[index];
    if (!node) continue;
    closeUntil(node.start);
    const depth = node.depth - root.depth;
    const count = childCount.get(index) ?? 0;
    const value = onlyText.get(index);
    if (node.kind === 'text') {
      if (childCount.get(node.parent) === 1) continue;
      line(depth, shown(node), node.start, node.end);
    } else if (count === 0) line(depth, startTag(node, true), node.start, node.end);
    else if (count === 1 && value) line(depth, `${startTag(node, false)}${shown(value)}</${node.name}>`, node.start, node.end);
    else {
      line(depth, startTag(node, false), node.start, node.contentStart);
      closing.push({ node, depth });
    }
  }
  closeUntil(Number.MAX_SAFE_INTEGER);
  const opened = trace.encrypted.filter((part) => part.result === 'pass').length;
  const sealed = trace.encrypted.length - opened;
  const aside = sealed > 0 ? `${sealed} still encrypted` : opened > 0 ? `${opened} decrypted` : root.local === 'Body' ? 'Body' : root.name;
  return { ...base, aside, text: text.replace(/\n$/, ''), map: pieceMap(pieces), marks, empty: null };
}

function shown(node: OutlineNode): string {
  const flat = node.text.trim().replace(/\s+/g, ' ');
  return node.size > node.text.length ? `${flat}…` : flat;
}
