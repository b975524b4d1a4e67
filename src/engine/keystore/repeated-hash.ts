/**
 * A hash of its own result, thousands of times over, as the derivations of keys from passwords before PBKDF2 have it.
 */

interface Hasher {
  update(octets: Uint8Array): Hasher;
  digestInto(output: Uint8Array): void;
  _cloneInto(other?: Hasher): Hasher;
}

/** The hash functions that serve here. */
export interface RepeatableHash {
  (octets: Uint8Array): Uint8Array;
  readonly outputLen: number;
  readonly blockLen: number;
  create(): Hasher;
}

/**
 * Puts the hash of `octets` in the place of their first `outputLen`, `rounds` times. One hasher is taken back to its
 * beginning each time: a new one for each round takes twice as long.
 */
export function hashAgain(hash: RepeatableHash, octets: Uint8Array, rounds: number): void {
  const untouched = hash.create();
  const hasher = hash.create();
  for (let round = 0; round < rounds; round++) {
    untouched._cloneInto(hasher);
    hasher.update(octets).digestInto(octets);
  }
}
