/**
 * Which namespace each prefix names at the node being written, and which one the output says it names.
 * One slot a prefix and an undo log, so that an element costs only its own declarations, at any depth.
 */
import { NodeKind, NO_NODE, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import type { PrefixTable } from './prefix-table.ts';

const DEFAULT_PREFIX = 0;
const XML_PREFIX = 1;
const XML_URI = 1;
const LOG_WIDTH = 3;

/** What is declared at the element reached, and what was written of it. */
export class NamespaceScope {
  readonly #document: XmlDocument;
  readonly #prefixOfDeclaration: Int32Array;
  readonly #count: number;
  /** Three runs of `count` slots: URI id in scope; the declaration's attribute; URI id rendered. */
  readonly #slots: Int32Array;
  /** Entries of owner, slot, old value. */
  #log = new Int32Array(64 * LOG_WIDTH);
  #logEnd = 0;

  constructor(document: XmlDocument, prefixes: PrefixTable) {
    this.#document = document;
    this.#prefixOfDeclaration = prefixes.ofDeclaration;
    this.#count = prefixes.count;
    this.#slots = new Int32Array(this.#count * 3);
    this.#slots.fill(-1, this.#count, this.#count * 2);
    this.#slots[XML_PREFIX] = XML_URI;
    this.#slots[this.#count * 2 + XML_PREFIX] = XML_URI;
  }

  /** URI id in scope; 0 for none. */
  uri(prefix: number): number {
    return this.#slots[prefix]!;
  }

  /** The declaration in scope, or -1. */
  declaration(prefix: number): AttributeIndex {
    return this.#slots[this.#count + prefix]!;
  }

  /** URI id that the output has for the prefix, as the calling algorithm keeps it. */
  rendered(prefix: number): number {
    return this.#slots[this.#count * 2 + prefix]!;
  }

  /**
   * Whether a declaration must be written: the output says otherwise, and only the default namespace can be undeclared.
   */
  differs(prefix: number): boolean {
    const uri = this.#slots[prefix]!;
    return uri !== this.#slots[this.#count * 2 + prefix]! && (uri !== 0 || prefix === DEFAULT_PREFIX);
  }

  /** Enters a declaration. Returns its prefix. `xmlns:xml` changes nothing. */
  declare(owner: NodeIndex, attribute: AttributeIndex): number {
    const prefix = this.#prefixOfDeclaration[this.#document.attributeName[attribute]!]!;
    if (prefix === XML_PREFIX) return prefix;
    this.#set(owner, prefix, this.#document.declaredUri[attribute]!);
    this.#set(owner, this.#count + prefix, attribute);
    return prefix;
  }

  /** Notes what the output says from `owner` on. */
  render(owner: NodeIndex, prefix: number, uri: number): void {
    this.#set(owner, this.#count * 2 + prefix, uri);
  }

  /** Undoes everything that `owner` changed. Elements leave in the reverse of the order in which they came. */
  leave(owner: NodeIndex): void {
    const log = this.#log;
    let end = this.#logEnd;
    while (end > 0 && log[end - LOG_WIDTH] === owner) {
      this.#slots[log[end - 2]!] = log[end - 1]!;
      end -= LOG_WIDTH;
    }
    this.#logEnd = end;
  }

  /** Enters the declarations of all ancestors of `node`, for good. Returns the prefixes declared, each once. */
  inherit(node: NodeIndex): number[] {
    const { parent, kind, firstAttribute, attributeCount } = this.#document;
    const path: NodeIndex[] = [];
    for (let ancestor = parent[node]!; ancestor > 0; ancestor = parent[ancestor]!) {
      if (kind[ancestor] === NodeKind.element) path.push(ancestor);
    }
    const prefixes = new Set<number>();
    for (let i = path.length - 1; i >= 0; i--) {
      const first = firstAttribute[path[i]!]!;
      const end = first + attributeCount[path[i]!]!;
      for (let a = first; a < end; a++) {
        if (this.#document.declaredUri[a] !== -1) prefixes.add(this.declare(NO_NODE, a));
      }
    }
    // Nothing before this point is ever left.
    this.#logEnd = 0;
    return [...prefixes];
  }

  #set(owner: NodeIndex, slot: number, value: number): void {
    const old = this.#slots[slot]!;
    if (old === value) return;
    if (this.#logEnd + LOG_WIDTH > this.#log.length) {
      const larger = new Int32Array(this.#log.length * 2);
      larger.set(this.#log);
      this.#log = larger;
    }
    this.#log[this.#logEnd++] = owner;
    this.#log[this.#logEnd++] = slot;
    this.#log[this.#logEnd++] = old;
    this.#slots[slot] = value;
  }
}
