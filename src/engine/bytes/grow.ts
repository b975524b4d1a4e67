/** Room for typed arrays that grow: at least doubled, so that adding n values costs O(n). */

/** A copy with room for at least `atLeast` values, the new ones 0. */
export function grownWords(from: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(Math.max(from.length * 2, atLeast));
  to.set(from);
  return to;
}

/**
 * The room to grow to when `count` values came from the first `read` of `size` octets: enough if the rest is like them,
 * and between a quarter more and twice as much, so that adding n values costs O(n) and little room stays unused.
 */
export function roomByDensity(count: number, read: number, size: number): number {
  return Math.ceil(Math.min(2 * count, Math.max(1.25 * count, (1.05 * count * size) / Math.max(1, read)))) + 16;
}

/** A copy with room for exactly `size` values, which must be no fewer. */
export function wordsOfSize(from: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(size);
  to.set(from);
  return to;
}

/** The same for octets. */
export function octetsOfSize(from: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(size);
  to.set(from);
  return to;
}
