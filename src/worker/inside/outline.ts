/** The message's structure for the panes, from the engine's own tree: bounded, flat, in document order. */
import {
  attributeQualifiedName,
  attributes,
  isNamespaceDeclaration,
  localName,
  namespaceUri,
  qualifiedName,
} from '../../engine/xml/navigate.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../../engine/xml/document.ts';
import { decodeUtf8 } from '../../engine/bytes/utf8.ts';
import {
  OUTLINE_NODES,
  OUTLINE_TEXT,
  type Outline,
  type OutlineAttribute,
  type OutlineNode,
} from '../page/protocol.ts';

const KINDS: Readonly<Record<number, OutlineNode['kind']>> = {
  [NodeKind.element]: 'element',
  [NodeKind.text]: 'text',
  [NodeKind.cdata]: 'text',
  [NodeKind.comment]: 'comment',
  [NodeKind.processingInstruction]: 'instruction',
};
const ATTRIBUTES = 64;
const VALUE = 300;

/** Text as written, cut; a cut never splits a character. */
function written(document: XmlDocument, start: number, end: number, limit: number): string {
  let until = Math.min(end, start + limit);
  if (until < end) while (until > start && ((document.octets[until] ?? 0) & 0xc0) === 0x80) until--;
  return decodeUtf8(document.octets, start, until);
}

/** Of a message of which nothing was read. */
export const EMPTY_OUTLINE: Outline = { space: 'input', nodes: [], cut: false };

/** The first {@link OUTLINE_NODES} nodes; white space between elements is left out. */
export function outlineOf(document: XmlDocument): Outline {
  const nodes: OutlineNode[] = [];
  /** Of each node in the outline, or -1. */
  const position = new Int32Array(document.nodeCount).fill(-1);
  const depths = new Int32Array(document.nodeCount);
  let cut = false;
  for (let node = 1; node < document.nodeCount; node++) {
    const above = document.parent[node] ?? 0;
    const parent = above <= 0 ? -1 : (position[above] ?? -1);
    const depth = above <= 0 ? 0 : (depths[above] ?? 0) + 1;
    depths[node] = depth;
    const made = outlineNode(document, node, parent, depth);
    if (made === null) continue;
    if (nodes.length === OUTLINE_NODES) {
      cut = true;
      break;
    }
    position[node] = nodes.length;
    nodes.push(made);
  }
  const { root, space } = document;
  return {
    space: root > 0 ? document.range(document.start[root] ?? 0, document.end[root] ?? 0).space : space,
    nodes,
    cut,
  };
}

/** Null for what the panes do not show. */
function outlineNode(document: XmlDocument, node: NodeIndex, parent: number, depth: number): OutlineNode | null {
  const kind = KINDS[document.kind[node] ?? 0];
  if (!kind) return null;
  const start = document.start[node] ?? 0;
  const end = document.end[node] ?? 0;
  const contentStart = document.contentStart[node] ?? start;
  const contentEnd = document.contentEnd[node] ?? end;
  const place = document.range(start, end);
  if (kind === 'element') {
    const content = document.range(contentStart, Math.max(contentStart, contentEnd));
    return {
      kind,
      parent,
      depth,
      start: place.start,
      end: place.end,
      contentStart: content.start,
      contentEnd: content.end,
      name: qualifiedName(document, node),
      local: localName(document, node),
      uri: namespaceUri(document, node),
      attributes: attributesOf(document, node),
      text: '',
      size: 0,
    };
  }
  // With its marks: what stands in a CDATA section is no markup, and reads as some without them.
  const isCdata = document.kind[node] === NodeKind.cdata;
  const text = isCdata
    ? written(document, start, end, OUTLINE_TEXT)
    : written(document, contentStart, contentEnd, OUTLINE_TEXT);
  if (kind === 'text' && text.trim() === '') return null;
  return {
    kind,
    parent,
    depth,
    start: place.start,
    end: place.end,
    contentStart: place.start,
    contentEnd: place.end,
    name: '',
    local: '',
    uri: '',
    attributes: [],
    text,
    size: contentEnd - contentStart,
  };
}

function attributesOf(document: XmlDocument, node: NodeIndex): readonly OutlineAttribute[] {
  return attributes(document, node)
    .slice(0, ATTRIBUTES)
    .map((attribute) => ({
      name: attributeQualifiedName(document, attribute),
      value: written(
        document,
        document.attributeValueStart[attribute] ?? 0,
        document.attributeValueEnd[attribute] ?? 0,
        VALUE,
      ),
      declaration: isNamespaceDeclaration(document, attribute),
    }));
}
