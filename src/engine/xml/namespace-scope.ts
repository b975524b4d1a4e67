/**
 * Which namespace name each prefix has at the place being read (Namespaces 1.0 §6): one array by prefix, undone at each
 * end tag.
 */
import { grownWords } from '../bytes/grow.ts';
import { hashOf, OctetInterner } from '../bytes/octet-interner.ts';
import { OctetWriter } from '../bytes/octet-writer.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { writeAttributeValue } from './character-data.ts';
import { XML_PREFIX, XMLNS_PREFIX } from './name-interner.ts';
import { XML, XMLNS } from './namespaces.ts';

/** URI ids fixed by the contract. */
export const NO_NAMESPACE = 0;
/** Of the prefix `xml` (Namespaces in XML 1.0 §3). */
export const XML_NAMESPACE = 1;
/** Of namespace declarations. */
export const XMLNS_NAMESPACE = 2;

/** Namespace names by number. */
export class UriInterner {
  readonly uris: string[] = ['', XML, XMLNS];
  /** Made for the first name that is not written as it is: only then can two spellings be one name. */
  #ids: Map<string, number> | null = null;
  readonly #octets: Uint8Array;
  readonly #interner: OctetInterner;
  /** Id of the namespace name for each id of the octets it was written in. */
  #idOfWritten = new Int32Array(64);
  #written = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
    this.#interner = new OctetInterner(octets, 64);
  }

  /** Whether two ranges hold the same octets. */
  same(start: number, end: number, otherStart: number, otherEnd: number): boolean {
    const octets = this.#octets;
    const size = end - start;
    if (otherEnd - otherStart !== size) return false;
    let i = 0;
    while (i < size && octets[start + i] === octets[otherStart + i]) i++;
    return i === size;
  }

  /** The id of the namespace name written as `octets[start, end)`; `rewrite` where that is not its normalized value. */
  intern(start: number, end: number, rewrite: boolean): number {
    if (start === end) return NO_NAMESPACE;
    if (rewrite) {
      this.#ids ??= new Map(this.uris.map((uri, id) => [uri, id]));
      const value = new OctetWriter(end - start);
      writeAttributeValue(value, this.#octets, start, end);
      return this.#idOf(decodeUtf8(value.view()));
    }
    const written = this.#interner.intern(start, end, hashOf(this.#octets, start, end));
    if (written === this.#written) {
      if (written === this.#idOfWritten.length) this.#idOfWritten = grownWords(this.#idOfWritten, 0);
      this.#idOfWritten[this.#written++] = this.#idOf(decodeUtf8(this.#octets, start, end));
    }
    return this.#idOfWritten[written]!;
  }

  #idOf(uri: string): number {
    const known =
      this.#ids !== null
        ? this.#ids.get(uri)
        : uri === XML
          ? XML_NAMESPACE
          : uri === XMLNS
            ? XMLNS_NAMESPACE
            : undefined;
    if (known !== undefined) return known;
    this.#ids?.set(uri, this.uris.length);
    return this.uris.push(uri) - 1;
  }
}

/** Prefix bindings. `mark` before a start tag's declarations, `undoTo` that mark at its end tag. */
export class NamespaceScope {
  #bound = new Int32Array(64);
  #undoPrefix = new Int32Array(64);
  #undoUri = new Int32Array(64);
  #undone = 0;

  constructor() {
    this.#bound[XML_PREFIX] = XML_NAMESPACE;
    this.#bound[XMLNS_PREFIX] = XMLNS_NAMESPACE;
  }

  /** The URI id of a prefix, {@link NO_NAMESPACE} where it is not bound. */
  uriOf(prefixId: number): number {
    return prefixId < this.#bound.length ? this.#bound[prefixId]! : NO_NAMESPACE;
  }

  mark(): number {
    return this.#undone;
  }

  declare(prefixId: number, uri: number): void {
    if (prefixId >= this.#bound.length) this.#bound = grownWords(this.#bound, prefixId + 1);
    if (this.#undone === this.#undoPrefix.length) {
      this.#undoPrefix = grownWords(this.#undoPrefix, this.#undone + 1);
      this.#undoUri = grownWords(this.#undoUri, this.#undone + 1);
    }
    this.#undoPrefix[this.#undone] = prefixId;
    this.#undoUri[this.#undone++] = this.#bound[prefixId]!;
    this.#bound[prefixId] = uri;
  }

  undoTo(mark: number): void {
    while (this.#undone > mark) {
      this.#undone--;
      this.#bound[this.#undoPrefix[this.#undone]!] = this.#undoUri[this.#undone]!;
    }
  }
}
