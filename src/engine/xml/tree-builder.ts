/** The growing arrays of a document while it is being read. */
import { octetsOfSize, roomByDensity, wordsOfSize } from '../bytes/grow.ts';
import { type AttributeIndex, type NodeIndex, type XmlDocument, NO_NODE, NodeKind } from './document.ts';

const LT = 0x3c;
const EQUALS = 0x3d;

/** What a document has beside its nodes. */
export type DocumentFrame = Pick<XmlDocument, 'space' | 'octets' | 'names' | 'prefixes' | 'uris' | 'range'>;

/** Node and attribute arrays with room to grow; {@link TreeBuilder.finish} cuts them to size. */
export class TreeBuilder {
  nodeCount = 0;
  kind: Uint8Array<ArrayBuffer>;
  nodeFlags: Uint8Array<ArrayBuffer>;
  start: Int32Array<ArrayBuffer>;
  end: Int32Array<ArrayBuffer>;
  contentStart: Int32Array<ArrayBuffer>;
  contentEnd: Int32Array<ArrayBuffer>;
  parent: Int32Array<ArrayBuffer>;
  next: Int32Array<ArrayBuffer>;
  name: Int32Array<ArrayBuffer>;
  uri: Int32Array<ArrayBuffer>;
  firstAttribute: Int32Array<ArrayBuffer>;
  attributeCount: Int32Array<ArrayBuffer>;

  attributeTotal = 0;
  attributeOwner: Int32Array<ArrayBuffer>;
  attributeName: Int32Array<ArrayBuffer>;
  attributeUri: Int32Array<ArrayBuffer>;
  attributeNameStart: Int32Array<ArrayBuffer>;
  attributeValueStart: Int32Array<ArrayBuffer>;
  attributeValueEnd: Int32Array<ArrayBuffer>;
  attributeFlags: Uint8Array<ArrayBuffer>;
  declaredUri: Int32Array<ArrayBuffer>;

  readonly #size: number;

  /** @param octets of the document, to guess from them how many nodes and attributes they hold. */
  constructor(octets: Uint8Array) {
    this.#size = octets.length;
    // Every element has two tags and mostly a text.
    const nodes = 64 + estimate(octets, LT);
    const words = (): Int32Array<ArrayBuffer> => new Int32Array(nodes);
    this.kind = new Uint8Array(nodes);
    this.nodeFlags = new Uint8Array(nodes);
    [this.start, this.end, this.contentStart, this.contentEnd] = [words(), words(), words(), words()];
    [this.parent, this.next, this.name, this.uri] = [words(), words(), words(), words()];
    [this.firstAttribute, this.attributeCount] = [words(), words()];
    const rows = 64 + estimate(octets, EQUALS);
    const cells = (): Int32Array<ArrayBuffer> => new Int32Array(rows);
    [this.attributeOwner, this.attributeName, this.attributeUri, this.declaredUri] = [
      cells(),
      cells(),
      cells(),
      cells(),
    ];
    [this.attributeNameStart, this.attributeValueStart, this.attributeValueEnd] = [cells(), cells(), cells()];
    this.attributeFlags = new Uint8Array(rows);
  }

  /** Adds an element of which only the place and the name are known; what its tags tell is for the caller to set. */
  addElement(parent: NodeIndex, name: number, start: number): NodeIndex {
    const node = this.nodeCount++;
    if (node === this.kind.length) this.#growNodes(start);
    this.kind[node] = NodeKind.element;
    this.start[node] = start;
    this.parent[node] = parent;
    this.next[node] = node + 1;
    this.name[node] = name;
    this.firstAttribute[node] = this.attributeTotal;
    return node;
  }

  /** Adds a node that has neither children nor attributes; its content is all of it until {@link setContent}. */
  add(kind: number, parent: NodeIndex, name: number, start: number, end: number): NodeIndex {
    const node = this.nodeCount++;
    if (node === this.kind.length) this.#growNodes(start);
    this.kind[node] = kind;
    this.nodeFlags[node] = 0;
    this.start[node] = start;
    this.end[node] = end;
    this.contentStart[node] = start;
    this.contentEnd[node] = end;
    this.parent[node] = parent;
    this.next[node] = node + 1;
    this.name[node] = name;
    this.firstAttribute[node] = this.attributeTotal;
    return node;
  }

  /** What of a node lies between its delimiters. */
  setContent(node: NodeIndex, start: number, end: number): void {
    this.contentStart[node] = start;
    this.contentEnd[node] = end;
  }

  /** Adds an attribute of which only the place and the name are known. */
  addAttribute(owner: NodeIndex, name: number, nameStart: number): AttributeIndex {
    const attribute = this.attributeTotal++;
    if (attribute === this.attributeName.length) this.#growAttributes(nameStart);
    this.attributeOwner[attribute] = owner;
    this.attributeName[attribute] = name;
    this.attributeNameStart[attribute] = nameStart;
    this.declaredUri[attribute] = -1;
    return attribute;
  }

  /** Its value, between the quotes, and {@link AttributeFlag}s. */
  setValue(attribute: AttributeIndex, start: number, end: number, flags: number): void {
    this.attributeValueStart[attribute] = start;
    this.attributeValueEnd[attribute] = end;
    this.attributeFlags[attribute] = flags;
  }

  /** The document so far, its arrays views of exactly the used part. */
  finish({ space, octets, names, prefixes, uris, range }: DocumentFrame): XmlDocument {
    const nodes = this.nodeCount;
    const rows = this.attributeTotal;
    let root = NO_NODE;
    for (let node = 1; node < nodes && root === NO_NODE; node = this.next[node]!) {
      if (this.kind[node] === NodeKind.element) root = node;
    }
    return {
      space,
      octets,
      nodeCount: nodes,
      kind: this.kind.subarray(0, nodes),
      nodeFlags: this.nodeFlags.subarray(0, nodes),
      start: this.start.subarray(0, nodes),
      end: this.end.subarray(0, nodes),
      contentStart: this.contentStart.subarray(0, nodes),
      contentEnd: this.contentEnd.subarray(0, nodes),
      parent: this.parent.subarray(0, nodes),
      next: this.next.subarray(0, nodes),
      name: this.name.subarray(0, nodes),
      uri: this.uri.subarray(0, nodes),
      firstAttribute: this.firstAttribute.subarray(0, nodes),
      attributeCount: this.attributeCount.subarray(0, nodes),
      attributeTotal: rows,
      attributeOwner: this.attributeOwner.subarray(0, rows),
      attributeName: this.attributeName.subarray(0, rows),
      attributeUri: this.attributeUri.subarray(0, rows),
      attributeNameStart: this.attributeNameStart.subarray(0, rows),
      attributeValueStart: this.attributeValueStart.subarray(0, rows),
      attributeValueEnd: this.attributeValueEnd.subarray(0, rows),
      attributeFlags: this.attributeFlags.subarray(0, rows),
      declaredUri: this.declaredUri.subarray(0, rows),
      names,
      uris,
      prefixes,
      root,
      range,
    };
  }

  /** @param read octets of the document read so far. */
  #growNodes(read: number): void {
    const room = roomByDensity(this.nodeCount, read, this.#size);
    this.kind = octetsOfSize(this.kind, room);
    this.nodeFlags = octetsOfSize(this.nodeFlags, room);
    this.start = wordsOfSize(this.start, room);
    this.end = wordsOfSize(this.end, room);
    this.contentStart = wordsOfSize(this.contentStart, room);
    this.contentEnd = wordsOfSize(this.contentEnd, room);
    this.parent = wordsOfSize(this.parent, room);
    this.next = wordsOfSize(this.next, room);
    this.name = wordsOfSize(this.name, room);
    this.uri = wordsOfSize(this.uri, room);
    this.firstAttribute = wordsOfSize(this.firstAttribute, room);
    this.attributeCount = wordsOfSize(this.attributeCount, room);
  }

  #growAttributes(read: number): void {
    const room = roomByDensity(this.attributeTotal, read, this.#size);
    this.attributeOwner = wordsOfSize(this.attributeOwner, room);
    this.attributeName = wordsOfSize(this.attributeName, room);
    this.attributeUri = wordsOfSize(this.attributeUri, room);
    this.attributeNameStart = wordsOfSize(this.attributeNameStart, room);
    this.attributeValueStart = wordsOfSize(this.attributeValueStart, room);
    this.attributeValueEnd = wordsOfSize(this.attributeValueEnd, room);
    this.attributeFlags = octetsOfSize(this.attributeFlags, room);
    this.declaredUri = wordsOfSize(this.declaredUri, room);
  }
}

const SAMPLES = 16;
const SAMPLE_SIZE = 2048;

/**
 * How often an octet probably stands in the whole, a little more rather than less: growing costs a copy, room that
 * stays unused nearly nothing.
 */
function estimate(octets: Uint8Array, wanted: number): number {
  const all = octets.length <= SAMPLES * SAMPLE_SIZE;
  const step = all ? SAMPLE_SIZE : octets.length / SAMPLES;
  let seen = 0;
  let found = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const start = Math.floor(sample * step);
    const end = Math.min(octets.length, start + SAMPLE_SIZE);
    for (let i = start; i < end; i++) if (octets[i] === wanted) found++;
    seen += Math.max(0, end - start);
  }
  // No more than the densest of ordinary messages have: input made to mislead must not cost memory that it does not
  // fill.
  return seen === 0 ? 0 : Math.min(octets.length >> 4, Math.ceil((1.1 * found * octets.length) / seen));
}
