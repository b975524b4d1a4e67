/**
 * AES-CBC content too large for the library is deciphered in the buffer it stands in, where that has room; what stands
 * before it stays.
 */
import { createCipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDecryptionProvider } from '../../../src/engine/crypto/decryption-web.ts';

const provider = createDecryptionProvider(globalThis.crypto.subtle);
const URI = 'http://www.w3.org/2001/04/xmlenc#aes256-cbc';

test.each([0, 15, 16, 64])('with %i octets of room', async (spare) => {
  const [secret, iv, plain] = [randomBytes(32), randomBytes(16), randomBytes(40_001)];
  // Padding as XML Encryption has it (§5.2): only its last octet says something.
  const padding = randomBytes(15);
  padding[14] = 15;
  const cipher = createCipheriv('aes-256-cbc', secret, iv).setAutoPadding(false);
  const octets = Buffer.concat([iv, cipher.update(Buffer.concat([plain, padding])), cipher.final()]);
  const buffer = new Uint8Array(8 + octets.length + spare).fill(7);
  buffer.set(octets, 8);
  const outcome = await provider.decrypt(URI, secret, buffer.subarray(8, 8 + octets.length), undefined, spare);
  expect(outcome.result).toBe('plaintext');
  expect(outcome.result === 'plaintext' && Buffer.from(outcome.octets).equals(plain)).toBe(true);
  expect(Buffer.from(buffer.subarray(8, 8 + octets.length)).equals(octets)).toBe(true);
  expect([...buffer.subarray(0, 8)]).toEqual(Array.from({ length: 8 }, () => 7));
});
