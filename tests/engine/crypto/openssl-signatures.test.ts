/** Signatures made by OpenSSL (Node's own crypto) pass, and fail once a bit of content, value or key differs. */
import { Crypto } from '@peculiar/webcrypto';
import {
  constants,
  createHash,
  generateKeyPairSync,
  getHashes,
  privateEncrypt,
  sign,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { ecdsaValueFromDer, ecdsaValueFromHalves } from '../../../src/engine/crypto/ecdsa-value.ts';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';
import type { SignatureParameters } from '../../../src/engine/crypto/provider.ts';
import { parseSpki } from '../../../src/engine/crypto/spki.ts';

/** Node's types lack some of the options that Node has. */
const anyKeyPair = generateKeyPairSync as unknown as (
  type: string,
  options: object,
) => { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE07 = 'http://www.w3.org/2007/05/xmldsig-more#';
const MORE21 = 'http://www.w3.org/2021/04/xmldsig-more#';
const XENC = 'http://www.w3.org/2001/04/xmlenc#';

const providers = {
  WebCrypto: createCryptoProvider(new Crypto().subtle),
  'no WebCrypto': createCryptoProvider(null),
  'node:crypto': nodeCrypto(),
};
const octets = new TextEncoder().encode(
  '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"></ds:SignedInfo>',
);

async function expectVerifies(
  algorithm: string,
  publicKey: KeyObject,
  value: Uint8Array,
  parameters: SignatureParameters = {},
): Promise<void> {
  const parsed = parseSpki(publicKey.export({ type: 'spki', format: 'der' }));
  if (!parsed.ok) throw new Error(parsed.problem.code);
  const otherOctets = Uint8Array.from(octets);
  otherOctets[3]! ^= 1;
  const otherValue = Uint8Array.from(value);
  otherValue[value.length - 1]! ^= 1;
  for (const [name, provider] of Object.entries(providers)) {
    expect(await provider.verify(algorithm, parameters, parsed.key, octets, value), name).toEqual({ result: 'pass' });
    expect((await provider.verify(algorithm, parameters, parsed.key, otherOctets, value)).result, name).toBe('fail');
    expect((await provider.verify(algorithm, parameters, parsed.key, octets, otherValue)).result, name).toBe('fail');
    expect((await provider.verify(algorithm, parameters, parsed.key, octets, value.subarray(1))).result, name).toBe(
      'fail',
    );
  }
}

describe('RSA PKCS#1 v1.5', () => {
  it('may leave the parameters of DigestInfo out (RFC 8017 §9.2, note 1)', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const digest = createHash('sha1').update(octets).digest();
    const info = (hex: string) => Buffer.concat([Buffer.from(hex, 'hex'), digest]);
    const made = (block: Buffer) => privateEncrypt(pair.privateKey, block);
    await expectVerifies(`${DS}rsa-sha1`, pair.publicKey, made(info('301f300706052b0e03021a0414')));
    const parsed = parseSpki(pair.publicKey.export({ type: 'spki', format: 'der' }));
    if (!parsed.ok) throw new Error(parsed.problem.code);
    for (const other of ['3021300906052b0e03021a05010414', '301f300706052b0e03021a0c14', '']) {
      const outcome = await providers['no WebCrypto'].verify(
        `${DS}rsa-sha1`,
        {},
        parsed.key,
        octets,
        made(info(other)),
      );
      expect(outcome.result, other).toBe('fail');
    }
  });

  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  it.each([
    [`${DS}rsa-sha1`, 'sha1'],
    [`${MORE01}rsa-sha224`, 'sha224'],
    [`${MORE01}rsa-sha256`, 'sha256'],
    [`${MORE01}rsa-sha384`, 'sha384'],
    [`${MORE01}rsa-sha512`, 'sha512'],
    [`${MORE01}rsa-md5`, 'md5'],
    [`${MORE01}rsa-ripemd160`, 'ripemd160'],
  ])('%s', async (algorithm, hash) => {
    if (!getHashes().includes(hash)) return console.log(`skipped: this OpenSSL has no ${hash}`);
    await expectVerifies(algorithm, publicKey, sign(hash, octets, privateKey));
  });
});

describe('RSASSA-PSS, digest and mask the same', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1031 });
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  it.each([
    [`${MORE07}sha1-rsa-MGF1`, 'sha1'],
    [`${MORE07}sha224-rsa-MGF1`, 'sha224'],
    [`${MORE07}sha256-rsa-MGF1`, 'sha256'],
    [`${MORE07}sha384-rsa-MGF1`, 'sha384'],
    [`${MORE07}sha3-224-rsa-MGF1`, 'sha3-224'],
    [`${MORE07}sha3-256-rsa-MGF1`, 'sha3-256'],
    [`${MORE07}sha3-384-rsa-MGF1`, 'sha3-384'],
  ])('%s', async (algorithm, hash) => {
    await expectVerifies(
      algorithm,
      publicKey,
      sign(hash, octets, { key: privateKey, padding, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }),
    );
  });
  it('takes the salt length from the parameters', async () => {
    for (const saltLength of [0, 7, 64]) {
      const pss = { digest: `${XENC}sha256`, maskDigest: `${XENC}sha256`, saltLength, trailerField: 1 };
      const value = sign('sha256', octets, { key: privateKey, padding, saltLength });
      await expectVerifies(`${MORE07}rsa-pss`, publicKey, value, { pss });
      const parsed = parseSpki(publicKey.export({ type: 'spki', format: 'der' }));
      if (!parsed.ok) throw new Error(parsed.problem.code);
      const outcome = await providers['no WebCrypto'].verify(
        `${MORE07}rsa-pss`,
        { pss: { ...pss, saltLength: saltLength + 1 } },
        parsed.key,
        octets,
        value,
      );
      expect(outcome).toEqual({ result: 'fail', reason: 'salt-length' });
    }
  });
});

describe('RSASSA-PSS, digest and mask different', () => {
  it('verifies SHA-384 masked with SHA-1 under an RSASSA-PSS key, and refuses that key for PKCS#1', async () => {
    const { privateKey, publicKey } = anyKeyPair('rsa-pss', {
      modulusLength: 1024,
      hashAlgorithm: 'sha384',
      mgf1HashAlgorithm: 'sha1',
      saltLength: 20,
    });
    const pss = { digest: `${MORE01}sha384`, maskDigest: `${DS}sha1`, saltLength: 20, trailerField: 1 };
    const value = sign('sha384', octets, { key: privateKey, saltLength: 20 });
    await expectVerifies(`${MORE07}rsa-pss`, publicKey, value, { pss });
    const parsed = parseSpki(publicKey.export({ type: 'spki', format: 'der' }));
    if (!parsed.ok) throw new Error(parsed.problem.code);
    expect(await providers.WebCrypto.verify(`${MORE01}rsa-sha256`, {}, parsed.key, octets, value)).toEqual({
      result: 'unusable',
      what: 'rsa-pss-only-key',
    });
  });
});

describe('ECDSA', () => {
  const curves = [
    'P-224',
    'P-256',
    'P-384',
    'P-521',
    'secp256k1',
    'prime192v1',
    'brainpoolP160r1',
    'brainpoolP192r1',
    'brainpoolP224r1',
    'brainpoolP256r1',
    'brainpoolP320r1',
    'brainpoolP384r1',
    'brainpoolP512r1',
  ];
  const hashes = [
    [`${MORE01}ecdsa-sha1`, 'sha1'],
    [`${MORE01}ecdsa-sha224`, 'sha224'],
    [`${MORE01}ecdsa-sha256`, 'sha256'],
    [`${MORE01}ecdsa-sha512`, 'sha512'],
    [`${MORE07}ecdsa-ripemd160`, 'ripemd160'],
    [`${MORE21}ecdsa-sha3-256`, 'sha3-256'],
  ] as const;
  it.each(curves)('on %s with every digest', async (namedCurve) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    for (const [algorithm, hash] of hashes) {
      if (!getHashes().includes(hash)) continue;
      await expectVerifies(algorithm, publicKey, sign(hash, octets, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    }
  });
  it('names the ASN.1 form for what it is', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const parsed = parseSpki(publicKey.export({ type: 'spki', format: 'der' }));
    if (!parsed.ok) throw new Error(parsed.problem.code);
    const outcome = await providers.WebCrypto.verify(
      `${MORE01}ecdsa-sha256`,
      {},
      parsed.key,
      octets,
      sign('sha256', octets, privateKey),
    );
    expect(outcome).toEqual({ result: 'fail', reason: 'ecdsa-der' });
  });
  it('turns wrong forms of a value into the right one, for diagnosis', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
    const value = sign('sha512', octets, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const wide = Buffer.concat([Buffer.of(0, 0), value.subarray(0, 66), Buffer.of(0, 0), value.subarray(66)]);
    expect(ecdsaValueFromHalves('P-521', wide)).toEqual(new Uint8Array(value));
    expect(ecdsaValueFromHalves('P-521', value)).toBeNull();
    expect(ecdsaValueFromHalves('P-521', value.subarray(1))).toBeNull();
    expect(ecdsaValueFromHalves('P-521', Buffer.alloc(2_000_000, 1))).toBeNull();
    // The first octet of a P-521 half holds one bit: this is what a provider sends that drops it where it is zero.
    const narrow = Buffer.concat([Buffer.alloc(65, 3), Buffer.alloc(65, 4)]);
    expect(ecdsaValueFromHalves('P-521', narrow)).toEqual(
      new Uint8Array([0, ...Buffer.alloc(65, 3), 0, ...Buffer.alloc(65, 4)]),
    );
    const derForm = sign('sha512', octets, privateKey);
    const turned = ecdsaValueFromDer('P-521', derForm);
    if (turned === null) throw new Error('it is DER');
    await expectVerifies(`${MORE01}ecdsa-sha512`, publicKey, turned);
    expect(ecdsaValueFromDer('P-521', value)).toBeNull();
  });
  it('reads explicit parameters of a named curve and uses the key', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' });
    await expectVerifies(
      `${MORE01}ecdsa-sha256`,
      publicKey,
      sign('sha256', octets, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
    );
  });
});

describe('EdDSA and DSA', () => {
  it('Ed25519', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    await expectVerifies(`${MORE21}eddsa-ed25519`, publicKey, sign(null, octets, privateKey));
  });
  it('Ed448', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed448');
    await expectVerifies(`${MORE21}eddsa-ed448`, publicKey, sign(null, octets, privateKey));
  });
  it.each([
    [`${DS}dsa-sha1`, 'sha1', 1024, 160],
    ['http://www.w3.org/2009/xmldsig11#dsa-sha256', 'sha256', 1024, 160],
  ] as const)('%s', async (algorithm, hash, modulusLength, divisorLength) => {
    const { privateKey, publicKey } = generateKeyPairSync('dsa', { modulusLength, divisorLength });
    await expectVerifies(algorithm, publicKey, sign(hash, octets, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
  });
});
