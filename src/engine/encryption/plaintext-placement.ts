/** Whether decrypted octets can stand in the place of the EncryptedData (XML Encryption 1.1 §4.4 and §4.5). */
import type { Budget } from '../bytes/budget.ts';
import { concatOctets } from '../bytes/octets.ts';
import { OctetWriter } from '../bytes/octet-writer.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import { SAML2, WSSE11 } from '../xml/namespaces.ts';
import { type NodeIndex, type XmlDocument, NodeFlag, NodeKind } from '../xml/document.ts';
import {
  attributes,
  childElements,
  childNodes,
  declaredPrefix,
  endOf,
  hasFlag,
  inScopeNamespaces,
  isElement,
  isNamespaceDeclaration,
  localName,
  namespaceUri,
  parentOf,
  qualifiedName,
  startOf,
} from '../xml/navigate.ts';
import { parseXml } from '../xml/parse.ts';
import { TYPE_CONTENT, TYPE_ELEMENT } from './encrypted-structure.ts';

/** Whether plaintext can stand where its ciphertext stood. */
export interface Placement {
  /** Octets left out at the start: a byte order mark, an XML declaration. */
  readonly skip: number;
  /** Whether the octets are content that can stand there. */
  readonly fits: boolean;
  /** Why not, or what is odd: a code of the XML parser, `not-an-element`, `parent-again`, or null. */
  readonly problem: string | null;
  /** Octet in the plaintext where the problem stands. */
  readonly offset: number | null;
  readonly elements: number;
  /** What the element needs from the wrapper that goes with its ciphertext; null where it needs nothing. */
  readonly carried: CarriedDeclarations | null;
}

/** Namespace declarations to write into the start tag of the plaintext's element. */
export interface CarriedDeclarations {
  /** Octet in the plaintext behind the element's name. */
  readonly at: number;
  readonly octets: Uint8Array;
}

/** Elements that stand for one encrypted element and go when it is decrypted. */
const WRAPPERS: readonly (readonly [string, string])[] = [
  [WSSE11, 'EncryptedHeader'],
  [SAML2, 'EncryptedAssertion'],
  [SAML2, 'EncryptedID'],
  [SAML2, 'NewEncryptedID'],
  [SAML2, 'EncryptedAttribute'],
];

/** The element whose place the plaintext takes: the EncryptedData, or the wrapper that has no other meaning. */
export function replacedElement(document: XmlDocument, node: NodeIndex): NodeIndex {
  const parent = parentOf(document, node);
  return parent > 0 && WRAPPERS.some(([uri, local]) => isElement(document, parent, uri, local)) ? parent : node;
}

const WRAPPER_START = encodeUtf8('<w');
/** Ends what {@link contextStartTag} begins. */
export const CONTEXT_END_TAG = encodeUtf8('</w>');

/**
 * Reads the plaintext as content in the namespace context of the EncryptedData's parent. Content must be whole in
 * itself: end tags of elements outside it, a DOCTYPE or a cut-off construct would change the rest of the document.
 * @param replaced the element whose place it takes
 */
export function placePlaintext(
  document: XmlDocument,
  node: NodeIndex,
  replaced: NodeIndex,
  type: string | null,
  plaintext: Uint8Array,
  budget: Budget,
): Placement {
  const skip = prologLength(plaintext);
  const start = contextStartTag(document, node);
  const octets = concatOctets(start, plaintext.subarray(skip), CONTEXT_END_TAG);
  const parsed = parseXml(octets, { budget, space: 'plaintext', externalEncoding: 'UTF-8' });
  const error = parsed.problems.find((problem) => problem.severity === 'error');
  if (error !== undefined || !parsed.wellFormed) {
    const at =
      error === undefined ? null : Math.min(plaintext.length, Math.max(0, error.range.start - start.length + skip));
    return { skip, fits: false, problem: error?.code ?? 'not-wellformed-xml', offset: at, elements: 0, carried: null };
  }
  const content = parsed.document;
  const roots = childElements(content, content.root);
  const [first] = roots;
  const alone = roots.length === 1 && !hasText(content);
  const atRoot = document.parent[replaced] === 0;
  const elements = roots.length;
  if (atRoot && !alone) return { skip, fits: false, problem: 'not-an-element', offset: null, elements, carried: null };
  const carried =
    replaced === node || first === undefined || !alone
      ? null
      : carriedBy(document, node, replaced, content, first, skip - start.length);
  // What was encrypted as an element begins and ends with its tags.
  const tagged = plaintext[skip] === 0x3c && plaintext[plaintext.length - 1] === 0x3e;
  if (type === TYPE_ELEMENT && (!alone || !tagged)) {
    return { skip, fits: true, problem: 'not-an-element', offset: null, elements, carried };
  }
  const again = type === TYPE_CONTENT && alone && first !== undefined && isParentAgain(document, node, content, first);
  return { skip, fits: true, problem: again ? 'parent-again' : null, offset: null, elements, carried };
}

/** Whether content has the name of the element whose content it is said to be. */
function isParentAgain(document: XmlDocument, node: NodeIndex, content: XmlDocument, first: NodeIndex): boolean {
  const parent = parentOf(document, node);
  return (
    parent > 0 &&
    localName(content, first) === localName(document, parent) &&
    namespaceUri(content, first) === namespaceUri(document, parent)
  );
}

/**
 * What the wrapper declares, the element around it does not, and the plaintext names without declaring it. In its place
 * the plaintext keeps the context that it was encrypted in (§4.4), though the wrapper's own tags go.
 * @param shift from offsets in `content` to those in the plaintext
 */
function carriedBy(
  document: XmlDocument,
  node: NodeIndex,
  replaced: NodeIndex,
  content: XmlDocument,
  element: NodeIndex,
  shift: number,
): CarriedDeclarations | null {
  const outer = inScopeNamespaces(document, parentOf(document, replaced));
  const own = new Set(
    attributes(content, element)
      .filter((attribute) => isNamespaceDeclaration(content, attribute))
      .map((attribute) => declaredPrefix(content, attribute)),
  );
  const name = qualifiedName(content, element);
  const text = decodeUtf8(content.octets, startOf(content, element), endOf(content, element));
  const names = (prefix: string) => (prefix === '' ? !name.includes(':') : text.includes(`${prefix}:`));
  let written = '';
  for (const [prefix, uri] of inScopeNamespaces(document, parentOf(document, node))) {
    if (outer.get(prefix) === uri || own.has(prefix) || !names(prefix)) continue;
    written += declaration(prefix, uri);
  }
  if (written === '') return null;
  const at = startOf(content, element) + shift + 1 + encodeUtf8(name).length;
  return { at, octets: encodeUtf8(written) };
}

/** The element with the declarations that it carries, and the way back to the plaintext. */
export function withDeclarations(plaintext: Uint8Array, skip: number, carried: CarriedDeclarations): PlacedPlaintext {
  const before = carried.at - skip;
  const past = before + carried.octets.length;
  const toPlaintext = (offset: number) =>
    offset <= before ? offset + skip : offset < past ? carried.at : offset - carried.octets.length + skip;
  return {
    octets: concatOctets(plaintext.subarray(skip, carried.at), carried.octets, plaintext.subarray(carried.at)),
    toPlaintext: (start, end) => [toPlaintext(start), toPlaintext(end)],
  };
}

/** Octets that stand in the place of a ciphertext, other than the plaintext itself. */
export interface PlacedPlaintext {
  readonly octets: Uint8Array;
  /** Octets of the plaintext that a range of `octets` came from. */
  toPlaintext(start: number, end: number): readonly [number, number];
}

function declaration(prefix: string, uri: string): string {
  const escaped = uri.replace(/[&<"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
  return ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped}"`;
}

function hasText(document: XmlDocument): boolean {
  for (const child of childNodes(document, document.root)) {
    const kind = document.kind[child];
    if (kind === NodeKind.text && !hasFlag(document, child, NodeFlag.whitespace)) return true;
    if (
      kind === NodeKind.cdata &&
      document.octets.subarray(document.contentStart[child], document.contentEnd[child]).some((octet) => octet > 0x20)
    ) {
      return true;
    }
  }
  return false;
}

/** A start tag with every namespace in scope where `node` stands. */
export function contextStartTag(document: XmlDocument, node: NodeIndex): Uint8Array {
  const out = new OctetWriter(256);
  out.slice(WRAPPER_START, 0, WRAPPER_START.length);
  for (const [prefix, uri] of inScopeNamespaces(document, parentOf(document, node))) {
    if (prefix === 'xml') continue;
    const text = encodeUtf8(declaration(prefix, uri));
    out.slice(text, 0, text.length);
  }
  const end = encodeUtf8('>');
  out.slice(end, 0, end.length);
  return out.toOctets();
}

/** Length of a byte order mark and an XML declaration: a whole document was encrypted. */
function prologLength(octets: Uint8Array): number {
  let at = octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf ? 3 : 0;
  const declaration = '<?xml';
  for (let i = 0; i < declaration.length; i++) if (octets[at + i] !== declaration.charCodeAt(i)) return at;
  const after = octets[at + declaration.length];
  if (after !== 0x20 && after !== 0x09 && after !== 0x0a && after !== 0x0d) return at;
  for (let end = at + declaration.length; end + 1 < Math.min(octets.length, 1024); end++) {
    if (octets[end] === 0x3f && octets[end + 1] === 0x3e) {
      at = end + 2;
      break;
    }
  }
  return at;
}
