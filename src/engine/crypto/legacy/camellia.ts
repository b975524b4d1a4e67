/**
 * The Camellia block cipher, decryption only (RFC 3713). No kept library has it; table-driven, not constant in time.
 */
import { bigIntFromOctets } from '../../bytes/der.ts';
import type { BlockDecryption } from './block-modes.ts';

/** SBOX1 (RFC 3713 §2.4.1); the other three are rotations of it. */
const S1 = Uint8Array.of(
  112,
  130,
  44,
  236,
  179,
  39,
  192,
  229,
  228,
  133,
  87,
  53,
  234,
  12,
  174,
  65,
  35,
  239,
  107,
  147,
  69,
  25,
  165,
  33,
  237,
  14,
  79,
  78,
  29,
  101,
  146,
  189,
  134,
  184,
  175,
  143,
  124,
  235,
  31,
  206,
  62,
  48,
  220,
  95,
  94,
  197,
  11,
  26,
  166,
  225,
  57,
  202,
  213,
  71,
  93,
  61,
  217,
  1,
  90,
  214,
  81,
  86,
  108,
  77,
  139,
  13,
  154,
  102,
  251,
  204,
  176,
  45,
  116,
  18,
  43,
  32,
  240,
  177,
  132,
  153,
  223,
  76,
  203,
  194,
  52,
  126,
  118,
  5,
  109,
  183,
  169,
  49,
  209,
  23,
  4,
  215,
  20,
  88,
  58,
  97,
  222,
  27,
  17,
  28,
  50,
  15,
  156,
  22,
  83,
  24,
  242,
  34,
  254,
  68,
  207,
  178,
  195,
  181,
  122,
  145,
  36,
  8,
  232,
  168,
  96,
  252,
  105,
  80,
  170,
  208,
  160,
  125,
  161,
  137,
  98,
  151,
  84,
  91,
  30,
  149,
  224,
  255,
  100,
  210,
  16,
  196,
  0,
  72,
  163,
  247,
  117,
  219,
  138,
  3,
  230,
  218,
  9,
  63,
  221,
  148,
  135,
  92,
  131,
  2,
  205,
  74,
  144,
  51,
  115,
  103,
  246,
  243,
  157,
  127,
  191,
  226,
  82,
  155,
  216,
  38,
  200,
  55,
  198,
  59,
  129,
  150,
  111,
  75,
  19,
  190,
  99,
  46,
  233,
  121,
  167,
  140,
  159,
  110,
  188,
  142,
  41,
  245,
  249,
  182,
  47,
  253,
  180,
  89,
  120,
  152,
  6,
  106,
  231,
  70,
  113,
  186,
  212,
  37,
  171,
  66,
  136,
  162,
  141,
  250,
  114,
  7,
  185,
  85,
  248,
  238,
  172,
  10,
  54,
  73,
  42,
  104,
  60,
  56,
  241,
  164,
  64,
  40,
  211,
  123,
  187,
  201,
  67,
  193,
  21,
  227,
  173,
  244,
  119,
  199,
  128,
  158,
);
const rotated = (value: number, by: number): number => ((value << by) | (value >> (8 - by))) & 0xff;
const S2 = S1.map((value) => rotated(value, 1));
const S3 = S1.map((value) => rotated(value, 7));
const S4 = Uint8Array.from(S1, (_, index) => S1[rotated(index, 1)]!);

const SIGMA = [
  'a09e667f3bcc908b',
  'b67ae8584caa73b2',
  'c6ef372fe94f82be',
  '54ff53a5f1d36f1c',
  '10e527fade682d1d',
  'b05688c2b3e6c1fd',
].map((hex) => BigInt(`0x${hex}`));

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

const M64 = (1n << 64n) - 1n;
const M128 = (1n << 128n) - 1n;

function f64(value: bigint, key: bigint): bigint {
  const word = (number: bigint) => Number(BigInt.asIntN(32, number));
  const out = new Int32Array(2);
  roundFunction(word(value >> 32n), word(value), word(key >> 32n), word(key), out);
  return (BigInt(out[0]! >>> 0) << 32n) | BigInt(out[1]! >>> 0);
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
  d2 ^= f64(d1, SIGMA[0]!);
  d1 ^= f64(d2, SIGMA[1]!);
  d1 ^= left >> 64n;
  d2 ^= left & M64;
  d2 ^= f64(d1, SIGMA[2]!);
  d1 ^= f64(d2, SIGMA[3]!);
  const a = (d1 << 64n) | d2;
  d1 = (a ^ right) >> 64n;
  d2 = (a ^ right) & M64;
  d2 ^= f64(d1, SIGMA[4]!);
  d1 ^= f64(d2, SIGMA[5]!);
  const sources = { L: left, R: right, A: a, B: (d1 << 64n) | d2 };
  const pair = ([name, by]: Source): bigint[] => {
    const value = sources[name];
    const turned = ((value << BigInt(by)) | (value >> BigInt(128 - by))) & M128;
    return [turned >> 64n, turned & M64];
  };
  const plan = key.length === 16 ? SHORT : LONG;
  const rounds = plan.rounds.flatMap(pair);
  // With 128 bits the pair k9, k10 is taken from two keys.
  if (key.length === 16) rounds[9] = pair(['L', 60])[1]!;
  return { first: pair(['L', 0]), rounds, layers: plan.layers.flatMap(pair), last: pair(plan.last) };
}

/** @param key 16, 24 or 32 octets */
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
      let a = view.getInt32(0) ^ words[0]!,
        b = view.getInt32(4) ^ words[1]!;
      let c = view.getInt32(8) ^ words[2]!,
        d = view.getInt32(12) ^ words[3]!;
      for (let round = 0; round < rounds; round += 2) {
        if (round > 0 && round % 6 === 0) {
          const k = layersAt + 4 * (round / 6 - 1);
          let mixed = a & words[k]!;
          b ^= (mixed << 1) | (mixed >>> 31);
          a ^= b | words[k + 1]!;
          c ^= d | words[k + 3]!;
          mixed = c & words[k + 2]!;
          d ^= (mixed << 1) | (mixed >>> 31);
        }
        const k = 4 + 2 * round;
        roundFunction(a, b, words[k]!, words[k + 1]!, f);
        c ^= f[0]!;
        d ^= f[1]!;
        roundFunction(c, d, words[k + 2]!, words[k + 3]!, f);
        a ^= f[0]!;
        b ^= f[1]!;
      }
      const out = new DataView(output.buffer, output.byteOffset, 16);
      out.setInt32(0, c ^ words[lastAt]!);
      out.setInt32(4, d ^ words[lastAt + 1]!);
      out.setInt32(8, a ^ words[lastAt + 2]!);
      out.setInt32(12, b ^ words[lastAt + 3]!);
    },
  };
}
