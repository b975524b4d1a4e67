/** Reading a parsed document: names, children, attributes, text, namespaces in scope, paths and ranges. */
import { XML } from './namespaces.ts';
import { OctetWriter } from '../bytes/octet-writer.ts';
import type { SourceRange } from '../bytes/source-range.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { writeAttributeValue, writeText, writeVerbatim } from './character-data.ts';
import {
  AttributeFlag,
  NO_NODE,
  NodeFlag,
  NodeKind,
  type AttributeIndex,
  type NodeIndex,
  type XmlDocument,
} from './document.ts';

/** Whether `node` is an element with that expanded name; `uri` null matches any namespace. */
export function isElement(doc: XmlDocument, node: NodeIndex, uri: string | null, local: string): boolean {
  return (
    doc.kind[node] === NodeKind.element &&
    doc.names.local[doc.name[node]!] === local &&
    (uri === null || doc.uris[doc.uri[node]!] === uri)
  );
}

/** Local part of an element's name, a PI's target; "" for other nodes. */
export function localName(doc: XmlDocument, node: NodeIndex): string {
  return doc.names.local[doc.name[node]!] ?? '';
}

/** Namespace name of an element; "" for none. */
export function namespaceUri(doc: XmlDocument, node: NodeIndex): string {
  return doc.uris[doc.uri[node]!] ?? '';
}

/** The name as written, prefix included; "" for nodes without a name. */
export function qualifiedName(doc: XmlDocument, node: NodeIndex): string {
  return doc.names.qualified[doc.name[node]!] ?? '';
}

/** Every child, in document order. */
export function* childNodes(doc: XmlDocument, node: NodeIndex): Generator<NodeIndex> {
  const after = doc.next[node]!;
  for (let child = node + 1; child < after; child = doc.next[child]!) yield child;
}

/** Child elements, in document order. */
export function childElements(doc: XmlDocument, node: NodeIndex): NodeIndex[] {
  const children: NodeIndex[] = [];
  const after = doc.next[node]!;
  for (let child = node + 1; child < after; child = doc.next[child]!) {
    if (doc.kind[child] === NodeKind.element) children.push(child);
  }
  return children;
}

/** Child elements with that expanded name (`uri` null: any namespace). */
export function childElementsNamed(doc: XmlDocument, node: NodeIndex, uri: string | null, local: string): NodeIndex[] {
  return childElements(doc, node).filter((child) => isElement(doc, child, uri, local));
}

/** The first child element with that expanded name (`uri` null: any namespace), or {@link NO_NODE}. */
export function firstChildElement(doc: XmlDocument, node: NodeIndex, uri: string | null, local: string): NodeIndex {
  const after = doc.next[node]!;
  for (let child = node + 1; child < after; child = doc.next[child]!) {
    if (isElement(doc, child, uri, local)) return child;
  }
  return NO_NODE;
}

/** Elements below `node`, itself excluded, in document order. Use node 0 for the whole document. */
export function* descendantElements(doc: XmlDocument, node: NodeIndex): Generator<NodeIndex> {
  const after = doc.next[node]!;
  for (let at = node + 1; at < after; at++) if (doc.kind[at] === NodeKind.element) yield at;
}

/** Elements below `node` with that expanded name (`uri` null: any namespace), in document order. */
export function descendantElementsNamed(
  doc: XmlDocument,
  node: NodeIndex,
  uri: string | null,
  local: string,
): NodeIndex[] {
  const found: NodeIndex[] = [];
  // Most often none or one name has the local part: numbers are compared before strings.
  const { local: locals } = doc.names;
  const first = locals.indexOf(local);
  if (first < 0) return found;
  const last = locals.lastIndexOf(local);
  const after = doc.next[node]!;
  for (let at = node + 1; at < after; at++) {
    const name = doc.name[at]!;
    if (name >= first && name <= last && isElement(doc, at, uri, local)) found.push(at);
  }
  return found;
}

/** Offset of a node's first octet in its document. */
export function startOf(doc: XmlDocument, node: NodeIndex): number {
  return doc.start[node]!;
}

/** One past a node's last octet. */
export function endOf(doc: XmlDocument, node: NodeIndex): number {
  return doc.end[node]!;
}

/** The node that holds this one; `NO_NODE` for the document node. */
export function parentOf(doc: XmlDocument, node: NodeIndex): NodeIndex {
  return doc.parent[node]!;
}

/** The node that follows a node and all that it holds; the number of nodes where none does. */
export function nextOf(doc: XmlDocument, node: NodeIndex): NodeIndex {
  return doc.next[node]!;
}

/** The element that an attribute stands in. */
export function ownerOf(doc: XmlDocument, attribute: AttributeIndex): NodeIndex {
  return doc.attributeOwner[attribute]!;
}

/** Offset of the first octet of an attribute's name. */
export function nameStartOf(doc: XmlDocument, attribute: AttributeIndex): number {
  return doc.attributeNameStart[attribute]!;
}

/** Number of an attribute's name in the document's table of names. */
export function attributeNameOf(doc: XmlDocument, attribute: AttributeIndex): number {
  return doc.attributeName[attribute]!;
}

/** A node's kind, one of {@link NodeKind}. */
export function kindOf(doc: XmlDocument, node: NodeIndex): number {
  return doc.kind[node]!;
}

/** Number of an element's prefix in the document's table of names. */
export function prefixIdOf(doc: XmlDocument, node: NodeIndex): number {
  return doc.names.prefixId[doc.name[node]!]!;
}

/** Whether one of the bits of {@link NodeFlag} is set. */
export function hasFlag(doc: XmlDocument, node: NodeIndex, flag: number): boolean {
  return (doc.nodeFlags[node]! & flag) !== 0;
}

/** Whether the octet at `offset` of the document is one of the node's. */
export function holdsOffset(doc: XmlDocument, node: NodeIndex, offset: number): boolean {
  return startOf(doc, node) <= offset && offset < endOf(doc, node);
}

/** Parents from the nearest up to the document node. */
export function* ancestors(doc: XmlDocument, node: NodeIndex): Generator<NodeIndex> {
  for (let at = doc.parent[node]!; at !== NO_NODE; at = doc.parent[at]!) yield at;
}

/** Whether `node` is `ancestor` or stands inside it. */
export function isWithin(doc: XmlDocument, node: NodeIndex, ancestor: NodeIndex): boolean {
  return node >= ancestor && node < doc.next[ancestor]!;
}

/** Indices of all attributes of an element, namespace declarations included, in the order written. */
export function attributes(doc: XmlDocument, node: NodeIndex): AttributeIndex[] {
  const first = doc.firstAttribute[node]!;
  return Array.from({ length: doc.attributeCount[node]! }, (_, i) => first + i);
}

/** Whether an attribute declares a namespace. */
export function isNamespaceDeclaration(doc: XmlDocument, attribute: AttributeIndex): boolean {
  return (doc.attributeFlags[attribute]! & AttributeFlag.namespaceDeclaration) !== 0;
}

/** The prefix that a namespace declaration declares; "" for `xmlns`. */
export function declaredPrefix(doc: XmlDocument, attribute: AttributeIndex): string {
  const name = doc.attributeName[attribute]!;
  return doc.names.prefix[name] === 'xmlns' ? doc.names.local[name]! : '';
}

/** The namespace name that a declaration declares; "" where it takes the default away. */
export function declaredNamespace(doc: XmlDocument, attribute: AttributeIndex): string {
  return doc.uris[doc.declaredUri[attribute]!] ?? '';
}

/** The name without its prefix. */
export function attributeLocalName(doc: XmlDocument, attribute: AttributeIndex): string {
  return doc.names.local[doc.attributeName[attribute]!]!;
}

/** The namespace name; empty without one. */
export function attributeNamespaceUri(doc: XmlDocument, attribute: AttributeIndex): string {
  return doc.uris[doc.attributeUri[attribute]!]!;
}

/** The name as written. */
export function attributeQualifiedName(doc: XmlDocument, attribute: AttributeIndex): string {
  return doc.names.qualified[doc.attributeName[attribute]!]!;
}

/** The attribute with that expanded name (`uri` "": no namespace; null: any), or -1. */
export function findAttribute(doc: XmlDocument, node: NodeIndex, uri: string | null, local: string): AttributeIndex {
  const first = doc.firstAttribute[node]!;
  const after = first + doc.attributeCount[node]!;
  for (let at = first; at < after; at++) {
    if (
      doc.names.local[doc.attributeName[at]!] === local &&
      (uri === null || doc.uris[doc.attributeUri[at]!] === uri)
    ) {
      return at;
    }
  }
  return -1;
}

/** The normalized value (XML 1.0 §3.3.3) of the attribute at `attribute`. */
export function attributeText(doc: XmlDocument, attribute: AttributeIndex): string {
  const start = doc.attributeValueStart[attribute]!;
  const end = doc.attributeValueEnd[attribute]!;
  if ((doc.attributeFlags[attribute]! & AttributeFlag.needsRewriting) === 0) return decodeUtf8(doc.octets, start, end);
  const out = new OctetWriter(end - start);
  writeAttributeValue(out, doc.octets, start, end);
  return decodeUtf8(out.view());
}

/** The normalized value of the attribute with that expanded name, or null where there is none. */
export function attributeValue(doc: XmlDocument, node: NodeIndex, uri: string | null, local: string): string | null {
  const attribute = findAttribute(doc, node, uri, local);
  return attribute < 0 ? null : attributeText(doc, attribute);
}

/**
 * The characters of a node as UTF-8, references replaced and line ends normalized: those of a text, CDATA
 * section, comment or PI itself; of an element or the document, all text and CDATA inside (XPath string-value).
 */
export function textOctets(doc: XmlDocument, node: NodeIndex): Uint8Array<ArrayBuffer> {
  const kind = doc.kind[node]!;
  // One text as it stands, which the largest values are: one copy instead of three.
  const only = kind === NodeKind.element && doc.next[node] === node + 2 ? node + 1 : node;
  if (doc.kind[only] === NodeKind.text && (doc.nodeFlags[only]! & NodeFlag.needsRewriting) === 0) {
    return new Uint8Array(doc.octets.subarray(doc.contentStart[only], doc.contentEnd[only]));
  }
  const out = new OctetWriter(64);
  if (kind === NodeKind.element || kind === NodeKind.document) {
    const after = doc.next[node]!;
    for (let at = node + 1; at < after; at++) {
      const inner = doc.kind[at]!;
      if (inner === NodeKind.text || inner === NodeKind.cdata) writeContent(out, doc, at, inner);
    }
  } else {
    writeContent(out, doc, node, kind);
  }
  return out.toOctets();
}

/** {@link textOctets} as a string. */
export function textContent(doc: XmlDocument, node: NodeIndex): string {
  return decodeUtf8(textOctets(doc, node));
}

function writeContent(out: OctetWriter, doc: XmlDocument, node: NodeIndex, kind: number): void {
  const start = doc.contentStart[node]!;
  const end = doc.contentEnd[node]!;
  if (kind !== NodeKind.text) writeVerbatim(out, doc.octets, start, end);
  else if ((doc.nodeFlags[node]! & NodeFlag.needsRewriting) !== 0) writeText(out, doc.octets, start, end);
  else out.slice(doc.octets, start, end);
}

/** The namespace name that `prefix` ("" for the default) has at `node`; null where the prefix is not declared. */
export function resolvePrefix(doc: XmlDocument, node: NodeIndex, prefix: string): string | null {
  if (prefix === 'xml') return XML;
  if (prefix === 'xmlns') return doc.uris[2]!;
  for (let at = node; at !== NO_NODE; at = doc.parent[at]!) {
    const first = doc.firstAttribute[at]!;
    const after = first + doc.attributeCount[at]!;
    for (let attribute = first; attribute < after; attribute++) {
      if (isNamespaceDeclaration(doc, attribute) && declaredPrefix(doc, attribute) === prefix) {
        return doc.uris[doc.declaredUri[attribute]!]!;
      }
    }
  }
  return prefix === '' ? '' : null;
}

/** Every prefix in scope at `node` and its namespace name; `xml` included, an undeclared default ("") left out. */
export function inScopeNamespaces(doc: XmlDocument, node: NodeIndex): Map<string, string> {
  const scope = new Map<string, string>([['xml', XML]]);
  for (let at = node; at !== NO_NODE; at = doc.parent[at]!) {
    for (const attribute of attributes(doc, at)) {
      if (!isNamespaceDeclaration(doc, attribute)) continue;
      const prefix = declaredPrefix(doc, attribute);
      if (!scope.has(prefix)) scope.set(prefix, doc.uris[doc.declaredUri[attribute]!]!);
    }
  }
  if (scope.get('') === '') scope.delete('');
  return scope;
}

/**
 * A QName in content (`wsse:FailedCheck`), read with the declarations in scope, the default one included; null where it
 * has no meaning.
 */
export function resolveQName(doc: XmlDocument, node: NodeIndex, qname: string): { uri: string; local: string } | null {
  const parts = qname.split(':');
  if (parts.length > 2 || parts.some((part) => part === '')) return null;
  const [prefix, local] = parts.length === 2 ? parts : ['', qname];
  const uri = prefix === undefined ? null : resolvePrefix(doc, node, prefix);
  return uri === null || local === undefined ? null : { uri, local };
}

/**
 * By document, each element's position among its siblings of the same name, 0 where not counted yet, -1 where it is the
 * only one.
 */
const POSITIONS = new WeakMap<XmlDocument, Int32Array>();

/**
 * Counts the children of `parent` once, so that the paths of all elements of a document cost no more than the document.
 */
function siblingPosition(doc: XmlDocument, node: NodeIndex): number {
  let positions = POSITIONS.get(doc);
  if (positions === undefined) {
    positions = new Int32Array(doc.nodeCount);
    POSITIONS.set(doc, positions);
  }
  if (positions[node] === 0) {
    const siblings = childElements(doc, doc.parent[node]!);
    const counts = new Map<number, number>();
    for (const sibling of siblings) {
      const position = (counts.get(doc.name[sibling]!) ?? 0) + 1;
      counts.set(doc.name[sibling]!, position);
      positions[sibling] = position;
    }
    for (const sibling of siblings) if (counts.get(doc.name[sibling]!) === 1) positions[sibling] = -1;
  }
  return positions[node]!;
}

/**
 * `/soap:Envelope/soap:Body` with the document's own prefixes; `[2]` where siblings share a name. "" for the document.
 */
export function elementPath(doc: XmlDocument, node: NodeIndex): string {
  const steps: string[] = [];
  for (let at = node; at > 0; at = doc.parent[at]!) {
    if (doc.kind[at] !== NodeKind.element) continue;
    const position = siblingPosition(doc, at);
    steps.push(`/${qualifiedName(doc, at)}${position > 0 ? `[${position}]` : ''}`);
  }
  return steps.reverse().join('');
}

/** The whole node, from an element's `<` to its end tag's `>`. */
export function nodeRange(doc: XmlDocument, node: NodeIndex): SourceRange {
  return doc.range(doc.start[node]!, doc.end[node]!);
}

/** An element's start tag, `<` to `>`. */
export function startTagRange(doc: XmlDocument, node: NodeIndex): SourceRange {
  return doc.range(doc.start[node]!, doc.contentStart[node]!);
}

/** What stands between an element's tags, or a node's own content. */
export function contentRange(doc: XmlDocument, node: NodeIndex): SourceRange {
  return doc.range(doc.contentStart[node]!, doc.contentEnd[node]!);
}

/** Name, `=` and quoted value. */
export function attributeRange(doc: XmlDocument, attribute: AttributeIndex): SourceRange {
  return doc.range(doc.attributeNameStart[attribute]!, doc.attributeValueEnd[attribute]! + 1);
}

/** The value between the quotes. */
export function attributeValueRange(doc: XmlDocument, attribute: AttributeIndex): SourceRange {
  return doc.range(doc.attributeValueStart[attribute]!, doc.attributeValueEnd[attribute]!);
}
