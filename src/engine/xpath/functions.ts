/**
 * The core functions over values: strings and numbers (XML Path Language 1.0 §4.2, §4.4). Characters are code points,
 * not UTF-16 units.
 */
import type { NodeNumbers, XPathNode } from './node-numbers.ts';
import { NodeKind } from '../xml/document.ts';
import { attributeText, findAttribute } from '../xml/navigate.ts';
import { XML } from '../xml/namespaces.ts';

/** §4.2: the characters at 1-based positions from `round(start)` on, `round(length)` of them; NaN takes none. */
export function substring(text: string, start: number, length: number | null): string {
  const first = roundHalfUp(start);
  const after = length === null ? Number.POSITIVE_INFINITY : first + roundHalfUp(length);
  let position = 0;
  let result = '';
  for (const character of text) {
    position += 1;
    if (position >= first && position < after) result += character;
  }
  return result;
}

/** string-length: characters, not UTF-16 units (§4.2). */
export function stringLength(text: string): number {
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    // A trailing surrogate belongs to the character before it.
    const unit = text.charCodeAt(at);
    if (unit < 0xdc00 || unit > 0xdfff) length += 1;
  }
  return length;
}

/** normalize-space: of XML white space (§4.2). */
export function normalizeSpace(text: string): string {
  return text
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== '')
    .join(' ');
}

/**
 * Each character of `from` becomes the one at its place in `to`, or nothing where `to` is shorter; the first occurrence
 * counts.
 */
export function translate(text: string, from: string, to: string): string {
  const replacements = [...to];
  const map = new Map<string, string>();
  [...from].forEach((character, index) => {
    if (!map.has(character)) map.set(character, replacements[index] ?? '');
  });
  let result = '';
  for (const character of text) result += map.get(character) ?? character;
  return result;
}

/** substring-before; empty where `part` is not in the text (§4.2). */
export function substringBefore(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? '' : text.slice(0, at);
}

/** substring-after; empty where `part` is not in the text (§4.2). */
export function substringAfter(text: string, mark: string): string {
  const at = text.indexOf(mark);
  return at < 0 ? '' : text.slice(at + mark.length);
}

/** §4.4: halves go towards positive infinity, and -0.2 gives negative zero. */
export function roundHalfUp(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value;
  if (value < 0 && value >= -0.5) return -0;
  return Math.floor(value + 0.5);
}

/** Local part, namespace name or qualified name of a node; "" where it has none (§4.1). */
export function nodeName(part: 'local-name' | 'namespace-uri' | 'name', node: XPathNode, nodes: NodeNumbers): string {
  const { document } = nodes;
  if (nodes.isNamespace(node)) {
    return part === 'namespace-uri' ? '' : nodes.prefixes[nodes.namespaces().prefix[node - nodes.namespaceBase]!]!;
  }
  const attribute = node - nodes.attributeBase;
  const kind = attribute >= 0 ? NodeKind.element : document.kind[node]!;
  if (kind !== NodeKind.element && kind !== NodeKind.processingInstruction) return '';
  const name = attribute >= 0 ? document.attributeName[attribute]! : document.name[node]!;
  // A target is no QName: it is its own local part.
  if (kind === NodeKind.processingInstruction) return part === 'namespace-uri' ? '' : document.names.qualified[name]!;
  if (part === 'name') return document.names.qualified[name]!;
  if (part === 'local-name') return document.names.local[name]!;
  return document.uris[attribute >= 0 ? document.attributeUri[attribute]! : document.uri[node]!]!;
}

/** §4.3: whether the nearest `xml:lang` is `language` or a sublanguage of it. */
export function isLanguage(node: XPathNode, language: string, nodes: NodeNumbers): boolean {
  const { document } = nodes;
  for (let at = nodes.owner(node); at > 0; at = document.parent[at]!) {
    if (document.kind[at] !== NodeKind.element) continue;
    const attribute = findAttribute(document, at, XML, 'lang');
    if (attribute < 0) continue;
    const found = attributeText(document, attribute).toLowerCase();
    const wanted = language.toLowerCase();
    return found === wanted || found.startsWith(`${wanted}-`);
  }
  return false;
}
