/** Room for typed arrays that grow: at least doubled, so that adding n values costs O(n). */

/** A copy with room for at least `atLeast` values, the new ones 0. */
export function grownWords(from: Int32Array<ArrayBuffer>, atLeast: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(Math.max(from.length * 2, atLeast));
  to.set(from);
  return to;
}

/** A copy with twice the room, the new octets 0. */
export function grownOctets(from: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(from.length * 2);
  to.set(from);
  return to;
}
