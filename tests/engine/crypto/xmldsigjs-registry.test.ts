/**
 * What the provider asks of WebCrypto is what xmldsigjs's registry makes of the same SignatureMethod and DigestMethod.
 */
import { generateKeyPairSync } from 'node:crypto';
import { CryptoConfig, SignatureMethod } from 'xmldsigjs';
import { describe, expect, it } from 'vitest';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';
import { readSpki } from '../../../src/engine/crypto/spki.ts';
import type { SubtleAlgorithm, SubtlePort } from '../../../src/engine/crypto/subtle-port.ts';

const asked: SubtleAlgorithm[] = [];
/** Notes what it is asked and verifies everything. */
const recorder: SubtlePort = {
  digest: (algorithm) => {
    asked.push({ name: algorithm });
    return Promise.resolve(new ArrayBuffer(1));
  },
  importKey: (_format, _octets, algorithm) => {
    asked.push(algorithm);
    return Promise.resolve({});
  },
  verify: (algorithm) => {
    asked.push(algorithm);
    return Promise.resolve(true);
  },
};
const provider = createCryptoProvider(recorder);
const spki = (key: { export(options: { type: 'spki'; format: 'der' }): Buffer }) =>
  readSpki(key.export({ type: 'spki', format: 'der' }));
const rsa = spki(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
const ec = spki(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);

const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE07 = 'http://www.w3.org/2007/05/xmldsig-more#';
const name = (hash: unknown) => (typeof hash === 'object' && hash !== null && 'name' in hash ? hash.name : hash);

describe('signature methods', () => {
  it.each([
    'http://www.w3.org/2000/09/xmldsig#rsa-sha1',
    `${MORE01}rsa-sha256`,
    `${MORE01}rsa-sha384`,
    `${MORE01}rsa-sha512`,
    `${MORE07}sha1-rsa-MGF1`,
    `${MORE07}sha256-rsa-MGF1`,
    `${MORE07}sha384-rsa-MGF1`,
    `${MORE07}sha512-rsa-MGF1`,
    `${MORE01}ecdsa-sha1`,
    `${MORE01}ecdsa-sha256`,
    `${MORE01}ecdsa-sha384`,
    `${MORE01}ecdsa-sha512`,
  ])('%s', async (uri) => {
    const method = new SignatureMethod();
    method.Algorithm = uri;
    const theirs = CryptoConfig.CreateSignatureAlgorithm(method).algorithm as Algorithm & {
      hash: unknown;
      saltLength?: number;
    };
    asked.length = 0;
    const elliptic = uri.includes('ecdsa');
    const value = elliptic ? new Uint8Array(64).fill(1) : new Uint8Array(256);
    expect(await provider.verify(uri, {}, elliptic ? ec : rsa, new Uint8Array(3), value)).toEqual({ result: 'pass' });
    const ours = Object.assign({}, ...asked) as SubtleAlgorithm;
    expect([ours.name, ours.hash]).toEqual([theirs.name, name(theirs.hash)]);
    if (theirs.saltLength !== undefined) expect(ours.saltLength).toBe(theirs.saltLength);
  });
});

describe('digest methods', () => {
  it.each([
    'http://www.w3.org/2000/09/xmldsig#sha1',
    'http://www.w3.org/2001/04/xmlenc#sha256',
    `${MORE01}sha384`,
    'http://www.w3.org/2001/04/xmlenc#sha512',
  ])('%s', async (uri) => {
    asked.length = 0;
    await provider.digest(uri, new Uint8Array(3));
    expect(asked[0]?.name).toBe(CryptoConfig.CreateHashAlgorithm(uri).algorithm.name);
  });
});
