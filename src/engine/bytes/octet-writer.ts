/** A growing buffer of octets: everything the engine derives is written through one of these. */

/** Appends octets; doubles its room when it runs out, so that n octets cost O(n). */
export class OctetWriter {
  #octets: Uint8Array;
  #length = 0;

  /** @param capacity octets to reserve at first; a good guess saves copying. */
  constructor(capacity = 256) {
    this.#octets = new Uint8Array(Math.max(16, capacity));
  }

  /** Octets written so far. */
  get length(): number {
    return this.#length;
  }

  octet(value: number): void {
    if (this.#length === this.#octets.length) this.#reserve(1);
    this.#octets[this.#length++] = value;
  }

  /** Appends `source[start, end)`. */
  slice(source: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (size <= 0) return;
    if (this.#length + size > this.#octets.length) this.#reserve(size);
    // Below about 40 octets a loop is faster than making a view for `set`.
    if (size < 40) {
      const target = this.#octets;
      let at = this.#length;
      for (let i = start; i < end; i++) target[at++] = source[i]!;
      this.#length = at;
    } else {
      this.#octets.set(source.subarray(start, end), this.#length);
      this.#length += size;
    }
  }

  octets(source: Uint8Array): void {
    this.slice(source, 0, source.length);
  }

  /** Appends a string whose characters are all US-ASCII. */
  ascii(text: string): void {
    const size = text.length;
    if (this.#length + size > this.#octets.length) this.#reserve(size);
    for (let i = 0; i < size; i++) this.#octets[this.#length++] = text.charCodeAt(i);
  }

  /** Appends the UTF-8 encoding of one Unicode scalar value. */
  codePoint(value: number): void {
    if (value < 0x80) {
      this.octet(value);
      return;
    }
    if (this.#length + 4 > this.#octets.length) this.#reserve(4);
    const target = this.#octets;
    if (value < 0x800) {
      target[this.#length++] = 0xc0 | (value >> 6);
    } else {
      if (value < 0x10000) {
        target[this.#length++] = 0xe0 | (value >> 12);
      } else {
        target[this.#length++] = 0xf0 | (value >> 18);
        target[this.#length++] = 0x80 | ((value >> 12) & 0x3f);
      }
      target[this.#length++] = 0x80 | ((value >> 6) & 0x3f);
    }
    target[this.#length++] = 0x80 | (value & 0x3f);
  }

  /** The octets written so far, as a view that stays valid until the next write. */
  view(): Uint8Array {
    return this.#octets.subarray(0, this.#length);
  }

  /** A copy of the octets written so far. */
  toOctets(): Uint8Array<ArrayBuffer> {
    return this.#octets.slice(0, this.#length);
  }

  #reserve(size: number): void {
    const grown = new Uint8Array(Math.max(this.#octets.length * 2, this.#length + size));
    grown.set(this.#octets.subarray(0, this.#length));
    this.#octets = grown;
  }
}
