/** Key derivation of PKCS#12 (RFC 7292 §B). */

import { joinOctets } from '../bytes/octets.ts';
import { hashAgain, type RepeatableHash } from './repeated-hash.ts';

/** A password as a BMPString with its terminating null (RFC 7292 §B.1). */
export function bmpPassword(password: string): Uint8Array {
  const octets = new Uint8Array(2 * password.length + 2);
  for (let at = 0; at < password.length; at++) {
    const unit = password.charCodeAt(at);
    octets[2 * at] = unit >> 8;
    octets[2 * at + 1] = unit & 0xff;
  }
  return octets;
}

function repeat(octets: Uint8Array, block: number): Uint8Array {
  const repeated = new Uint8Array(octets.length === 0 ? 0 : block * Math.ceil(octets.length / block));
  for (let at = 0; at < repeated.length; at++) repeated[at] = octets[at % octets.length] ?? 0;
  return repeated;
}

/** `purpose` 1 is a key, 2 an IV, 3 a MAC key. */
export function pkcs12Derive(
  hash: RepeatableHash,
  purpose: 1 | 2 | 3,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const block = hash.blockLen;
  const diversifier = new Uint8Array(block).fill(purpose);
  const input = joinOctets([repeat(salt, block), repeat(password, block)]);
  const output = new Uint8Array(length);
  for (let made = 0; made < length;) {
    const state = hash(joinOctets([diversifier, input]));
    hashAgain(hash, state, iterations - 1);
    output.set(state.subarray(0, Math.min(state.length, length - made)), made);
    made += state.length;
    // I := I + B + 1 in each block.
    const addend = repeat(state, block).subarray(0, block);
    for (let start = 0; start < input.length; start += block) {
      let carry = 1;
      for (let at = block - 1; at >= 0; at--) {
        carry += (input[start + at] ?? 0) + (addend[at] ?? 0);
        input[start + at] = carry & 0xff;
        carry >>= 8;
      }
    }
  }
  return output;
}
