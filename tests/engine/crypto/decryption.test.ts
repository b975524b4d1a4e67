/** Decryption of what OpenSSL encrypted, large enough for WebCrypto's path, and ConcatKDF's joining of bit strings. */
import { Crypto } from '@peculiar/webcrypto';
import {
  constants,
  createCipheriv,
  createHash,
  diffieHellman,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createDecryptionProvider } from '../../../src/engine/crypto/decryption-web.ts';
import { concatKdfOtherInfo } from '../../../src/engine/crypto/key-derivation.ts';
import { readSpki } from '../../../src/engine/crypto/spki.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const providers = {
  WebCrypto: createDecryptionProvider(new Crypto().subtle),
  'no WebCrypto': createDecryptionProvider(null),
};
const noParameters = { digest: null, maskGeneration: null, label: new Uint8Array() };
const plain = randomBytes(50_001);

describe.each(Object.entries(providers))('%s', (_name, provider) => {
  it.each([128, 192, 256])('AES-%i-CBC with random padding octets', async (bits) => {
    const [key, iv] = [randomBytes(bits / 8), randomBytes(16)];
    const padded = Buffer.concat([plain, randomBytes(14), Buffer.of(15)]);
    const cipher = createCipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(false);
    const octets = Buffer.concat([iv, cipher.update(padded), cipher.final()]);
    expect(await provider.decrypt(`${XENC}aes${bits}-cbc`, key, octets)).toEqual({
      result: 'plaintext',
      octets: new Uint8Array(plain),
    });
    const other = createCipheriv(`aes-${bits}-cbc`, key, iv).setAutoPadding(false);
    const wrongPadding = Buffer.concat([
      iv,
      other.update(Buffer.concat([plain.subarray(0, 50_000 - 17), Buffer.of(17)])),
      other.final(),
    ]);
    expect((await provider.decrypt(`${XENC}aes${bits}-cbc`, key, wrongPadding)).result).toBe('fail');
  });
  it.each([128, 192, 256])('AES-%i-GCM, refused when one bit differs', async (bits) => {
    const [key, iv] = [randomBytes(bits / 8), randomBytes(12)];
    const cipher = createCipheriv(`aes-${bits}-gcm` as 'aes-256-gcm', key, iv);
    const octets = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    expect(await provider.decrypt(`${XENC11}aes${bits}-gcm`, key, octets)).toEqual({
      result: 'plaintext',
      octets: new Uint8Array(plain),
    });
    octets[40]! ^= 1;
    expect(await provider.decrypt(`${XENC11}aes${bits}-gcm`, key, octets)).toEqual({ result: 'fail', reason: 'tag' });
  });
  it('PBKDF2 by either way', async () => {
    const derivation = {
      method: 'pbkdf2',
      prf: 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256',
      salt: Buffer.from('salt'),
      iterations: 4096,
    } as const;
    const outcome = await provider.derive(derivation, Buffer.from('password'), 32);
    expect(outcome.result === 'plaintext' && Buffer.from(outcome.octets).toString('hex')).toBe(
      'c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a',
    );
  });
});

describe('RSA key transport', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const key = {
    pkcs8: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })),
    publicKey: readSpki(publicKey.export({ type: 'spki', format: 'der' })),
  };
  const secret = randomBytes(16);
  const provider = providers['no WebCrypto'];
  it('rsa-1_5 and OAEP with a label; a wrong label or digest shows as such', () => {
    const rsa15 = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, secret);
    expect(provider.transport(`${XENC}rsa-1_5`, noParameters, key, rsa15)).toEqual({
      result: 'plaintext',
      octets: new Uint8Array(secret),
    });
    const oaep = publicEncrypt({ key: publicKey, oaepHash: 'sha1', oaepLabel: Buffer.from('label') }, secret);
    expect(
      provider.transport(`${XENC}rsa-oaep-mgf1p`, { ...noParameters, label: Buffer.from('label') }, key, oaep),
    ).toEqual({ result: 'plaintext', octets: new Uint8Array(secret) });
    expect(provider.transport(`${XENC}rsa-oaep-mgf1p`, noParameters, key, oaep)).toEqual({
      result: 'fail',
      reason: 'oaep-label',
    });
    expect(provider.transport(`${XENC}rsa-1_5`, noParameters, key, oaep)).toEqual({
      result: 'fail',
      reason: 'padding',
    });
    expect(provider.transport(`${XENC}rsa-1_5`, noParameters, key, oaep.subarray(1))).toEqual({
      result: 'fail',
      reason: 'ciphertext-length',
    });
  });
  it('takes keys of other kinds for unusable', () => {
    const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const other = {
      pkcs8: new Uint8Array(ec.privateKey.export({ type: 'pkcs8', format: 'der' })),
      publicKey: readSpki(ec.publicKey.export({ type: 'spki', format: 'der' })),
    };
    expect(provider.transport(`${XENC}rsa-1_5`, noParameters, other, secret)).toEqual({
      result: 'unusable',
      what: 'key-kind',
    });
    expect(provider.transport(`${XENC}rsa-1_5`, noParameters, { ...key, pkcs8: new Uint8Array(3) }, secret)).toEqual({
      result: 'unusable',
      what: 'key-kind',
    });
  });
});

it('ECDH on a curve WebCrypto does not have agrees with OpenSSL', () => {
  const [own, other] = [
    generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }),
    generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' }),
  ];
  const key = {
    pkcs8: new Uint8Array(own.privateKey.export({ type: 'pkcs8', format: 'der' })),
    publicKey: readSpki(own.publicKey.export({ type: 'spki', format: 'der' })),
  };
  const outcome = providers.WebCrypto.agree(
    `${XENC11}ECDH-ES`,
    key,
    readSpki(other.publicKey.export({ type: 'spki', format: 'der' })),
  );
  expect(outcome).toEqual({
    result: 'plaintext',
    octets: new Uint8Array(diffieHellman({ privateKey: own.privateKey, publicKey: other.publicKey })),
  });
});

describe('ConcatKDF', () => {
  it('joins fields of whole octets and of bits', () => {
    expect(
      concatKdfOtherInfo([
        Uint8Array.of(0, 0xaa),
        Uint8Array.of(0, 0xbb, 0xcc),
        new Uint8Array(),
        new Uint8Array(),
        new Uint8Array(),
      ]),
    ).toEqual(Uint8Array.of(0xaa, 0xbb, 0xcc));
    // XML Encryption 1.1 §5.4.1: 03D8 is the five bits 11011, 00 the empty bit string.
    expect(concatKdfOtherInfo([Uint8Array.of(3, 0xd8), Uint8Array.of(0), Uint8Array.of(5, 0xe0)])).toEqual(
      Uint8Array.of(0b11011111),
    );
    expect(concatKdfOtherInfo([Uint8Array.of(8, 0xaa)])).toBeNull();
    expect(concatKdfOtherInfo([Uint8Array.of(1)])).toBeNull();
  });
  it('is the hash of counter, secret and other info', async () => {
    const [secret, otherInfo] = [randomBytes(32), randomBytes(20)];
    const block = (count: number) =>
      createHash('sha256')
        .update(Buffer.from([0, 0, 0, count]))
        .update(secret)
        .update(otherInfo)
        .digest();
    const outcome = await providers.WebCrypto.derive(
      { method: 'concat-kdf', digest: `${XENC}sha256`, otherInfo },
      secret,
      40,
    );
    expect(outcome).toEqual({
      result: 'plaintext',
      octets: new Uint8Array(Buffer.concat([block(1), block(2)]).subarray(0, 40)),
    });
  });
});
