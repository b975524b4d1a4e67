/** Raw DEFLATE (RFC 1951) to octets, bounded: the SAML HTTP redirect binding sends messages so. */

/** Lengths and distances that a code stands for: base values and extra bits (RFC 1951 §3.2.5). */
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_EXTRA = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/** The order in which the lengths of the code length codes are sent (§3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST_CODE = 15;

/** A canonical Huffman code: how many codes there are of each length, and the symbols in the codes' order (§3.2.2). */
interface HuffmanCode {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/** `too-long`: more than `longest` octets would come out. */
export type Inflated =
  | { readonly ok: true; readonly octets: Uint8Array }
  | { readonly ok: false; readonly reason: 'malformed' | 'too-long' };

/** Thrown inside, never out. */
class Malformed extends Error {}
class TooLong extends Error {}

/** @param longest the most octets that may come out */
export function inflateRaw(input: Uint8Array, longest: number): Inflated {
  try {
    return { ok: true, octets: new Inflater(input, longest).run() };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, reason: 'malformed' };
    if (error instanceof TooLong) return { ok: false, reason: 'too-long' };
    throw error;
  }
}

class Inflater {
  readonly #input: Uint8Array;
  readonly #longest: number;
  #out: Uint8Array;
  #written = 0;
  #at = 0;
  #bits = 0;
  #held = 0;

  constructor(input: Uint8Array, longest: number) {
    this.#input = input;
    this.#longest = longest;
    this.#out = new Uint8Array(Math.min(longest, Math.max(256, input.length * 4)));
  }

  run(): Uint8Array {
    for (let last = false; !last;) {
      last = this.#take(1) === 1;
      const type = this.#take(2);
      if (type === 0) this.#stored();
      else if (type === 1) this.#block(FIXED_LITERALS, FIXED_DISTANCES);
      else if (type === 2) this.#block(...this.#codes());
      else throw new Malformed();
    }
    return this.#out.subarray(0, this.#written);
  }

  #take(count: number): number {
    while (this.#bits < count) {
      if (this.#at >= this.#input.length) throw new Malformed();
      this.#held |= this.#input[this.#at++]! << this.#bits;
      this.#bits += 8;
    }
    const value = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#bits -= count;
    return value;
  }

  #put(octet: number): void {
    if (this.#written === this.#out.length) {
      if (this.#written >= this.#longest) throw new TooLong();
      const larger = new Uint8Array(Math.min(this.#longest, this.#out.length * 2));
      larger.set(this.#out);
      this.#out = larger;
    }
    this.#out[this.#written++] = octet;
  }

  #stored(): void {
    this.#bits = 0;
    this.#held = 0;
    const [low = 0, high = 0, notLow = 0, notHigh = 0] = this.#input.subarray(this.#at, this.#at + 4);
    const length = low | (high << 8);
    this.#at += 4;
    if (length !== (~(notLow | (notHigh << 8)) & 0xffff) || this.#at + length > this.#input.length) {
      throw new Malformed();
    }
    for (const octet of this.#input.subarray(this.#at, this.#at + length)) this.#put(octet);
    this.#at += length;
  }

  #symbol(code: HuffmanCode): number {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; length <= LONGEST_CODE; length++) {
      value |= this.#take(1);
      const count = code.counts[length]!;
      if (value - first < count) return code.symbols[index + value - first]!;
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
    throw new Malformed();
  }

  /** The codes that a dynamic block sends in front (§3.2.7). */
  #codes(): [HuffmanCode, HuffmanCode] {
    const literals = this.#take(5) + 257;
    const distances = this.#take(5) + 1;
    const sent = this.#take(4) + 4;
    if (literals > 286 || distances > 30) throw new Malformed();
    const lengths = new Uint8Array(literals + distances);
    const lengthLengths = new Uint8Array(19);
    for (let i = 0; i < sent; i++) lengthLengths[LENGTH_ORDER[i]!] = this.#take(3);
    const lengthCode = huffman(lengthLengths);
    for (let i = 0; i < lengths.length;) {
      const symbol = this.#symbol(lengthCode);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new Malformed();
      const value = symbol === 16 ? lengths[i - 1]! : 0;
      const times = symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (i + times > lengths.length) throw new Malformed();
      lengths.fill(value, i, i + times);
      i += times;
    }
    return [huffman(lengths.subarray(0, literals)), huffman(lengths.subarray(literals))];
  }

  #block(literals: HuffmanCode, distances: HuffmanCode): void {
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol < 256) {
        this.#put(symbol);
        continue;
      }
      if (symbol === 256) return;
      const lengthAt = symbol - 257;
      if (lengthAt >= LENGTH_BASE.length) throw new Malformed();
      const length = LENGTH_BASE[lengthAt]! + this.#take(LENGTH_EXTRA[lengthAt]!);
      const distanceAt = this.#symbol(distances);
      if (distanceAt >= DISTANCE_BASE.length) throw new Malformed();
      const distance = DISTANCE_BASE[distanceAt]! + this.#take(DISTANCE_EXTRA[distanceAt]!);
      if (distance > this.#written) throw new Malformed();
      for (let i = 0; i < length; i++) this.#put(this.#out[this.#written - distance]!);
    }
  }
}

/** @throws {Malformed} where more codes are claimed than there are */
function huffman(lengths: Uint8Array): HuffmanCode {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) counts[length]!++;
  counts[0] = 0;
  let left = 1;
  const offsets = new Uint16Array(LONGEST_CODE + 2);
  for (let length = 1; length <= LONGEST_CODE; length++) {
    left = (left << 1) - counts[length]!;
    if (left < 0) throw new Malformed();
    offsets[length + 1] = offsets[length]! + counts[length]!;
  }
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) if (length > 0) symbols[offsets[length]!++] = symbol;
  return { counts, symbols };
}

const FIXED_LITERALS = huffman(
  Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = huffman(new Uint8Array(30).fill(5));
