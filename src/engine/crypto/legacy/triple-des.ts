/** Triple DES in CBC mode and its key wrap (XML Encryption 1.1 §5.2.1 and §5.7.1, RFC 3217); node-forge carries the cipher and is loaded when needed. */
import { sha1 } from '@noble/hashes/legacy.js';
import { equalOctets } from '../../bytes/octets.ts';

function binary(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < octets.length; at += 8192) pieces.push(String.fromCharCode(...octets.subarray(at, at + 8192)));
  return pieces.join('');
}

/** CBC with the padding left in place. Key of 24 octets, IV of 8, ciphertext of whole blocks. */
export async function decryptTripleDes(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array): Promise<Uint8Array> {
  const { default: forge } = await import('node-forge/lib/forge.js');
  await import('node-forge/lib/des.js');
  const decipher = forge.cipher.createDecipher('3DES-CBC', forge.util.createBuffer(binary(key)));
  decipher.start({ iv: binary(iv) });
  decipher.update(forge.util.createBuffer(binary(ciphertext)));
  decipher.finish(() => true);
  const text = decipher.output.getBytes();
  const plain = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) plain[at] = text.charCodeAt(at);
  return plain;
}

const WRAP_IV = Uint8Array.of(0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05);

/** The wrapped key, or null where its checksum is wrong. `wrapped` is whole blocks, at least three. */
export async function unwrapTripleDes(keyEncryptionKey: Uint8Array, wrapped: Uint8Array): Promise<Uint8Array | null> {
  const reversed = (await decryptTripleDes(keyEncryptionKey, WRAP_IV, wrapped)).reverse();
  const checked = await decryptTripleDes(keyEncryptionKey, reversed.subarray(0, 8), reversed.subarray(8));
  const key = checked.subarray(0, -8);
  return equalOctets(sha1(key).subarray(0, 8), checked.subarray(-8)) ? key.slice() : null;
}
