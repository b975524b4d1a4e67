/**
 * The Camellia block cipher, decryption only (RFC 3713). No kept library has it; table-driven, not constant in time.
 */
import { bigIntFromOctets } from '../../bytes/der.ts';
import { octetAt } from '../../bytes/octets.ts';
import { wordAt, type BlockDecryption } from './block-modes.ts';

/** SBOX1 (RFC 3713 §2.4.1); the other three are rotations of it. */
const S1 = Uint8Array.from(
  [
    '70822cecb327c0e5e4855735ea0cae4123ef6b934519a521ed0e4f4e1d6592bd',
    '86b8af8f7ceb1fce3e30dc5f5ec50b1aa6e139cad5475d3dd9015ad651566c4d',
    '8b0d9a66fbccb02d74122b20f0b18499df4ccbc2347e76056db7a931d11704d7',
    '14583a61de1b111c320f9c165318f222fe44cfb2c3b57a912408e8a860fc6950',
    'aad0a07da1896297545b1e95e0ff64d210c40048a3f775db8a03e6da093fdd94',
    '875c8302cd4a90337367f6f39d7fbfe2529bd826c837c63b81966f4b13be632e',
    'e979a78c9f6ebc8e29f5f9b62ffdb4597898066ae74671bad425ab4288a28dfa',
    '7207b955f8eeac0a36492a683c38f1a44028d37bbbc943c115e3adf477c7809e',
  ].flatMap((row) => row.match(/../g) ?? []),
  (octet) => Number.parseInt(octet, 16),
);
const rotated = (value: number, by: number): number => ((value << by) | (value >> (8 - by))) & 0xff;
const S2 = S1.map((value) => rotated(value, 1));
const S3 = S1.map((value) => rotated(value, 7));
const S4 = Uint8Array.from(S1, (_, index) => octetAt(S1, rotated(index, 1)));

/** The constants of the key schedule (§2.2). */
const SIGMA = [
  0xa09e667f3bcc908bn,
  0xb67ae8584caa73b2n,
  0xc6ef372fe94f82ben,
  0x54ff53a5f1d36f1cn,
  0x10e527fade682d1dn,
  0xb05688c2b3e6c1fdn,
] as const;

/* oxlint-disable typescript/no-non-null-assertion -- tables of 256 read at an octet, millions of times */
/** The F function (§2.4.1) of a half block and a subkey, both as two words; leaves its result in `out`. */
function roundFunction(high: number, low: number, keyHigh: number, keyLow: number, out: Int32Array): void {
  const a = high ^ keyHigh;
  const b = low ^ keyLow;
  const t1 = S1[a >>> 24]!,
    t2 = S2[(a >>> 16) & 0xff]!,
    t3 = S3[(a >>> 8) & 0xff]!,
    t4 = S4[a & 0xff]!;
  const t5 = S2[b >>> 24]!,
    t6 = S3[(b >>> 16) & 0xff]!,
    t7 = S4[(b >>> 8) & 0xff]!,
    t8 = S1[b & 0xff]!;
  out[0] =
    ((t1 ^ t3 ^ t4 ^ t6 ^ t7 ^ t8) << 24) |
    ((t1 ^ t2 ^ t4 ^ t5 ^ t7 ^ t8) << 16) |
    ((t1 ^ t2 ^ t3 ^ t5 ^ t6 ^ t8) << 8) |
    (t2 ^ t3 ^ t4 ^ t5 ^ t6 ^ t7);
  out[1] =
    ((t1 ^ t2 ^ t6 ^ t7 ^ t8) << 24) |
    ((t2 ^ t3 ^ t5 ^ t7 ^ t8) << 16) |
    ((t3 ^ t4 ^ t5 ^ t6 ^ t8) << 8) |
    (t1 ^ t4 ^ t5 ^ t6 ^ t7);
}
/* oxlint-enable typescript/no-non-null-assertion */

const M64 = (1n << 64n) - 1n;
const M128 = (1n << 128n) - 1n;

function f64(value: bigint, key: bigint): bigint {
  const word = (number: bigint) => Number(BigInt.asIntN(32, number));
  const out = new Int32Array(2);
  roundFunction(word(value >> 32n), word(value), word(key >> 32n), word(key), out);
  return (BigInt(wordAt(out, 0) >>> 0) << 32n) | BigInt(wordAt(out, 1) >>> 0);
}

/** Which rotated key each subkey pair comes from (§2.2): whitening, rounds with the FL layer after every sixth. */
type Source = readonly ['L' | 'R' | 'A' | 'B', number];
const SHORT: { readonly rounds: readonly Source[]; readonly layers: readonly Source[]; readonly last: Source } = {
  rounds: [
    ['A', 0],
    ['L', 15],
    ['A', 15],
    ['L', 45],
    ['A', 45],
    ['A', 60],
    ['L', 94],
    ['A', 94],
    ['L', 111],
  ],
  layers: [
    ['A', 30],
    ['L', 77],
  ],
  last: ['A', 111],
};
const LONG: typeof SHORT = {
  rounds: [
    ['B', 0],
    ['R', 15],
    ['A', 15],
    ['B', 30],
    ['L', 45],
    ['A', 45],
    ['R', 60],
    ['B', 60],
    ['L', 77],
    ['R', 94],
    ['A', 94],
    ['L', 111],
  ],
  layers: [
    ['R', 30],
    ['L', 60],
    ['A', 77],
  ],
  last: ['B', 111],
};

/** All subkeys of encryption in order: kw1, kw2, then rounds and layers, then kw3, kw4. */
function subkeys(key: Uint8Array): {
  readonly first: bigint[];
  readonly rounds: bigint[];
  readonly layers: bigint[];
  readonly last: bigint[];
} {
  const left = bigIntFromOctets(key.subarray(0, 16));
  const tail = bigIntFromOctets(key.subarray(16));
  const right = key.length === 16 ? 0n : key.length === 24 ? (tail << 64n) | (tail ^ M64) : tail;
  let d1 = (left ^ right) >> 64n;
  let d2 = (left ^ right) & M64;
  d2 ^= f64(d1, SIGMA[0]);
  d1 ^= f64(d2, SIGMA[1]);
  d1 ^= left >> 64n;
  d2 ^= left & M64;
  d2 ^= f64(d1, SIGMA[2]);
  d1 ^= f64(d2, SIGMA[3]);
  const a = (d1 << 64n) | d2;
  d1 = (a ^ right) >> 64n;
  d2 = (a ^ right) & M64;
  d2 ^= f64(d1, SIGMA[4]);
  d1 ^= f64(d2, SIGMA[5]);
  const sources = { L: left, R: right, A: a, B: (d1 << 64n) | d2 };
  const pair = ([name, by]: Source): [bigint, bigint] => {
    const value = sources[name];
    const turned = ((value << BigInt(by)) | (value >> BigInt(128 - by))) & M128;
    return [turned >> 64n, turned & M64];
  };
  const plan = key.length === 16 ? SHORT : LONG;
  const rounds = plan.rounds.flatMap(pair);
  // With 128 bits the pair k9, k10 is taken from two keys.
  if (key.length === 16) [, rounds[9]] = pair(['L', 60]);
  return { first: pair(['L', 0]), rounds, layers: plan.layers.flatMap(pair), last: pair(plan.last) };
}

/**
 * The cipher under one key.
 * @param key 16, 24 or 32 octets
 */
export function camelliaDecryption(key: Uint8Array): BlockDecryption {
  const keys = subkeys(key);
  // Decryption is encryption with the subkeys in reverse (§2.3.3).
  const words = Int32Array.from(
    [...keys.last, ...keys.rounds.toReversed(), ...keys.layers.toReversed(), ...keys.first].flatMap((one) => [
      Number(BigInt.asIntN(32, one >> 32n)),
      Number(BigInt.asIntN(32, one)),
    ]),
  );
  const rounds = keys.rounds.length;
  const layersAt = 4 + 2 * rounds;
  const lastAt = layersAt + 2 * keys.layers.length;
  const f = new Int32Array(2);
  return {
    size: 16,
    decrypt(input, at, output) {
      const view = new DataView(input.buffer, input.byteOffset + at, 16);
      let a = view.getInt32(0) ^ wordAt(words, 0),
        b = view.getInt32(4) ^ wordAt(words, 1);
      let c = view.getInt32(8) ^ wordAt(words, 2),
        d = view.getInt32(12) ^ wordAt(words, 3);
      for (let round = 0; round < rounds; round += 2) {
        if (round > 0 && round % 6 === 0) {
          const k = layersAt + 4 * (round / 6 - 1);
          let mixed = a & wordAt(words, k);
          b ^= (mixed << 1) | (mixed >>> 31);
          a ^= b | wordAt(words, k + 1);
          c ^= d | wordAt(words, k + 3);
          mixed = c & wordAt(words, k + 2);
          d ^= (mixed << 1) | (mixed >>> 31);
        }
        const k = 4 + 2 * round;
        roundFunction(a, b, wordAt(words, k), wordAt(words, k + 1), f);
        c ^= wordAt(f, 0);
        d ^= wordAt(f, 1);
        roundFunction(c, d, wordAt(words, k + 2), wordAt(words, k + 3), f);
        a ^= wordAt(f, 0);
        b ^= wordAt(f, 1);
      }
      const out = new DataView(output.buffer, output.byteOffset, 16);
      out.setInt32(0, c ^ wordAt(words, lastAt));
      out.setInt32(4, d ^ wordAt(words, lastAt + 1));
      out.setInt32(8, a ^ wordAt(words, lastAt + 2));
      out.setInt32(12, b ^ wordAt(words, lastAt + 3));
    },
  };
}
