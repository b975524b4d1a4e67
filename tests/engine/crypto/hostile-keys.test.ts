/** Keys and values that nobody honest makes give an outcome, in little time and without an exception. */
import { expect, it } from 'vitest';
import { recoverRsaBlock } from '../../../src/engine/crypto/rsa.ts';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';
import { dsaKey, ecKey, rawKey, rsaKey } from '../../../src/engine/crypto/spki.ts';
import type { PublicKey } from '../../../src/engine/crypto/keys.ts';

const RSA = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const PSS = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1';
const provider = createCryptoProvider(null);
const octets = new Uint8Array(10);
const n2048 = (1n << 2047n) + 12345n;

it.each([
  ['e = 1', rsaKey(n2048, 1n), 'rsa-exponent-invalid'],
  ['e even', rsaKey(n2048, 65536n), 'rsa-exponent-invalid'],
  ['e = n', rsaKey(n2048, n2048), 'rsa-exponent-invalid'],
  ['n even', rsaKey(1n << 2047n, 3n), 'rsa-modulus-invalid'],
  ['n tiny', rsaKey(15n, 3n), 'rsa-modulus-invalid'],
  ['n of 100,000 bits', rsaKey((1n << 100_000n) + 1n, 3n), 'rsa-modulus-too-large'],
  [
    'n of 16,000 bits and e nearly as long',
    rsaKey((1n << 15_999n) + 1n, (1n << 15_998n) + 1n),
    'rsa-exponent-too-large',
  ],
] as const)('RSA with %s is unusable', async (_name, key, what) => {
  for (const algorithm of [RSA, PSS]) {
    expect(await provider.verify(algorithm, {}, key, octets, new Uint8Array(256))).toEqual({
      result: 'unusable',
      what,
    });
  }
  expect(recoverRsaBlock(key, new Uint8Array(256), 16_384)).toEqual({ failed: what });
});

it('a modulus shorter than the encoded digest is unusable', async () => {
  const key = rsaKey((1n << 383n) + 1n, 3n);
  expect(
    await provider.verify('http://www.w3.org/2001/04/xmldsig-more#rsa-sha512', {}, key, octets, new Uint8Array(48)),
  ).toEqual({ result: 'unusable', what: 'rsa-modulus-too-short' });
});

it('values of no length, of zeros, of the modulus and above fail', async () => {
  const key = rsaKey(n2048, 65537n);
  expect(await provider.verify(RSA, {}, key, octets, new Uint8Array(0))).toEqual({ result: 'fail', reason: 'length' });
  expect(await provider.verify(RSA, {}, key, octets, new Uint8Array(256))).toEqual({
    result: 'fail',
    reason: 'mismatch',
  });
  expect(await provider.verify(RSA, {}, key, octets, new Uint8Array(256).fill(0xff))).toEqual({
    result: 'fail',
    reason: 'range',
  });
});

it('DSA parameters that would let anything verify are unusable', async () => {
  const q = 1461501637330902918203684832716283019655932542929n; // not checked to be prime: p - 1 is no multiple of it
  for (const key of [dsaKey(23n, 11n, 1n, 1n), dsaKey((1n << 1023n) + 1n, q, 1n, 1n), dsaKey(1n << 9000n, q, 2n, 2n)]) {
    expect(
      (await provider.verify('http://www.w3.org/2000/09/xmldsig#dsa-sha1', {}, key, octets, new Uint8Array(40))).result,
    ).toBe('unusable');
  }
});

it('points off the curve and of wrong lengths give no key', () => {
  const off = new Uint8Array(65).fill(1);
  off[0] = 4;
  expect(ecKey('P-256', off)).toEqual({ ok: false, problem: { code: 'point-not-on-curve' } });
  expect(ecKey('P-256', new Uint8Array(1))).toEqual({ ok: false, problem: { code: 'point-encoding' } });
  expect(ecKey('P-256', new Uint8Array(0))).toEqual({ ok: false, problem: { code: 'point-encoding' } });
  expect(rawKey('Ed25519', new Uint8Array(31))).toEqual({ ok: false, problem: { code: 'key-malformed' } });
});

it('a key of another kind is unusable, an unknown one and an unknown algorithm are unsupported', async () => {
  const rsa = rsaKey(n2048, 65537n);
  const value = new Uint8Array(64);
  expect(await provider.verify('http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', {}, rsa, octets, value)).toEqual({
    result: 'unusable',
    what: 'key-kind',
  });
  const unknown: PublicKey = { kind: 'unknown', spki: new Uint8Array(), oid: '1.2.3' };
  expect(await provider.verify(RSA, {}, unknown, octets, value)).toEqual({ result: 'unsupported', what: 'key 1.2.3' });
  expect(await provider.verify('http://www.w3.org/2000/09/xmldsig#rsa-sha256', {}, rsa, octets, value)).toEqual({
    result: 'unsupported',
    what: 'http://www.w3.org/2000/09/xmldsig#rsa-sha256',
  });
});

it('an Ed25519 key of small order verifies nothing', async () => {
  const zero = rawKey('Ed25519', new Uint8Array(32));
  if (!zero.ok) throw new Error('the length is right');
  expect(
    (
      await provider.verify(
        'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519',
        {},
        zero.key,
        octets,
        new Uint8Array(64),
      )
    ).result,
  ).not.toBe('pass');
});
