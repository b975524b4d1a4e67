/**
 * RSA decryption with any pair of digest and mask digest (RFC 8017 §7.1 and §7.2), by the Chinese remainder theorem
 * over BigInt.
 * Not constant in time and plain about what failed: this opens the user's own messages with the user's own key on the
 * user's machine; no remote party can time it or see its answer.
 */
import { bigIntFromOctets, octetsFromBigInt } from '../bytes/der.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { DigestMethod } from './digests.ts';
import { fail, plaintext, unusable } from './decryption-outcomes.ts';
import type { DecryptOutcome } from './decryption-provider.ts';
import { modPow } from './modular.ts';
import type { PrivateParts } from './private-key-parts.ts';
import { mgf1 } from './rsa.ts';

/** An RSA private key's numbers. */
export type RsaParts = Extract<PrivateParts, { kind: 'RSA' }>;
/** The encrypted number to the private exponent, octets as long as the modulus; null where it must be computed here. */
export type RsaPower = (encrypted: Uint8Array) => Uint8Array | null;

/** RSADP: the encoded message as octets as long as the modulus. */
function rsaPrivateOperation(parts: RsaParts, encrypted: Uint8Array, power?: RsaPower): Uint8Array | DecryptOutcome {
  const length = octetsFromBigInt(parts.n)?.length ?? 0;
  if (encrypted.length !== length) return fail('ciphertext-length');
  const c = bigIntFromOctets(encrypted);
  if (c >= parts.n) return fail('range');
  const given = power?.(encrypted) ?? null;
  const m = given === null ? remainderPower(parts, c) : bigIntFromOctets(given);
  if (modPow(m, parts.e, parts.n) !== c) return unusable('rsa-key-inconsistent');
  return octetsFromBigInt(m, length) ?? fail('range');
}

function remainderPower(parts: RsaParts, c: bigint): bigint {
  const [m1, m2] = [modPow(c, parts.dp, parts.p), modPow(c, parts.dq, parts.q)];
  const h = ((((m1 - m2) % parts.p) + parts.p) * parts.inverse) % parts.p;
  return m2 + h * parts.q;
}

/** RSAES-PKCS1-v1_5 (RFC 8017 §7.2.2): 00 02, at least eight octets other than zero, 00, message. */
export function decryptRsa15(parts: RsaParts, encrypted: Uint8Array, power?: RsaPower): DecryptOutcome {
  const block = rsaPrivateOperation(parts, encrypted, power);
  if (!(block instanceof Uint8Array)) return block;
  const end = block.indexOf(0, 2);
  if (block[0] !== 0 || block[1] !== 2 || end < 10) return fail('padding');
  return plaintext(block.slice(end + 1));
}

/** Zeros that cannot be there by chance. */
const UNLABELLED_PADDING = 8;

/** RSAES-OAEP (RFC 8017 §7.1.2). */
export function decryptOaep(
  parts: RsaParts,
  digest: DigestMethod,
  mask: DigestMethod,
  label: Uint8Array | null,
  encrypted: Uint8Array,
  power?: RsaPower,
): DecryptOutcome {
  const block = rsaPrivateOperation(parts, encrypted, power);
  if (!(block instanceof Uint8Array)) return block;
  const size = digest.length;
  if (block.length < 2 * size + 2) return unusable('rsa-modulus-too-short');
  const maskedData = block.subarray(1 + size);
  const seedMask = mgf1(mask.hash, maskedData, size);
  const seed = block.subarray(1, 1 + size).map((octet, at) => octet ^ (seedMask[at] ?? 0));
  const dataMask = mgf1(mask.hash, seed, maskedData.length);
  const data = maskedData.map((octet, at) => octet ^ (dataMask[at] ?? 0));
  if (block[0] !== 0) return fail('oaep-first-octet');
  if (label !== null && !equalOctets(data.subarray(0, size), digest.hash(label))) return fail('oaep-label');
  let at = size;
  while (data[at] === 0) at++;
  // Without the label only the padding tells that the masks were right.
  if (label === null && at < size + UNLABELLED_PADDING) return fail('oaep-separator');
  return data[at] === 1 ? plaintext(data.slice(at + 1)) : fail('oaep-separator');
}
