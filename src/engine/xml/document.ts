/**
 * The tree of one XML document as a struct of arrays over its octets (XML 1.0 5th edition, Namespaces 1.0).
 * Nodes stand in document order; node 0 is the document. Every offset is in `octets`, which are UTF-8;
 * `range` translates to the space the octets came from.
 */
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';

/** Kinds of a node of the tree. */
export const NodeKind = {
  document: 0,
  element: 1,
  text: 3,
  cdata: 4,
  processingInstruction: 7,
  comment: 8,
} as const;

/** A node's index in the arrays of its document; `NO_NODE` where there is none. */
export type NodeIndex = number;
/** An attribute's index in the attribute arrays; namespace declarations are attributes too. */
export type AttributeIndex = number;
/** Stands where there is no node. */
export const NO_NODE = -1;

/** Bits of `nodeFlags`. */
export const NodeFlag = {
  /** Text whose octets are not its canonical form as they stand: references, CR, `>`. */
  needsRewriting: 1,
  /** Element written as an empty-element tag. */
  emptyTag: 2,
  /** The document ended, or a fatal error came, before the end tag. */
  unclosed: 4,
  /** Text consisting of white space only. */
  whitespace: 8,
} as const;

/** Bits of `attributeFlags`. */
export const AttributeFlag = {
  /**
   * The value's octets are not the normalized value as they stand: references, white space other than #x20, or
   * `<`-family escapes needed.
   */
  needsRewriting: 1,
  /** `xmlns` or `xmlns:p`. */
  namespaceDeclaration: 2,
} as const;

/** Interned qualified names: `name` ids index these arrays. */
export interface NameTable {
  readonly qualified: readonly string[];
  readonly prefix: readonly string[];
  readonly local: readonly string[];
  /**
   * Octets of the qualified name as written: a range of `XmlDocument.octets` where it stood first. This and what
   * follows may be longer than `qualified`.
   */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Interned prefix id, equal exactly for equal prefixes; 0 is the empty prefix, 1 is `xml`, 2 is `xmlns`. */
  readonly prefixId: Int32Array;
  /** For `xmlns` and `xmlns:p`, the id of the prefix declared; -1 for all other names. */
  readonly declares: Int32Array;
}

/** A parsed document as a struct of arrays: a node or an attribute is its index. */
export interface XmlDocument {
  /** The space that `range` answers in when the whole document comes from one space. */
  readonly space: SpaceId;
  /** UTF-8, without BOM handling: offset 0 is the first octet given, a BOM included. */
  readonly octets: Uint8Array;

  readonly nodeCount: number;
  readonly kind: Uint8Array;
  readonly nodeFlags: Uint8Array;
  /** First octet of the node (an element's `<`). */
  readonly start: Int32Array;
  /** One past the node's last octet (an element's end tag included). */
  readonly end: Int32Array;
  /**
   * Elements: one past the start tag's `>`. Otherwise where the content starts (after `<!--`, `<![CDATA[`, or a PI's
   * target and white space).
   */
  readonly contentStart: Int32Array;
  /** Elements: the first octet of the end tag, or `end` when empty. Otherwise where the content ends. */
  readonly contentEnd: Int32Array;
  readonly parent: Int32Array;
  /** The first node after this node's subtree, in document order. */
  readonly next: Int32Array;
  /** Name id of an element, or of a PI's target; -1 otherwise. */
  readonly name: Int32Array;
  /** URI id of an element's namespace; 0 is no namespace. */
  readonly uri: Int32Array;
  readonly firstAttribute: Int32Array;
  readonly attributeCount: Int32Array;

  readonly attributeTotal: number;
  readonly attributeOwner: Int32Array;
  readonly attributeName: Int32Array;
  /** URI id of the attribute's namespace (0 for unprefixed ones; 2 for namespace declarations). */
  readonly attributeUri: Int32Array;
  readonly attributeNameStart: Int32Array;
  readonly attributeValueStart: Int32Array;
  readonly attributeValueEnd: Int32Array;
  readonly attributeFlags: Uint8Array;
  /** For a namespace declaration, the URI id of its value; -1 otherwise. */
  readonly declaredUri: Int32Array;

  readonly names: NameTable;
  /** Namespace names by URI id: 0 is "", 1 is the xml namespace, 2 is the xmlns namespace. */
  readonly uris: readonly string[];
  /** Prefixes by prefix id, those that are only declared included. */
  readonly prefixes: readonly string[];

  /** The document element, or `NO_NODE`. */
  readonly root: NodeIndex;

  /** Translates a range of `octets` to the space the octets came from (identity for a UTF-8 input). */
  range(start: number, end: number): SourceRange;
}
