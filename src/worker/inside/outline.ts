/** The message's structure for the panes, from the engine's own tree: bounded, flat, in document order. */
import {
  attributeQualifiedName,
  attributes,
  isNamespaceDeclaration,
  localName,
  namespaceUri,
  qualifiedName,
} from '../../engine/xml/navigate.ts';
import { NodeKind, type XmlDocument } from '../../engine/xml/document.ts';
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

/** The first {@link OUTLINE_NODES} nodes; white space between elements is left out. */
export function outlineOf(document: XmlDocument): Outline {
  const nodes: OutlineNode[] = [];
  const position = new Int32Array(document.nodeCount).fill(-1);
  const depths = new Int32Array(document.nodeCount);
  let cut = false;
  for (let node = 1; node < document.nodeCount; node++) {
    const code = document.kind[node] ?? 0;
    const kind = KINDS[code];
    const parent = document.parent[node] ?? 0;
    const depth = parent <= 0 ? 0 : (depths[parent] ?? 0) + 1;
    depths[node] = depth;
    if (!kind) continue;
    const start = document.start[node] ?? 0;
    const end = document.end[node] ?? 0;
    const contentStart = document.contentStart[node] ?? start;
    const contentEnd = document.contentEnd[node] ?? end;
    const text = kind === 'element' ? '' : written(document, contentStart, contentEnd, OUTLINE_TEXT);
    if (kind === 'text' && text.trim() === '') continue;
    if (nodes.length === OUTLINE_NODES) {
      cut = true;
      break;
    }
    position[node] = nodes.length;
    const place = document.range(start, end);
    const content = kind === 'element' ? document.range(contentStart, Math.max(contentStart, contentEnd)) : place;
    const read: OutlineAttribute[] =
      kind !== 'element'
        ? []
        : attributes(document, node)
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
    nodes.push({
      kind,
      parent: parent <= 0 ? -1 : (position[parent] ?? -1),
      depth,
      start: place.start,
      end: place.end,
      contentStart: content.start,
      contentEnd: content.end,
      name: kind === 'element' ? qualifiedName(document, node) : '',
      local: kind === 'element' ? localName(document, node) : '',
      uri: kind === 'element' ? namespaceUri(document, node) : '',
      attributes: read,
      text,
      size: kind === 'element' ? 0 : contentEnd - contentStart,
    });
  }
  return {
    space:
      document.root > 0
        ? document.range(document.start[document.root] ?? 0, document.end[document.root] ?? 0).space
        : document.space,
    nodes,
    cut,
  };
}
