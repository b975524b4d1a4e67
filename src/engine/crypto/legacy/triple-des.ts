/**
 * Triple DES in CBC mode and its key wrap (XML Encryption 1.1 §5.2.1 and §5.7.1, RFC 3217); node-forge carries the
 * cipher and is loaded when needed.
 */
import { sha1 } from '@noble/hashes/legacy.js';
import { equalOctets } from '../../bytes/octets.ts';
import { fromBinary, toBinary } from './binary-string.ts';

/** CBC with the padding left in place. Key of 24 octets, IV of 8, ciphertext of whole blocks. */
export async function decryptTripleDes(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
  const { default: forge } = await import('node-forge/lib/forge.js');
  await import('node-forge/lib/des.js');
  const decipher = forge.cipher.createDecipher('3DES-CBC', forge.util.createBuffer(toBinary(key)));
  decipher.start({ iv: toBinary(iv) });
  decipher.update(forge.util.createBuffer(toBinary(ciphertext)));
  decipher.finish(() => true);
  return fromBinary(decipher.output.getBytes());
}

const WRAP_IV = Uint8Array.of(0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05);

/** The wrapped key, or null where its checksum is wrong. `wrapped` is whole blocks, at least three. */
export async function unwrapTripleDes(keyEncryptionKey: Uint8Array, wrapped: Uint8Array): Promise<Uint8Array | null> {
  const reversed = (await decryptTripleDes(keyEncryptionKey, WRAP_IV, wrapped)).reverse();
  const checked = await decryptTripleDes(keyEncryptionKey, reversed.subarray(0, 8), reversed.subarray(8));
  const key = checked.subarray(0, -8);
  return equalOctets(sha1(key).subarray(0, 8), checked.subarray(-8)) ? key.slice() : null;
}
