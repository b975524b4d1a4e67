/**
 * Finite-field Diffie-Hellman and the key derivation that came with it (XML Encryption 1.1 §5.6.2; RFC 2631 §2.1; NIST
 * SP 800-56A §5.6.2.3, §5.7.1.1). Not constant in time: it opens the user's own messages on the user's machine.
 */
import { octetsFromBigInt } from '../../bytes/der.ts';
import { concatOctets } from '../../bytes/octets.ts';
import { encodeUtf8 } from '../../bytes/utf8.ts';
import { fail, plaintext, unusable } from '../decryption-outcomes.ts';
import type { DecryptOutcome } from '../decryption-provider.ts';
import type { DigestMethod } from '../digests.ts';
import type { PublicKey } from '../keys.ts';
import { bitLength, modPow } from '../modular.ts';

type DhKey = Extract<PublicKey, { kind: 'DH' }>;

/** The largest group that anybody uses is ffdhe8192 (RFC 7919 §A.5). */
const MAX_DH_BITS = 8192;

/** What makes numbers no group to work in, or null. Comparisons only: a prime of a million bits costs nothing here. */
export function dhGroupDefect(p: bigint, g: bigint): string | null {
  // A prime over the bound is refused before anything is computed with it.
  if (p >> BigInt(MAX_DH_BITS) !== 0n) return 'dh-prime-too-large';
  return (p & 1n) === 0n || p < 11n || g <= 1n || g >= p - 1n ? 'dh-parameters-invalid' : null;
}

/** The order of g, where one of the keys names it and it is one: the receiver's own word before the message's. */
function provenOrder(own: DhKey, other: DhKey): bigint | null {
  for (const q of [own.q, other.q]) {
    if (q !== null && q > 1n && q < own.p && (own.p - 1n) % q === 0n && modPow(own.g, q, own.p) === 1n) return q;
  }
  return null;
}

/**
 * ZZ = y^x mod p with the zeros at its start, so that it has as many octets as p (RFC 2631 §2.1.2). `x` is the
 * receiver's, in whose group the other key must be: what a message says about the group is never computed with.
 */
export function agreeInFiniteField(own: DhKey, x: bigint, other: DhKey): DecryptOutcome {
  const { p, g } = own;
  const defect = dhGroupDefect(p, g);
  if (defect !== null) return unusable(defect);
  if (other.p !== p || other.g !== g) return unusable('groups-differ');
  if (x <= 0n || x >= p - 1n) return unusable('dh-exponent-invalid');
  if (other.y <= 1n || other.y >= p - 1n) return fail('dh-public-value-range');
  const q = provenOrder(own, other);
  if (q !== null && modPow(other.y, q, p) !== 1n) return fail('dh-small-subgroup');
  const shared = modPow(other.y, x, p);
  if (shared <= 1n || shared === p - 1n) return fail('agreement-zero');
  const octets = octetsFromBigInt(shared, (bitLength(p) + 7) >> 3);
  return octets === null ? fail('dh-public-value-range') : plaintext(octets);
}

/** The counter is one octet, written as two hexadecimal digits. */
const MOST_BLOCKS = 255;

/**
 * The legacy key derivation (§5.6.2.2): DigestAlg(ZZ ‖ counter ‖ EncryptionAlg ‖ KA-Nonce ‖ KeySize), block after
 * block.
 * @param encryption URI of the algorithm that the key is for
 * @param length octets of key; null where the counter does not reach so far
 */
export function legacyDhDerivation(
  method: DigestMethod,
  encryption: string,
  nonce: Uint8Array,
  secret: Uint8Array,
  length: number,
): Uint8Array | null {
  const blocks = Math.ceil(length / method.length);
  if (blocks > MOST_BLOCKS) return null;
  const key = new Uint8Array(length);
  for (let count = 1; count <= blocks; count++) {
    const counter = count.toString(16).toUpperCase().padStart(2, '0');
    const block = method.hash(
      concatOctets(secret, encodeUtf8(`${counter}${encryption}`), nonce, encodeUtf8(String(8 * length))),
    );
    key.set(block.subarray(0, length - (count - 1) * method.length), (count - 1) * method.length);
  }
  return key;
}
