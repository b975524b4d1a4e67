/** A message as attacks see it: its octets, its tree, and what in it is signed, read without any key. */
import { Budget } from '../bytes/budget.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import { readEnvelope, type Envelope } from '../envelope/read-envelope.ts';
import { openInput } from '../input/open-input.ts';
import { indexIds } from '../references/index-ids.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { Splice } from '../splice/octet-splice.ts';
import { NodeKind, NO_NODE, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributes,
  attributeText,
  attributeValue,
  childElementsNamed,
  descendantElementsNamed,
  firstChildElement,
  isElement,
  nextOf,
  qualifiedName,
  textContent,
} from '../xml/navigate.ts';
import { attributeValueSpan, contentSpan, nodeSpan, startTagSpan } from '../xml/node-spans.ts';
import { parseXml } from '../xml/parse.ts';
import { DS, WSSE, WSU, XENC } from '../xml/namespaces.ts';

/** A change of the input, in octets of it. */
export type Change = Splice;

/** Why an attack cannot be made on a message. */
export type Unfit =
  /**
   * The document is not a plain stretch of UTF-8 in the input: a transfer coding or another encoding lies around it.
   */
  | 'encoded'
  | 'not-well-formed'
  | 'not-soap'
  | 'no-header'
  | 'no-security-header'
  | 'no-signature'
  | 'no-signed-body'
  | 'no-signed-timestamp'
  | 'no-signed-addressing'
  | 'no-text'
  | 'no-key-info'
  | 'no-token'
  | 'no-username-token'
  | 'no-assertion'
  | 'no-encrypted-data'
  | 'no-encrypted-key'
  | 'no-cbc'
  | 'no-gcm'
  | 'no-parts'
  | 'no-type-name';

/** A message to attack. */
export interface AttackedMessage {
  /** As it arrived. */
  readonly input: Uint8Array;
  readonly document: XmlDocument;
  /** Where the document's octets begin in the input. */
  readonly offset: number;
  readonly ids: IdIndex;
  readonly envelope: Envelope | null;
  /** The first Security header. */
  readonly security: NodeIndex | null;
  /** Every ds:Signature. */
  readonly signatures: readonly NodeIndex[];
  /** Elements that a reference of a signature names by their Id. */
  readonly signed: readonly NodeIndex[];
  /** Whether there are parts beside the document. */
  readonly hasParts: boolean;
}

/** Reads a message for attacks. @returns why it cannot be attacked here */
export function readAttacked(input: Uint8Array): AttackedMessage | Unfit {
  const budget = new Budget();
  const { octets, segments, parts } = openInput(input, budget);
  const [segment] = segments;
  if (segments.length !== 1 || segment?.kind !== 'copied') return 'encoded';
  const { document, wellFormed } = parseXml(octets, { budget });
  if (!wellFormed || document.root === NO_NODE) return 'not-well-formed';
  // A document of another encoding is converted: its places are not the input's.
  const offset = segment.sourceStart;
  if (document.octets.length !== octets.length) return 'encoded';
  const envelope = readEnvelope(document);
  const ids = indexIds(document, []);
  const signatures = descendantElementsNamed(document, 0, DS, 'Signature');
  const header = envelope?.header ?? null;
  const [security] = header === null ? [] : childElementsNamed(document, header, WSSE, 'Security');
  return {
    input,
    document,
    offset,
    ids,
    envelope,
    security: security ?? null,
    signatures,
    signed: signedElements(document, ids, signatures),
    hasParts: parts.size > 0,
  };
}

function signedElements(document: XmlDocument, ids: IdIndex, signatures: readonly NodeIndex[]): readonly NodeIndex[] {
  const references = signatures.flatMap((signature) => {
    const info = firstChildElement(document, signature, DS, 'SignedInfo');
    return info === NO_NODE ? [] : childElementsNamed(document, info, DS, 'Reference');
  });
  return references.flatMap((reference) => {
    const uri = attributeValue(document, reference, '', 'URI') ?? '';
    return uri.startsWith('#') ? ids.lookup(uri.slice(1)).map(({ element }) => element) : [];
  });
}

/** The Body, where a reference names it by its Id. */
export function signedBody({ envelope, signed }: AttackedMessage): NodeIndex | null {
  const body = envelope?.body ?? null;
  return body !== null && signed.includes(body) ? body : null;
}

/** The Timestamp of the first Security header, where a reference names it. */
export function signedTimestamp({ document, security, signed }: AttackedMessage): NodeIndex | null {
  if (security === null) return null;
  const timestamp = firstChildElement(document, security, WSU, 'Timestamp');
  return timestamp !== NO_NODE && signed.includes(timestamp) ? timestamp : null;
}

/** One of several, by the seed. */
export function chosen<One>(list: readonly One[], seed: number): One | undefined {
  return list.length === 0 ? undefined : list[seed % list.length];
}

/** The texts of an element that are more than white space, and none of its ciphertext. */
export function textsIn({ document }: AttackedMessage, element: NodeIndex): readonly NodeIndex[] {
  const texts: NodeIndex[] = [];
  for (let node = element; node < nextOf(document, element); node++) {
    if (isElement(document, node, XENC, 'EncryptedData')) node = nextOf(document, node) - 1;
    else if (document.kind[node] === NodeKind.text && textContent(document, node).trim() !== '') texts.push(node);
  }
  return texts;
}

/** The octets of the element as they stand. */
export function octetsOf({ document }: AttackedMessage, node: NodeIndex): Uint8Array {
  const { start, end } = nodeSpan(document, node);
  return document.octets.subarray(start, end);
}

/** As text. */
export function sourceOf(message: AttackedMessage, node: NodeIndex): string {
  return decodeUtf8(octetsOf(message, node));
}

const octetsFor = (xml: string | Uint8Array) => (typeof xml === 'string' ? encodeUtf8(xml) : xml);

/** Puts `by` in the place of an element, or of another node. */
export function replaced({ document, offset }: AttackedMessage, node: NodeIndex, by: string | Uint8Array): Change {
  const { start, end } = nodeSpan(document, node);
  return { start: offset + start, end: offset + end, octets: octetsFor(by) };
}

/** Takes a node away. */
export function removed(message: AttackedMessage, node: NodeIndex): Change {
  return replaced(message, node, '');
}

/** Puts something before a node. */
export function before({ document, offset }: AttackedMessage, node: NodeIndex, xml: string | Uint8Array): Change {
  const { start } = nodeSpan(document, node);
  return { start: offset + start, end: offset + start, octets: octetsFor(xml) };
}

/** Puts something after a node. */
export function after({ document, offset }: AttackedMessage, node: NodeIndex, xml: string | Uint8Array): Change {
  const { end } = nodeSpan(document, node);
  return { start: offset + end, end: offset + end, octets: octetsFor(xml) };
}

/** Puts something at the end of an element's content. */
export function appended(message: AttackedMessage, element: NodeIndex, xml: string | Uint8Array): Change {
  const { document, offset } = message;
  const { end } = contentSpan(document, element);
  if (isEmptyTag(message, element)) return opened(message, element, octetsFor(xml));
  return { start: offset + end, end: offset + end, octets: octetsFor(xml) };
}

/** Puts something at the beginning of an element's content. */
export function prepended(message: AttackedMessage, element: NodeIndex, xml: string | Uint8Array): Change {
  const { document, offset } = message;
  if (isEmptyTag(message, element)) return opened(message, element, octetsFor(xml));
  const { end } = startTagSpan(document, element);
  return { start: offset + end, end: offset + end, octets: octetsFor(xml) };
}

/** Writes something into a start tag, behind the name: attributes, with a blank before them. */
export function inStartTag(message: AttackedMessage, element: NodeIndex, text: string): Change {
  const { document, offset } = message;
  const { start } = nodeSpan(document, element);
  const at = offset + start + 1 + encodeUtf8(qualifiedName(document, element)).length;
  return { start: at, end: at, octets: encodeUtf8(text) };
}

/** `<a/>`. */
function isEmptyTag({ document }: AttackedMessage, element: NodeIndex): boolean {
  const { end } = nodeSpan(document, element);
  return document.octets[end - 2] === 0x2f && startTagSpan(document, element).end === end;
}

function opened({ document, offset }: AttackedMessage, element: NodeIndex, content: Uint8Array): Change {
  const { end } = nodeSpan(document, element);
  const close = encodeUtf8(`</${qualifiedName(document, element)}>`);
  const octets = new Uint8Array(1 + content.length + close.length);
  octets[0] = 0x3e;
  octets.set(content, 1);
  octets.set(close, 1 + content.length);
  return { start: offset + end - 2, end: offset + end, octets };
}

/** An element as text without the attributes by which the signature finds it. */
export function withoutIds(message: AttackedMessage, element: NodeIndex): string {
  const { document, ids } = message;
  let source = sourceOf(message, element);
  const id = ids.idOf(element);
  if (id === null) return source;
  const tagEnd = startTagSpan(document, element).end - nodeSpan(document, element).start;
  let tag = source.slice(0, tagEnd);
  for (const attribute of attributes(document, element)) {
    if (attributeText(document, attribute) !== id) continue;
    tag = tag.replace(new RegExp(`\\s[\\w:.-]+\\s*=\\s*(["'])${escaped(id)}\\1`), '');
  }
  source = tag + source.slice(tagEnd);
  return source;
}

/** The same element, saying something else: its first text exchanged, or an element put in. */
export function forged(source: string, by = 'forged'): string {
  for (const { 0: text, 1: content = '', index } of source.matchAll(/>([^<>]+)(?=<)/g)) {
    if (content.trim() !== '') return `${source.slice(0, index)}>${by}${source.slice(index + text.length)}`;
  }
  const selfClosed = /^<([\w:.-]+)([^<>]*)\/>$/;
  const made = `<forged:content xmlns:forged="urn:forged">${by}</forged:content>`;
  if (selfClosed.test(source)) return source.replace(selfClosed, `<$1$2>${made}</$1>`);
  return source.replace(/>/, `>${made}`);
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}

/** Puts something at an octet of the document. */
export function inserted({ offset }: AttackedMessage, at: number, xml: string | Uint8Array): Change {
  return { start: offset + at, end: offset + at, octets: octetsFor(xml) };
}

/** Another value of an attribute. @param text needs no escapes */
export function attributeReplaced(
  { document, offset }: AttackedMessage,
  attribute: AttributeIndex,
  text: string,
): Change {
  const { start, end } = attributeValueSpan(document, attribute);
  return { start: offset + start, end: offset + end, octets: encodeUtf8(text) };
}
