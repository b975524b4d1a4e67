/**
 * Content under a block encryption algorithm (XML Encryption 1.1 §5.2, RFC 9231 §2.6): WebCrypto for what is large and
 * AES, @noble/ciphers and own arithmetic for the rest.
 */
import { cbc, gcm } from '@noble/ciphers/aes.js';
import { chacha20, chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { joinOctets } from '../bytes/octets.ts';
import { fail, plaintext, unsupported, unusable } from './decryption-outcomes.ts';
import type { CipherParameters, DecryptOutcome } from './decryption-provider.ts';
import { decryptCbc, type BlockDecryption } from './legacy/block-modes.ts';
import { camelliaDecryption } from './legacy/camellia.ts';
import { seedDecryption } from './legacy/seed.ts';
import { decryptTripleDes } from './legacy/triple-des.ts';
import { plainOctets, type SubtleCipherPort } from './subtle-port.ts';

/** Below this many octets @noble/ciphers is done before WebCrypto has imported the key. */
const WEBCRYPTO_FROM = 16_384;

/** Strips XML Encryption's padding (§5.2): the last octet counts it, the others may be anything. */
function stripPadding(padded: Uint8Array, block: number): DecryptOutcome {
  const count = padded[padded.length - 1] ?? 0;
  return count >= 1 && count <= block ? plaintext(padded.subarray(0, padded.length - count)) : fail('padding');
}

/**
 * `octets` and then `more`: in their own buffer where it has room, for a copy of 10 MB costs more than deciphering
 * them.
 */
function followedBy(octets: Uint8Array, more: Uint8Array, spare: number): Uint8Array {
  if (spare < more.length) return joinOctets([octets, more]);
  const joined = new Uint8Array(octets.buffer, octets.byteOffset, octets.length + more.length);
  joined.set(more, octets.length);
  return joined;
}

/** WebCrypto's plaintext with the padding in place, or null where it does not take the key. */
async function webAesCbc(
  subtle: SubtleCipherPort | null,
  secret: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  spare: number,
): Promise<Uint8Array | null> {
  if (subtle === null || ciphertext.length < WEBCRYPTO_FROM) return null;
  try {
    const key = await subtle.importKey('raw', plainOctets(secret), { name: 'AES-CBC' }, false, ['decrypt']);
    // WebCrypto takes PKCS#7 padding only: one more block that decrypts to sixteen 0x10 makes it leave ours alone.
    const more = cbc(secret, ciphertext.subarray(-16)).encrypt(new Uint8Array(0));
    return new Uint8Array(
      await subtle.decrypt(
        { name: 'AES-CBC', iv: plainOctets(iv) },
        key,
        plainOctets(followedBy(ciphertext, more, spare)),
      ),
    );
  } catch {
    return null;
  }
}

async function decryptAesCbc(
  subtle: SubtleCipherPort | null,
  secret: Uint8Array,
  octets: Uint8Array,
  spare: number,
): Promise<DecryptOutcome> {
  if (octets.length < 32 || octets.length % 16 !== 0) return fail('ciphertext-length');
  const [iv, ciphertext] = [octets.subarray(0, 16), octets.subarray(16)];
  return stripPadding(
    (await webAesCbc(subtle, secret, iv, ciphertext, spare)) ??
      cbc(secret, iv, { disablePadding: true }).decrypt(ciphertext),
    16,
  );
}

async function decryptAesGcm(
  subtle: SubtleCipherPort | null,
  secret: Uint8Array,
  octets: Uint8Array,
): Promise<DecryptOutcome> {
  if (octets.length < 28) return fail('ciphertext-length');
  const [iv, ciphertext] = [octets.subarray(0, 12), octets.subarray(12)];
  if (subtle !== null && ciphertext.length >= WEBCRYPTO_FROM) {
    try {
      const key = await subtle.importKey('raw', plainOctets(secret), { name: 'AES-GCM' }, false, ['decrypt']);
      return plaintext(
        new Uint8Array(
          await subtle.decrypt({ name: 'AES-GCM', iv: plainOctets(iv), tagLength: 128 }, key, plainOctets(ciphertext)),
        ),
      );
    } catch {
      // Either the tag is wrong or the engine has no such key length: the other implementation decides.
    }
  }
  try {
    return plaintext(gcm(secret, iv).decrypt(ciphertext));
  } catch {
    return fail('tag');
  }
}

/** The nonce stands in the EncryptionMethod (RFC 9231 §2.6.8), or before the ciphertext as an IV does. */
function decryptChaCha(
  secret: Uint8Array,
  octets: Uint8Array,
  parameters: CipherParameters | undefined,
): DecryptOutcome {
  const nonce = parameters?.nonce ?? octets.subarray(0, 12);
  const ciphertext = parameters?.nonce ? octets : octets.subarray(12);
  if (nonce.length !== 12 || ciphertext.length < 16) return fail('ciphertext-length');
  try {
    return plaintext(chacha20poly1305(secret, nonce, parameters?.associatedData ?? undefined).decrypt(ciphertext));
  } catch {
    return fail('tag');
  }
}

/** No tag: any key gives something (RFC 9231 §2.6.7). */
function decryptPlainChaCha(
  secret: Uint8Array,
  octets: Uint8Array,
  parameters: CipherParameters | undefined,
): DecryptOutcome {
  const nonce = parameters?.nonce ?? octets.subarray(0, 12);
  if (nonce.length !== 12) return fail('ciphertext-length');
  return plaintext(
    chacha20(secret, nonce, parameters?.nonce ? octets : octets.subarray(12), undefined, parameters?.counter ?? 0),
  );
}

/** CBC of a cipher with blocks of 16 octets. */
function decryptBlocks(cipher: BlockDecryption, octets: Uint8Array): DecryptOutcome {
  if (octets.length < 32 || octets.length % 16 !== 0) return fail('ciphertext-length');
  return stripPadding(decryptCbc(cipher, octets.subarray(0, 16), octets.subarray(16)), 16);
}

/**
 * Opens CipherData by a block encryption URI, as {@link DecryptionProvider.decrypt} says.
 * @param subtle asked for large AES content; null where there is none
 */
export async function decryptContent(
  subtle: SubtleCipherPort | null,
  uri: string,
  secret: Uint8Array,
  octets: Uint8Array,
  parameters: CipherParameters | undefined,
  spare: number,
): Promise<DecryptOutcome> {
  const algorithm = algorithmOfKind(uri, 'block-encryption');
  if (algorithm === null || algorithm.support.verdict === 'no') return unsupported(uri);
  if (secret.length * 8 !== algorithm.bits) return unusable('key-length');
  switch (algorithm.scheme) {
    case 'aes-cbc':
      return decryptAesCbc(subtle, secret, octets, spare);
    case 'aes-gcm':
      return decryptAesGcm(subtle, secret, octets);
    case 'chacha20-poly1305':
      return decryptChaCha(secret, octets, parameters);
    case 'chacha20':
      return decryptPlainChaCha(secret, octets, parameters);
    case '3des-cbc':
      if (octets.length < 16 || octets.length % 8 !== 0) return fail('ciphertext-length');
      return stripPadding(await decryptTripleDes(secret, octets.subarray(0, 8), octets.subarray(8)), 8);
    case 'camellia-cbc':
      return decryptBlocks(camelliaDecryption(secret), octets);
    case 'seed-cbc':
      return decryptBlocks(seedDecryption(secret), octets);
    default:
      return unsupported(uri);
  }
}
