/**
 * CBC and key unwrapping over a block cipher that no library brings modes for (XML Encryption 1.1 §5.2; RFC 3394
 * §2.2.2).
 */
import { equalOctets, octetAt } from '../../bytes/octets.ts';

/** A block cipher under one key. */
export interface BlockDecryption {
  /** Octets of a block. */
  readonly size: number;
  /** Decrypts the block of `input` at `at` into the first octets of `output`. */
  decrypt(input: Uint8Array, at: number, output: Uint8Array): void;
}

/** A word of a table or schedule; `at` is inside it. Ciphers read millions. */
export function wordAt(words: Int32Array, at: number): number {
  // oxlint-disable-next-line typescript/no-non-null-assertion -- inside, as the caller says
  return words[at]!;
}

/** CBC with the padding left in place; `ciphertext` is whole blocks. */
export function decryptCbc(cipher: BlockDecryption, iv: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const plain = new Uint8Array(ciphertext.length);
  const block = new Uint8Array(cipher.size);
  for (let at = 0; at < ciphertext.length; at += cipher.size) {
    cipher.decrypt(ciphertext, at, block);
    for (let i = 0; i < cipher.size; i++) {
      plain[at + i] = octetAt(block, i) ^ (at === 0 ? octetAt(iv, i) : octetAt(ciphertext, at - cipher.size + i));
    }
  }
  return plain;
}

const INTEGRITY = new Uint8Array(8).fill(0xa6);

/**
 * The wrapped key, or null where the integrity check value is wrong. Blocks of 16 octets; `wrapped` is at least 24, a
 * multiple of 8.
 */
export function unwrapKey(cipher: BlockDecryption, wrapped: Uint8Array): Uint8Array | null {
  const n = wrapped.length / 8 - 1;
  const register = wrapped.slice(0, 8);
  const key = wrapped.slice(8);
  const input = new Uint8Array(16);
  const output = new Uint8Array(16);
  for (let j = 5; j >= 0; j--) {
    for (let i = n; i >= 1; i--) {
      const counter = n * j + i;
      input.set(register);
      input[7] = octetAt(input, 7) ^ (counter & 0xff);
      input[6] = octetAt(input, 6) ^ ((counter >> 8) & 0xff);
      input[5] = octetAt(input, 5) ^ ((counter >> 16) & 0xff);
      input.set(key.subarray(8 * (i - 1), 8 * i), 8);
      cipher.decrypt(input, 0, output);
      register.set(output.subarray(0, 8));
      key.set(output.subarray(8), 8 * (i - 1));
    }
  }
  return equalOctets(register, INTEGRITY) ? key : null;
}
