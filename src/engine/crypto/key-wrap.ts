/** Keys wrapped under another key (XML Encryption 1.1 §5.7, RFC 3394, RFC 5649). */
import { aeskw, aeskwp } from '@noble/ciphers/aes.js';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { fail, plaintext, unsupported, unusable } from './decryption-outcomes.ts';
import type { DecryptOutcome } from './decryption-provider.ts';
import { unwrapKey } from './legacy/block-modes.ts';
import { camelliaDecryption } from './legacy/camellia.ts';
import { seedDecryption } from './legacy/seed.ts';
import { unwrapTripleDes } from './legacy/triple-des.ts';

/** Opens a wrapped key by a key wrap URI. */
export async function openWrappedKey(
  uri: string,
  keyEncryptionKey: Uint8Array,
  wrapped: Uint8Array,
): Promise<DecryptOutcome> {
  const algorithm = algorithmOfKind(uri, 'key-wrap');
  if (algorithm === null || algorithm.support.verdict === 'no') return unsupported(uri);
  if (keyEncryptionKey.length * 8 !== algorithm.bits) return unusable('key-length');
  if (wrapped.length % 8 !== 0 || wrapped.length < (algorithm.scheme === 'aes-kwp' ? 16 : 24)) {
    return fail('ciphertext-length');
  }
  if (algorithm.scheme === '3des-kw') {
    const key = await unwrapTripleDes(keyEncryptionKey, wrapped);
    return key === null ? fail('integrity') : plaintext(key);
  }
  if (algorithm.scheme === 'camellia-kw' || algorithm.scheme === 'seed-kw') {
    const key = unwrapKey(
      algorithm.scheme === 'seed-kw' ? seedDecryption(keyEncryptionKey) : camelliaDecryption(keyEncryptionKey),
      wrapped,
    );
    return key === null ? fail('integrity') : plaintext(key);
  }
  try {
    return plaintext((algorithm.scheme === 'aes-kwp' ? aeskwp : aeskw)(keyEncryptionKey).decrypt(wrapped));
  } catch {
    return fail('integrity');
  }
}
