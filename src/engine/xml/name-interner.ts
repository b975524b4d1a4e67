/** Qualified names (Namespaces 1.0 §4) by number: prefix and local part are looked at once for each different name. */
import { grownWords } from '../bytes/grow.ts';
import { hashOf, OctetInterner } from '../bytes/octet-interner.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { NameTable } from './document.ts';

/** Ids of the prefixes that are there from the start. */
const EMPTY_PREFIX = 0;
/** Of `xml`. */
export const XML_PREFIX = 1;
/** Of `xmlns`. */
export const XMLNS_PREFIX = 2;

const COLON = 0x3a;

/**
 * Collects the {@link NameTable} of one document. Numbers are kept outside the heap and found by octets: a message may
 * have more names than text.
 */
export class NameInterner implements NameTable {
  readonly qualified: string[] = [];
  readonly prefix: string[] = [];
  readonly local: string[] = [];
  start = new Int32Array(64);
  end = new Int32Array(64);
  prefixId = new Int32Array(64);
  declares = new Int32Array(64);
  readonly prefixes: string[] = ['', 'xml', 'xmlns'];

  readonly #octets: Uint8Array;
  readonly #interner: OctetInterner;
  readonly #prefixInterner: OctetInterner;
  /** Prefix id for each id of `#prefixInterner`, which does not know the three that every document has. */
  #idOfPrefix = new Int32Array(64);
  #prefixesSeen = 0;
  /** Made when asked for: few documents need them. */
  #localInterner: OctetInterner | null = null;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
    this.#interner = new OctetInterner(octets);
    this.#prefixInterner = new OctetInterner(octets, 64);
  }

  /** The id of the name `octets[start, end)`; `colon` is its colon's offset or -1. */
  intern(start: number, end: number, colon: number, hash: number): number {
    const id = this.#interner.intern(start, end, hash);
    if (id === this.qualified.length) this.#describe(id, start, end, colon);
    return id;
  }

  /** A number that is equal exactly for names with equal local parts. */
  localId(name: number): number {
    this.#localInterner ??= new OctetInterner(this.#octets, 64);
    const end = this.end[name]!;
    let start = end;
    for (const from = this.start[name]!; start > from && this.#octets[start - 1] !== COLON;) start--;
    return this.#localInterner.intern(start, end, hashOf(this.#octets, start, end));
  }

  #describe(id: number, start: number, end: number, colon: number): void {
    if (id === this.start.length) this.#grow();
    const qualified = decodeUtf8(this.#octets, start, end);
    const prefixId = colon < 0 ? EMPTY_PREFIX : this.#prefixIdOf(start, colon);
    const prefix = this.prefixes[prefixId]!;
    this.qualified.push(qualified);
    // The table's own string, so that no name keeps another alive.
    this.prefix.push(prefix);
    this.local.push(colon < 0 ? qualified : qualified.slice(prefix.length + 1));
    this.start[id] = start;
    this.end[id] = end;
    this.prefixId[id] = prefixId;
    this.declares[id] =
      prefixId === XMLNS_PREFIX ? this.#prefixIdOf(colon + 1, end) : qualified === 'xmlns' ? EMPTY_PREFIX : -1;
  }

  #grow(): void {
    this.start = grownWords(this.start, 0);
    this.end = grownWords(this.end, 0);
    this.prefixId = grownWords(this.prefixId, 0);
    this.declares = grownWords(this.declares, 0);
  }

  #prefixIdOf(start: number, end: number): number {
    const seen = this.#prefixInterner.intern(start, end, hashOf(this.#octets, start, end));
    if (seen === this.#prefixesSeen) {
      if (seen === this.#idOfPrefix.length) this.#idOfPrefix = grownWords(this.#idOfPrefix, 0);
      const prefix = decodeUtf8(this.#octets, start, end);
      const id = prefix === 'xml' ? XML_PREFIX : prefix === 'xmlns' ? XMLNS_PREFIX : this.prefixes.push(prefix) - 1;
      this.#idOfPrefix[this.#prefixesSeen++] = id;
    }
    return this.#idOfPrefix[seen]!;
  }
}
