/**
 * Where nodes and attributes stand in the octets of the document itself, to cut them out or to put others in their
 * place. Those may be a conversion of what arrived: what people are shown is a range of `navigate.ts`.
 */
import type { OctetSpan } from '../bytes/origin-map.ts';
import type { AttributeIndex, NodeIndex, XmlDocument } from './document.ts';

/** The whole node, from an element's `<` to its end tag's `>`. */
export function nodeSpan(doc: XmlDocument, node: NodeIndex): OctetSpan {
  return { start: doc.start[node]!, end: doc.end[node]! };
}

/** An element's start tag, `<` to `>`. */
export function startTagSpan(doc: XmlDocument, node: NodeIndex): OctetSpan {
  return { start: doc.start[node]!, end: doc.contentStart[node]! };
}

/** What stands between an element's tags, or a node's own content. */
export function contentSpan(doc: XmlDocument, node: NodeIndex): OctetSpan {
  return { start: doc.contentStart[node]!, end: doc.contentEnd[node]! };
}

/** An attribute's value between the quotes. */
export function attributeValueSpan(doc: XmlDocument, attribute: AttributeIndex): OctetSpan {
  return { start: doc.attributeValueStart[attribute]!, end: doc.attributeValueEnd[attribute]! };
}
