/** Start and end tags, attributes and namespace declarations in canonical form (Canonical XML 1.0 §2.3). */
import { encodeUtf8 } from '../bytes/utf8.ts';
import { AttributeFlag, NodeFlag, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import type { CanonicalWriter } from './canonical-writer.ts';
import { writeAttributeValue, writeSynthesizedValue } from './write-content.ts';
import type { CanonicalOrder } from './canonical-order.ts';
import type { TakenOver } from './xml-attributes.ts';

const SPACE = 0x20;
const QUOTE = 0x22;
const EQUALS_QUOTE = encodeUtf8('="');
const END_TAG_OPEN = encodeUtf8('></');
const END_TAG_START = encodeUtf8('</');
const GREATER = encodeUtf8('>');
const UNDECLARED_DEFAULT = encodeUtf8(' xmlns=""');

/** Writes start and end tags, attributes in the order given. */
export class TagWriter {
  readonly #document: XmlDocument;
  readonly #writer: CanonicalWriter;
  /** Octets of each qualified name, by name id. */
  readonly #nameLength: Int32Array;

  constructor(document: XmlDocument, writer: CanonicalWriter, nameLength: Int32Array) {
    this.#document = document;
    this.#writer = writer;
    this.#nameLength = nameLength;
  }

  /** `<` and the name. */
  startTagName(element: NodeIndex): void {
    const start = this.#document.start[element]!;
    this.#writer.copy(start, start + 1 + this.#nameLength[this.#document.name[element]!]!);
  }

  /** `>`, and for an empty-element tag the end tag that it stands for. */
  startTagEnd(element: NodeIndex): void {
    const writer = this.#writer;
    const { nodeFlags, start, contentStart, name } = this.#document;
    const end = contentStart[element]!;
    if ((nodeFlags[element]! & NodeFlag.emptyTag) === 0) {
      writer.copy(end - 1, end);
      return;
    }
    const nameStart = start[element]! + 1;
    writer.literal(END_TAG_OPEN, end - 2, end, 'rewritten');
    writer.repeat(nameStart, nameStart + this.#nameLength[name[element]!]!, end - 2, end, 'rewritten');
    writer.literal(GREATER, end - 2, end, 'rewritten');
  }

  /** The end tag of an element that has one. */
  endTag(element: NodeIndex): void {
    const { end, contentEnd, name, start } = this.#document;
    const from = contentEnd[element]!;
    const to = end[element]!;
    const length = this.#nameLength[name[element]!]!;
    if (to - from === length + 3) this.#writer.copy(from, to);
    else if (to > from) {
      this.#writer.copy(from, from + 2 + length);
      this.#writer.copy(to - 1, to);
    } else {
      // The document broke off before the end tag.
      const nameStart = start[element]! + 1;
      this.#writer.literal(END_TAG_START, to, to, 'added');
      this.#writer.repeat(nameStart, nameStart + length, to, to, 'added');
      this.#writer.literal(GREATER, to, to, 'added');
    }
  }

  /** A space, the name, and the value in double quotes. */
  attribute(attribute: AttributeIndex): void {
    const writer = this.#writer;
    const document = this.#document;
    const source = writer.source;
    const nameStart = document.attributeNameStart[attribute]!;
    const nameEnd = nameStart + this.#nameLength[document.attributeName[attribute]!]!;
    const valueStart = document.attributeValueStart[attribute]!;
    const valueEnd = document.attributeValueEnd[attribute]!;
    const asWritten =
      (document.attributeFlags[attribute]! & AttributeFlag.needsRewriting) === 0 && source[valueEnd] === QUOTE;
    if (asWritten && valueStart === nameEnd + 2 && source[nameStart - 1] === SPACE) {
      writer.copy(nameStart - 1, valueEnd + 1);
      return;
    }
    this.#nameAndQuote(nameStart, nameEnd, valueStart);
    if (asWritten) writer.copy(valueStart, valueEnd + 1);
    else {
      writeAttributeValue(writer, valueStart, valueEnd);
      this.#quote(valueEnd);
    }
  }

  /** An attribute of this name with another value, which does not stand in the document. */
  attributeWithValue(attribute: AttributeIndex, value: string): void {
    const nameStart = this.#document.attributeNameStart[attribute]!;
    const nameEnd = nameStart + this.#nameLength[this.#document.attributeName[attribute]!]!;
    const valueStart = this.#document.attributeValueStart[attribute]!;
    const valueEnd = this.#document.attributeValueEnd[attribute]!;
    this.#nameAndQuote(nameStart, nameEnd, valueStart);
    writeSynthesizedValue(this.#writer, value, valueStart, valueEnd);
    this.#quote(valueEnd);
  }

  /** The first `count` attributes of `own`, merged with what the element takes over from omitted ancestors. */
  attributesMerged(element: NodeIndex, own: Int32Array, count: number, taken: TakenOver, order: CanonicalOrder): void {
    const base = taken.base;
    if (base === null && taken.attributes.length === 0) {
      order.sortAttributes(own, count);
      for (let i = 0; i < count; i++) this.attribute(own[i]!);
      return;
    }
    const merged = [...own.subarray(0, count), ...taken.attributes].filter(
      (attribute) => attribute !== base?.attribute,
    );
    if (base !== null && base.value !== null) merged.push(base.attribute);
    const list = Int32Array.from(merged);
    order.sortAttributes(list, list.length);
    for (const attribute of list) {
      const value = attribute === base?.attribute ? base.value : null;
      if (this.#document.attributeOwner[attribute] !== element) this.inheritedAttribute(attribute, element, value);
      else if (value !== null) this.attributeWithValue(attribute, value);
      else this.attribute(attribute);
    }
  }

  /**
   * An attribute or declaration that stands on another element; what is written counts as added behind the name of
   * `element`.
   */
  inheritedAttribute(attribute: AttributeIndex, element: NodeIndex, value: string | null): void {
    this.#writer.addingAt(this.nameEnd(element));
    if (value === null) this.attribute(attribute);
    else this.attributeWithValue(attribute, value);
    this.#writer.resume();
  }

  /** The namespace declaration at `declaration` (-1: none), which makes the prefix name `uri` at `element`. */
  namespace(declaration: AttributeIndex, uri: number, element: NodeIndex): void {
    if (declaration !== -1 && this.#document.attributeOwner[declaration] === element) this.attribute(declaration);
    else if (uri === 0) {
      const place = this.nameEnd(element);
      this.#writer.literal(UNDECLARED_DEFAULT, place, place, 'added');
    } else this.inheritedAttribute(declaration, element, null);
  }

  /** Where the name in the start tag of `element` ends. */
  nameEnd(element: NodeIndex): number {
    return this.#document.start[element]! + 1 + this.#nameLength[this.#document.name[element]!]!;
  }

  #nameAndQuote(nameStart: number, nameEnd: number, valueStart: number): void {
    const writer = this.#writer;
    if (writer.source[nameStart - 1] === SPACE) writer.copy(nameStart - 1, nameStart);
    else writer.octet(SPACE, nameStart - 1, nameStart, 'rewritten');
    writer.copy(nameStart, nameEnd);
    // White space may stand on both sides of the `=`.
    if (valueStart === nameEnd + 2) {
      writer.copy(nameEnd, nameEnd + 1);
      this.#quote(nameEnd + 1);
    } else writer.literal(EQUALS_QUOTE, nameEnd, valueStart, 'rewritten');
  }

  #quote(at: number): void {
    if (this.#writer.source[at] === QUOTE) this.#writer.copy(at, at + 1);
    else this.#writer.octet(QUOTE, at, at + 1, 'rewritten');
  }
}
