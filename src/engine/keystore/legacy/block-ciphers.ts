/**
 * DES, Triple DES and RC2 in CBC mode, for opening old key files only; node-forge carries them and is loaded when a
 * file needs it.
 */
import { fromBinary, toBinary } from '../../crypto/legacy/binary-string.ts';

/** Ciphers that old key files are encrypted with. */
export type LegacyCipher = 'DES' | '3DES' | 'RC2';

/**
 * Decrypts CBC without touching the padding. `effectiveBits` is RC2's; two-key Triple DES takes 16 octets.
 * Null where the lengths do not fit.
 */
export async function decryptLegacyCbc(
  cipher: LegacyCipher,
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  effectiveBits = 0,
): Promise<Uint8Array | null> {
  if (iv.length !== 8 || ciphertext.length === 0 || ciphertext.length % 8 !== 0) return null;
  const { default: forge } = await import('node-forge/lib/forge.js');
  await import('node-forge/lib/des.js');
  await import('node-forge/lib/rc2.js');
  const full = cipher === '3DES' && key.length === 16 ? Uint8Array.of(...key, ...key.subarray(0, 8)) : key;
  const decipher =
    cipher === 'RC2'
      ? forge.rc2.createDecryptionCipher(forge.util.createBuffer(toBinary(full)), effectiveBits)
      : forge.cipher.createDecipher(cipher === 'DES' ? 'DES-CBC' : '3DES-CBC', forge.util.createBuffer(toBinary(full)));
  // RC2's old interface takes the IV itself.
  decipher.start(cipher === 'RC2' ? toBinary(iv) : { iv: toBinary(iv) });
  decipher.update(forge.util.createBuffer(toBinary(ciphertext)));
  decipher.finish(() => true);
  return fromBinary(decipher.output.getBytes());
}
