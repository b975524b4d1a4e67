/**
 * The decoded pane: what the application would see, laid out: the Body's content, or the document where there is no
 * envelope.
 */
import { attachmentWords, ENCRYPTED, PANE } from '../../content/pane-words.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { OUTLINE_TEXT, type AttachmentSummary, type Outline, type OutlineNode } from '../../worker/page/protocol.ts';
import { pieceMap, type MapPiece, type PaneMark, type PaneModel } from './pane-model.ts';
import type { Protection } from './protection.ts';

const LINES = 4_000;

/** The element that an application is handed: soap:Body, else the document element. */
function applicationRoot(outline: Outline): number {
  const root = outline.nodes.findIndex((node) => node.kind === 'element' && node.parent === -1);
  const envelope = outline.nodes[root];
  if (envelope?.local !== 'Envelope') return root;
  const body = outline.nodes.findIndex(
    (node) => node.kind === 'element' && node.parent === root && node.local === 'Body' && node.uri === envelope.uri,
  );
  return body < 0 ? root : body;
}

function startTag(node: OutlineNode, empty: boolean): string {
  const attributes = node.attributes
    .filter((attribute) => !attribute.declaration)
    .map(({ name, value }) => ` ${name}="${value}"`)
    .join('');
  return `<${node.name}${attributes}${empty ? '/' : ''}>`;
}

/** The pane; empty with a reason where nothing could be decoded. */
export function decodedPane(
  outline: Outline | null,
  trace: Trace | null,
  protection: readonly Protection[],
  attachments: readonly AttachmentSummary[] = [],
): PaneModel {
  const readable = trace?.verdict.headline !== 'malformed';
  const base = {
    pane: 'decoded' as const,
    summary: readable ? PANE.decoded : PANE.decodedInPart,
    editable: false,
    notes: [],
  };
  const rootIndex = outline ? applicationRoot(outline) : -1;
  const root = outline?.nodes[rootIndex];
  if (!outline || !root || !trace) {
    return {
      ...base,
      aside: '',
      text: '',
      map: pieceMap([]),
      marks: [],
      empty: trace ? PANE.nothingDecoded : PANE.notJudgedYet,
    };
  }
  const lines = new LineBuilder(protection);
  layOut(outline, rootIndex, root, lines);
  for (const attachment of attachments) lines.beside(attachmentLine(attachment, trace), attachment);
  const beside = attachments.length === 0 ? [] : [PANE.attachments(attachments.length)];
  return {
    ...base,
    aside: [asideOf(trace, root), ...beside].join(' · '),
    text: lines.text.replace(/\n$/, ''),
    map: pieceMap(lines.pieces),
    marks: lines.marks,
    empty: null,
  };
}

/** Lays out what stands under the root: an element with one text on one line, every other with its end tag below. */
function layOut(outline: Outline, rootIndex: number, root: OutlineNode, lines: LineBuilder): void {
  const subtree = subtreeOf(outline, rootIndex);
  const childCount = new Map<number, number>();
  const onlyText = new Map<number, OutlineNode>();
  for (const index of subtree) {
    const node = outline.nodes[index];
    if (!node) continue;
    childCount.set(node.parent, (childCount.get(node.parent) ?? 0) + 1);
    if (node.kind === 'text') onlyText.set(node.parent, node);
  }
  const closing: OutlineNode[] = [];
  const closeTo = (depth: number) => {
    for (let top = closing.at(-1); top && top.depth >= depth; top = closing.at(-1)) {
      closing.pop();
      lines.add(top.depth - root.depth, `</${top.name}>`, top.decrypted ? top.start : top.contentEnd, top.end, top);
    }
  };
  for (const index of subtree) {
    const node = outline.nodes[index];
    if (!node) continue;
    closeTo(node.depth);
    const depth = node.depth - root.depth;
    const count = childCount.get(index) ?? 0;
    const value = onlyText.get(index);
    if (node.kind === 'text') {
      if (childCount.get(node.parent) === 1 && !(node.decrypted && !outline.nodes[node.parent]?.decrypted)) continue;
      lines.add(depth, shown(node), node.start, node.end, node);
    } else if (count === 0) lines.add(depth, startTag(node, true), node.start, node.end, node);
    else if (count === 1 && value && (node.decrypted !== undefined || value.decrypted === undefined)) {
      lines.add(depth, `${startTag(node, false)}${shown(value)}</${node.name}>`, node.start, node.end, node);
    } else {
      lines.add(depth, startTag(node, false), node.start, node.decrypted ? node.end : node.contentStart, node);
      closing.push(node);
    }
  }
  closeTo(0);
}

/** The elements and texts under a node, itself first, in document order. */
function subtreeOf(outline: Outline, root: number): readonly number[] {
  const inside = new Set([root]);
  const subtree: number[] = [];
  for (let index = root; index < outline.nodes.length && subtree.length < LINES; index++) {
    const node = outline.nodes[index];
    if (!node || (index !== root && !inside.has(node.parent))) break;
    inside.add(index);
    if (node.kind === 'element' || (node.kind === 'text' && node.text.trim() !== '')) subtree.push(index);
  }
  return subtree;
}

/** Lines laid out by depth, each with the octets it stands for and the marks that hold there. */
class LineBuilder {
  text = '';
  readonly pieces: MapPiece[] = [];
  readonly marks: PaneMark[] = [];
  readonly #protection: readonly Protection[];

  constructor(protection: readonly Protection[]) {
    this.#protection = protection;
  }

  /** A line for what stands beside the envelope. */
  beside(content: string, { start, end }: AttachmentSummary): void {
    if (start !== null && end !== null) {
      this.pieces.push({
        text: this.text.length,
        indent: 0,
        length: content.length,
        start,
        end: Math.max(end, start + 1),
        whole: true,
      });
    }
    this.text += `${content}\n`;
  }

  add(depth: number, content: string, start: number, end: number, { decrypted }: OutlineNode): void {
    const begin = this.text.length;
    const indent = '  '.repeat(Math.min(depth, 16));
    const until = begin + indent.length + content.length;
    this.text += `${indent}${content}\n`;
    this.pieces.push({
      text: begin,
      indent: indent.length,
      length: indent.length + content.length,
      start,
      end,
      ...(decrypted ? { whole: true } : {}),
    });
    for (const found of this.#protection) {
      if (
        found.form === 'strip'
          ? found.start <= start && end <= found.end
          : found.start === start && content.startsWith('<') && !decrypted
      ) {
        this.marks.push({ ...found, start: found.form === 'strip' ? begin : begin + indent.length, end: until });
      }
    }
    if (decrypted) {
      this.marks.push({
        start: begin + indent.length,
        end: until,
        meaning: 'encrypted',
        form: 'fill',
        label: ENCRYPTED.opened(decrypted.id),
        step: decrypted.step,
        finding: null,
      });
    }
  }
}

/** An attachment is no XML: a comment says that it is there, and whether a verified reference covers it. */
function attachmentLine({ name, mediaType, size }: AttachmentSummary, trace: Trace): string {
  const references = trace.signatures.flatMap((signature) => (signature.value === 'pass' ? signature.references : []));
  const signed = references.some(
    (reference) => reference.digest === 'pass' && reference.uri !== null && contentId(reference.uri) === name,
  );
  return `<!-- ${attachmentWords({ mediaType: plain(mediaType), size, name: plain(name) }, signed)} -->`;
}

/** The content id that a `cid:` URI names (RFC 2392 §2). */
function contentId(uri: string): string {
  const id = uri.replace(/^cid:/i, '');
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** One line, of a bearable length. */
function plain(words: string): string {
  const flat = words.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return flat.length > 120 ? `${flat.slice(0, 120)}…` : flat;
}

function asideOf(trace: Trace, root: OutlineNode): string {
  const opened = trace.encrypted.filter((part) => part.result === 'pass').length;
  const sealed = trace.encrypted.length - opened;
  if (sealed > 0) return PANE.stillEncrypted(sealed, opened);
  return opened > 0 ? PANE.decrypted(opened) : root.local === 'Body' ? 'Body' : root.name;
}

function shown(node: OutlineNode): string {
  const flat = node.text.trim().replace(/\s+/g, ' ');
  return node.size > OUTLINE_TEXT ? `${flat}…` : flat;
}
