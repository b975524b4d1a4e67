/** Whether decrypted octets can stand in the place of the EncryptedData (XML Encryption 1.1 §4.4 and §4.5). */
import type { Budget } from '../bytes/budget.ts';
import { concatOctets } from '../bytes/octets.ts';
import { OctetWriter } from '../bytes/octet-writer.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { SAML2, WSSE11 } from '../xml/namespaces.ts';
import { type NodeIndex, type XmlDocument, NodeFlag, NodeKind } from '../xml/document.ts';
import {
  childElements,
  childNodes,
  hasFlag,
  inScopeNamespaces,
  isElement,
  localName,
  namespaceUri,
  parentOf,
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
 * Reads the plaintext as content in the namespace context of `replaced`. Content must be whole in itself: end tags of
 * elements outside it, a DOCTYPE or a cut-off construct would change the rest of the document.
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
  const start = contextStartTag(document, replaced);
  const octets = concatOctets(start, plaintext.subarray(skip), CONTEXT_END_TAG);
  const parsed = parseXml(octets, { budget, space: 'plaintext', externalEncoding: 'UTF-8' });
  const error = parsed.problems.find((problem) => problem.severity === 'error');
  if (error !== undefined || !parsed.wellFormed) {
    const at =
      error === undefined ? null : Math.min(plaintext.length, Math.max(0, error.range.start - start.length + skip));
    return { skip, fits: false, problem: error?.code ?? 'not-wellformed-xml', offset: at, elements: 0 };
  }
  const content = parsed.document;
  const roots = childElements(content, content.root);
  const [first] = roots;
  const alone = roots.length === 1 && !hasText(content);
  const atRoot = document.parent[replaced] === 0;
  if (atRoot && !alone) return { skip, fits: false, problem: 'not-an-element', offset: null, elements: roots.length };
  // What was encrypted as an element begins and ends with its tags.
  const tagged = plaintext[skip] === 0x3c && plaintext[plaintext.length - 1] === 0x3e;
  if (type === TYPE_ELEMENT && (!alone || !tagged)) {
    return { skip, fits: true, problem: 'not-an-element', offset: null, elements: roots.length };
  }
  const parent = parentOf(document, node);
  const again =
    type === TYPE_CONTENT &&
    alone &&
    first !== undefined &&
    parent > 0 &&
    localName(content, first) === localName(document, parent) &&
    namespaceUri(content, first) === namespaceUri(document, parent);
  return { skip, fits: true, problem: again ? 'parent-again' : null, offset: null, elements: roots.length };
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
    const escaped = uri.replace(/[&<"\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
    const text = encodeUtf8(` xmlns${prefix === '' ? '' : `:${prefix}`}="${escaped}"`);
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
