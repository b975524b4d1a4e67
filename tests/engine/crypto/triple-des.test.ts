/**
 * Triple DES against OpenSSL: CBC with XML Encryption's padding, and the key wrap made by its definition (RFC 3217
 * §3.1).
 */
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createDecryptionProvider } from '../../../src/engine/crypto/decryption-web.ts';

const provider = createDecryptionProvider(null);
const CBC = 'http://www.w3.org/2001/04/xmlenc#tripledes-cbc';
const WRAP = 'http://www.w3.org/2001/04/xmlenc#kw-tripledes';

function encrypt(key: Buffer, iv: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv('des-ede3-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([cipher.update(plain), cipher.final()]);
}

it('decrypts, whatever the padding octets before the last are', async () => {
  const [key, iv] = [randomBytes(24), randomBytes(8)];
  for (const length of [0, 1, 7, 8, 1000]) {
    const plain = randomBytes(length);
    const count = 8 - (length % 8);
    const padded = Buffer.concat([plain, randomBytes(count - 1), Buffer.of(count)]);
    expect(await provider.decrypt(CBC, key, Buffer.concat([iv, encrypt(key, iv, padded)]))).toEqual({
      result: 'plaintext',
      octets: new Uint8Array(plain),
    });
  }
});

it('names what is wrong', async () => {
  const key = randomBytes(24);
  expect(await provider.decrypt(CBC, randomBytes(16), Buffer.alloc(16))).toEqual({
    result: 'unusable',
    what: 'key-length',
  });
  expect(await provider.decrypt(CBC, key, Buffer.alloc(15))).toEqual({ result: 'fail', reason: 'ciphertext-length' });
  expect(
    await provider.decrypt(
      CBC,
      key,
      Buffer.concat([Buffer.alloc(8), encrypt(key, Buffer.alloc(8), Buffer.alloc(8, 9))]),
    ),
  ).toEqual({ result: 'fail', reason: 'padding' });
});

it('unwraps a key and refuses a damaged one', async () => {
  const [kek, key, iv] = [randomBytes(24), randomBytes(24), randomBytes(8)];
  const checked = Buffer.concat([key, createHash('sha1').update(key).digest().subarray(0, 8)]);
  const once = Buffer.concat([iv, encrypt(kek, iv, checked)]).reverse();
  const wrapped = encrypt(kek, Buffer.from('4adda22c79e82105', 'hex'), once);
  expect(await provider.unwrap(WRAP, kek, wrapped)).toEqual({ result: 'plaintext', octets: new Uint8Array(key) });
  wrapped[3]! ^= 1;
  expect(await provider.unwrap(WRAP, kek, wrapped)).toEqual({ result: 'fail', reason: 'integrity' });
  expect(await provider.unwrap(WRAP, kek, wrapped.subarray(8, 24))).toEqual({
    result: 'fail',
    reason: 'ciphertext-length',
  });
});
