/** The SEED block cipher, decryption only (RFC 4269). No kept library has it; not constant in time. */
import { wordAt, type BlockDecryption } from './block-modes.ts';

/** Multiplication in GF(2^8) with x^8 + x^6 + x^5 + x + 1 (§2.2). */
function product(a: number, b: number): number {
  let sum = 0;
  for (let left = a, right = b; right > 0; right >>= 1) {
    if ((right & 1) === 1) sum ^= left;
    left <<= 1;
    if (left > 0xff) left ^= 0x163;
  }
  return sum;
}

/** An S-box (§2.2): a power in the field, a linear map given by the images of the eight bits, a constant. */
function substitution(exponent: number, columns: readonly number[], constant: number): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, x) => {
    let power = 1;
    let square = x;
    for (let rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) === 1) power = product(power, square);
      square = product(square, square);
    }
    return columns.reduce((sum, column, bit) => ((power >> bit) & 1 ? sum ^ column : sum), constant);
  });
}

const S1 = substitution(247, [0x2c, 0xd0, 0x69, 0xc2, 0x41, 0x44, 0x58, 0xe2], 169);
const S2 = substitution(251, [0xd0, 0x2a, 0xe1, 0x2c, 0x21, 0x30, 0xa2, 0x6c], 56);

/** The G function's tables (§2.1.2): each S-box output spread over a word through the masks fc, f3, cf, 3f. */
function spread(box: Uint8Array, masks: readonly [number, number, number, number]): Int32Array {
  return Int32Array.from(
    box,
    (value) => ((value & masks[0]) << 24) | ((value & masks[1]) << 16) | ((value & masks[2]) << 8) | (value & masks[3]),
  );
}
const G0 = spread(S1, [0x3f, 0xcf, 0xf3, 0xfc]);
const G1 = spread(S2, [0xfc, 0x3f, 0xcf, 0xf3]);
const G2 = spread(S1, [0xf3, 0xfc, 0x3f, 0xcf]);
const G3 = spread(S2, [0xcf, 0xf3, 0xfc, 0x3f]);

function g(word: number): number {
  return (
    wordAt(G0, word & 0xff) ^
    wordAt(G1, (word >>> 8) & 0xff) ^
    wordAt(G2, (word >>> 16) & 0xff) ^
    wordAt(G3, word >>> 24)
  );
}

const ROUNDS = 16;
/** The golden ratio's first 32 bits (§2.3); later constants are rotations of it. */
const CONSTANT = 0x9e3779b9;

/** Round keys, two words each (§2.3). */
function roundKeys(key: Uint8Array): Int32Array {
  const view = new DataView(key.buffer, key.byteOffset, 16);
  let a = view.getInt32(0),
    b = view.getInt32(4),
    c = view.getInt32(8),
    d = view.getInt32(12);
  const keys = new Int32Array(2 * ROUNDS);
  for (let round = 0; round < ROUNDS; round++) {
    const constant = (CONSTANT << round) | (CONSTANT >>> (32 - round));
    keys[2 * round] = g((a + c - (round === 0 ? CONSTANT : constant)) | 0);
    keys[2 * round + 1] = g((b - d + (round === 0 ? CONSTANT : constant)) | 0);
    if (round % 2 === 0) [a, b] = [(a >>> 8) | (b << 24), (b >>> 8) | (a << 24)];
    else [c, d] = [(c << 8) | (d >>> 24), (d << 8) | (c >>> 24)];
  }
  return keys;
}

/**
 * The cipher under one key.
 * @param key 16 octets
 */
export function seedDecryption(key: Uint8Array): BlockDecryption {
  const keys = roundKeys(key);
  return {
    size: 16,
    decrypt(input, at, output) {
      const view = new DataView(input.buffer, input.byteOffset + at, 16);
      let l0 = view.getInt32(0),
        l1 = view.getInt32(4),
        r0 = view.getInt32(8),
        r1 = view.getInt32(12);
      for (let round = ROUNDS - 1; round >= 0; round--) {
        const c = r0 ^ wordAt(keys, 2 * round);
        let t1 = g(c ^ r1 ^ wordAt(keys, 2 * round + 1));
        let t0 = g((c + t1) | 0);
        t1 = g((t1 + t0) | 0);
        t0 = (t0 + t1) | 0;
        [l0, l1, r0, r1] = [r0, r1, l0 ^ t0, l1 ^ t1];
      }
      // The last round does not swap the halves.
      const out = new DataView(output.buffer, output.byteOffset, 16);
      out.setInt32(0, r0);
      out.setInt32(4, r1);
      out.setInt32(8, l0);
      out.setInt32(12, l1);
    },
  };
}
