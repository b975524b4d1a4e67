/**
 * The secured pane: an outline of the envelope with what protects what. Long values are folded; every line maps to
 * octets of the message.
 */
import { PANE } from '../../content/pane-words.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { Outline, OutlineNode } from '../../worker/page/protocol.ts';
import { collectNotes, defaultNote } from './notes.ts';
import { pieceMap, type MapPiece, type PaneMark, type PaneModel, type PaneNote } from './pane-model.ts';
import { protectionsByElement, type Protection } from './protection.ts';

const LINES = 400;
const TEXT = 40;

/** Attributes worth their place in an outline. */
const TELLING = /^(?:.*:)?(?:Id|ID|id|URI|AssertionID|mustUnderstand|actor|role|Type|Name|AttributeName)$/;

/** Elements whose inside says less than the note beside them. */
const FOLDED = new Set(['BinarySecurityToken', 'KeyInfo', 'Object', 'CipherValue']);
/** Elements that the note beside their parent speaks for. */
const SILENT = new Set([
  'CanonicalizationMethod',
  'SignatureMethod',
  'SignatureValue',
  'Transforms',
  'DigestMethod',
  'DigestValue',
  'EncryptionMethod',
  'CipherData',
]);
/** Elements passed through: their children stand in their place. */
const TRANSPARENT = new Set(['SignedInfo']);

interface Line {
  /** Index in the outline. */
  readonly index: number;
  readonly node: OutlineNode;
  readonly depth: number;
  readonly folded: boolean;
}

function children(outline: Outline): ReadonlyMap<number, readonly number[]> {
  const map = new Map<number, number[]>();
  for (const [index, node] of outline.nodes.entries()) {
    if (node.kind !== 'element') continue;
    const list = map.get(node.parent);
    if (list) list.push(index);
    else map.set(node.parent, [index]);
  }
  return map;
}

function collect(outline: Outline): readonly Line[] {
  const below = children(outline);
  const lines: Line[] = [];
  const stack: { index: number; depth: number; inBody: number }[] = (below.get(-1) ?? [])
    .toReversed()
    .map((index) => ({ index, depth: 0, inBody: -1 }));
  while (stack.length > 0 && lines.length < LINES) {
    const entry = stack.pop();
    const node = entry && outline.nodes[entry.index];
    if (!entry || !node) break;
    const inside = below.get(entry.index) ?? [];
    const transparent = TRANSPARENT.has(node.local);
    const folded = FOLDED.has(node.local) || entry.inBody >= 3;
    if (!transparent) {
      lines.push({
        index: entry.index,
        node,
        depth: entry.depth,
        folded: folded && (inside.length > 0 || node.contentEnd - node.contentStart > TEXT),
      });
    }
    if (folded) continue;
    const inBody = node.local === 'Body' && node.depth === 1 ? 0 : entry.inBody < 0 ? -1 : entry.inBody + 1;
    for (const index of inside.toReversed()) {
      const child = outline.nodes[index];
      if (child && SILENT.has(child.local)) continue;
      stack.push({ index, depth: entry.depth + (transparent ? 0 : 1), inBody });
    }
  }
  return lines;
}

/** The first text directly in an element, its outer white space aside; nodes stand in document order. */
function firstText({ nodes }: Outline, element: number): string {
  const depth = nodes[element]?.depth ?? 0;
  for (let index = element + 1; index < nodes.length; index++) {
    const node = nodes[index];
    if (!node || node.depth <= depth) break;
    if (node.kind === 'text' && node.parent === element) return node.text.trim();
  }
  return '';
}

/** The head and the tail tell two Ids of one message apart; the middle does not. */
function shorten(value: string): string {
  return value.length > 18 ? `${value.slice(0, 8)}…${value.slice(-6)}` : value;
}

/** An element with what tells of it, and its text where that is short. */
function lineOf(node: OutlineNode, value: string, folded: boolean): string {
  const attributes = node.attributes
    .filter((attribute) => !attribute.declaration && TELLING.test(attribute.name))
    .map((attribute) => ` ${attribute.name}="${shorten(attribute.value)}"`)
    .join('');
  const start = `<${node.name}${attributes}>`;
  if (folded || value.length > TEXT) return `${start}…`;
  return value.length > 0 ? `${start}${value}</${node.name}>` : start;
}

/** `1 signature · 2 encrypted` */
function asideOf({ signatures, encrypted }: Trace): string {
  return PANE.protection(signatures.length, encrypted.length);
}

/** The pane; empty with a reason where nothing could be read as XML. */
export function securedPane(
  outline: Outline | null,
  trace: Trace | null,
  protection: readonly Protection[],
): PaneModel {
  const base = { pane: 'secured' as const, summary: PANE.secured, editable: false };
  if (!outline || outline.nodes.length === 0 || !trace) {
    return {
      ...base,
      aside: '',
      text: '',
      map: pieceMap([]),
      marks: [],
      notes: [],
      empty: trace ? PANE.notXml : PANE.notJudgedYet,
    };
  }
  const known = collectNotes(trace);
  const protectionsOf = protectionsByElement(protection);
  let text = '';
  const pieces: MapPiece[] = [];
  const marks: PaneMark[] = [];
  const notes: PaneNote[] = [];
  for (const { index, node, depth, folded } of collect(outline)) {
    const begin = text.length;
    const indent = '  '.repeat(Math.min(depth, 12));
    const line = `${indent}${lineOf(node, firstText(outline, index), folded)}`;
    text += `${line}\n`;
    const from = begin + indent.length;
    pieces.push({ text: begin, indent: indent.length, length: line.length, start: node.start, end: node.end });
    for (const found of protectionsOf(node.start, node.end)) {
      marks.push({ ...found, start: found.form === 'strip' ? begin : from, end: begin + line.length });
    }
    const remarks = outline.space === 'input' ? (known.get(node.start) ?? []) : [];
    const shown = remarks.length > 0 ? remarks : [defaultNote(node)].filter((note) => note !== null);
    for (const note of shown) notes.push({ at: begin + line.length, ...note });
  }
  return {
    ...base,
    aside: asideOf(trace),
    text: text.replace(/\n$/, ''),
    map: pieceMap(pieces),
    marks,
    notes,
    empty: null,
  };
}
