/** The recovered block says what the signer hashed, or which mistake was made instead. */
import { constants, createHash, generateKeyPairSync, privateEncrypt, publicEncrypt, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { recoverRsaBlock } from '../../../src/engine/crypto/rsa.ts';
import { readSpki } from '../../../src/engine/crypto/spki.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const key = readSpki(publicKey.export({ type: 'spki', format: 'der' }));
const octets = Buffer.from('signed info');
const recover = (value: Uint8Array) => {
  const block = recoverRsaBlock(key, value, 16_384);
  if ('failed' in block) throw new Error(block.failed);
  return block;
};

it('a proper signature gives its digest', () => {
  expect(recover(sign('sha384', octets, privateKey))).toMatchObject({
    padding: 'pkcs1',
    digestOid: '2.16.840.1.101.3.4.2.2',
    digestAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
    parametersNull: true,
  });
  const { digest } = recover(sign('sha384', octets, privateKey));
  expect(Buffer.from(digest ?? []).toString('hex')).toBe(createHash('sha384').update(octets).digest('hex'));
});

it('a bare hash without DigestInfo shows as such', () => {
  const hash = createHash('sha256').update(octets).digest();
  const block = recover(privateEncrypt(privateKey, hash));
  expect(block).toMatchObject({ padding: 'pkcs1-bare', digestOid: null });
  expect(Buffer.from(block.digest ?? [])).toEqual(hash);
});

it('PSS and random values are told apart from PKCS#1', () => {
  expect(recover(sign('sha256', octets, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING })).padding).toBe(
    'pss',
  );
  const other = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const value = sign('sha256', octets, other.privateKey);
  const block = recoverRsaBlock(key, value, 16_384);
  expect('failed' in block ? block.failed : block.padding).not.toBe('pkcs1');
});

it('says why nothing can be recovered', () => {
  expect(recoverRsaBlock(key, publicEncrypt(publicKey, octets).subarray(1), 16_384)).toEqual({ failed: 'length' });
  expect(
    recoverRsaBlock(
      readSpki(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' })),
      octets,
      16_384,
    ),
  ).toEqual({ failed: 'key-kind' });
});
