/** Gives equal runs of octets the same small number, without making a string of each. */
import { grownWords } from './grow.ts';
import { decodeUtf8 } from './utf8.ts';

/** Slots looked at before a run goes to the overflow map. */
const PROBE_LIMIT = 16;

/**
 * An open-addressing table over ranges of one octet array. Its hash has no secret, so octets chosen to collide
 * could make it slow; after {@link PROBE_LIMIT} slots an entry moves to a `Map` of strings, whose hash is seeded.
 */
export class OctetInterner {
  readonly #octets: Uint8Array;
  #slots: Int32Array;
  #hashes: Int32Array<ArrayBuffer>;
  #starts: Int32Array<ArrayBuffer>;
  #ends: Int32Array<ArrayBuffer>;
  readonly #overflow = new Map<string, number>();
  #count = 0;

  /** @param room entries to reserve at first: a power of two */
  constructor(octets: Uint8Array, room = 256) {
    this.#octets = octets;
    this.#slots = new Int32Array(room * 4).fill(-1);
    this.#hashes = new Int32Array(room);
    this.#starts = new Int32Array(room);
    this.#ends = new Int32Array(room);
  }

  /** Entries so far; ids are 0 to count - 1 in the order in which they were first seen. */
  get count(): number {
    return this.#count;
  }

  /**
   * The id of `octets[start, end)`, whose {@link hashStep} over all octets is `hash`; a new one where it was not seen
   * before.
   */
  intern(start: number, end: number, hash: number): number {
    const octets = this.#octets;
    const mask = this.#slots.length - 1;
    const size = end - start;
    let slot = mix(hash) & mask;
    for (let probe = 0; probe < PROBE_LIMIT; probe++) {
      const id = this.#slots[slot]!;
      if (id < 0) return this.#add(start, end, hash, slot);
      if (this.#hashes[id] === hash) {
        const first = this.#starts[id]!;
        if (this.#ends[id]! - first === size) {
          let i = 0;
          while (i < size && octets[first + i] === octets[start + i]) i++;
          if (i === size) return id;
        }
      }
      slot = (slot + 1) & mask;
    }
    const text = decodeUtf8(octets, start, end);
    const known = this.#overflow.get(text);
    return known ?? this.#add(start, end, hash, -1);
  }

  #add(start: number, end: number, hash: number, slot: number): number {
    const id = this.#count++;
    if (id === this.#hashes.length) this.#growEntries();
    this.#hashes[id] = hash;
    this.#starts[id] = start;
    this.#ends[id] = end;
    if (slot < 0) this.#overflow.set(decodeUtf8(this.#octets, start, end), id);
    else this.#slots[slot] = id;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #growEntries(): void {
    this.#hashes = grownWords(this.#hashes, 0);
    this.#starts = grownWords(this.#starts, 0);
    this.#ends = grownWords(this.#ends, 0);
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    this.#overflow.clear();
    for (let id = 0; id < this.#count; id++) {
      let slot = mix(this.#hashes[id]!) & mask;
      let probe = 0;
      while (probe < PROBE_LIMIT && slots[slot]! >= 0) {
        slot = (slot + 1) & mask;
        probe++;
      }
      if (probe < PROBE_LIMIT) slots[slot] = id;
      else this.#overflow.set(decodeUtf8(this.#octets, this.#starts[id], this.#ends[id]), id);
    }
    this.#slots = slots;
  }
}

/** One step of the hash that {@link OctetInterner.intern} expects; begin with 0. */
export function hashStep(hash: number, octet: number): number {
  return (Math.imul(hash, 31) + octet) | 0;
}

/** The hash of `octets[start, end)`. */
export function hashOf(octets: Uint8Array, start: number, end: number): number {
  let hash = 0;
  for (let i = start; i < end; i++) hash = hashStep(hash, octets[i]!);
  return hash;
}

function mix(hash: number): number {
  return hash ^ (hash >>> 15) ^ (hash >>> 7);
}
