/**
 * The order of namespace and attribute axes in canonical form (Canonical XML 1.0 §2.2): by code points, not UTF-16
 * units.
 */
import type { XmlDocument } from '../xml/document.ts';

/** Negative, 0 or positive as `a` stands before, at or after `b` in the order of code points. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? aboveSurrogates(x) - aboveSurrogates(y) : x - y;
  }
  return a.length - b.length;
}

/** Moves surrogates above U+E000 to U+FFFF, where the code points they stand for are. */
function aboveSurrogates(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** Sorts lists of prefix ids and attribute indices in place; few of them by insertion, many by merging. */
export class CanonicalOrder {
  readonly #prefixes: readonly string[];
  readonly #attributeName: Int32Array;
  readonly #attributeUri: Int32Array;
  readonly #local: readonly string[];
  readonly #uris: readonly string[];
  #scratch: Int32Array = new Int32Array(64);

  constructor(document: XmlDocument, prefixes: readonly string[]) {
    this.#prefixes = prefixes;
    this.#attributeName = document.attributeName;
    this.#attributeUri = document.attributeUri;
    this.#local = document.names.local;
    this.#uris = document.uris;
  }

  sortPrefixes(list: Int32Array, count: number): void {
    if (count > 1) this.#sort(list, count, this.#comparePrefixes);
  }

  /** By namespace URI, then local name; attributes without namespace first. */
  sortAttributes(list: Int32Array, count: number): void {
    if (count > 1) this.#sort(list, count, this.#compareAttributes);
  }

  readonly #comparePrefixes = (a: number, b: number): number =>
    compareCodePoints(this.#prefixes[a]!, this.#prefixes[b]!);

  readonly #compareAttributes = (a: number, b: number): number => {
    const uriA = this.#attributeUri[a]!;
    const uriB = this.#attributeUri[b]!;
    if (uriA !== uriB) return compareCodePoints(this.#uris[uriA]!, this.#uris[uriB]!);
    return compareCodePoints(this.#local[this.#attributeName[a]!]!, this.#local[this.#attributeName[b]!]!);
  };

  #sort(list: Int32Array, count: number, compare: (a: number, b: number) => number): void {
    const run = 12;
    for (let start = 0; start < count; start += run) {
      const end = Math.min(start + run, count);
      for (let i = start + 1; i < end; i++) {
        const item = list[i]!;
        let j = i - 1;
        while (j >= start && compare(list[j]!, item) > 0) {
          list[j + 1] = list[j]!;
          j--;
        }
        list[j + 1] = item;
      }
    }
    if (count <= run) return;
    if (this.#scratch.length < count) this.#scratch = new Int32Array(count * 2);
    let from: Int32Array = list;
    let to: Int32Array = this.#scratch;
    for (let width = run; width < count; width *= 2) {
      for (let start = 0; start < count; start += width * 2) {
        const middle = Math.min(start + width, count);
        const end = Math.min(start + width * 2, count);
        let left = start;
        let right = middle;
        for (let at = start; at < end; at++) {
          to[at] =
            left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0) ? from[left++]! : from[right++]!;
        }
      }
      [from, to] = [to, from];
    }
    if (from !== list) list.set(from.subarray(0, count));
  }
}
