/** HMAC with every digest against OpenSSL, HMACOutputLength applied (XML Signature 1.1 §6.3.1). */
import { createHmac, getHashes } from 'node:crypto';
import { expect, it } from 'vitest';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';

const providers = [createCryptoProvider(null), nodeCrypto()];
const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
const octets = Buffer.from('signed info');

it.each([
  ['http://www.w3.org/2000/09/xmldsig#hmac-sha1', 'sha1'],
  [`${MORE01}hmac-sha224`, 'sha224'],
  [`${MORE01}hmac-sha256`, 'sha256'],
  [`${MORE01}hmac-sha384`, 'sha384'],
  [`${MORE01}hmac-sha512`, 'sha512'],
  [`${MORE01}hmac-md5`, 'md5'],
  [`${MORE01}hmac-ripemd160`, 'ripemd160'],
])('%s', async (algorithm, hash) => {
  if (!getHashes().includes(hash)) return console.log(`skipped: this OpenSSL has no ${hash}`);
  const secrets = [Buffer.alloc(0), Buffer.from('secret'), Buffer.alloc(300, 7)];
  for (const [provider, secret] of providers.flatMap((one) => secrets.map((secret) => [one, secret] as const))) {
    const value = createHmac(hash, secret).update(octets).digest();
    expect(await provider.verifyMac(algorithm, {}, secret, octets, value)).toEqual({ result: 'pass' });
    expect(
      await provider.verifyMac(algorithm, { hmacOutputLength: 80 }, secret, octets, value.subarray(0, 10)),
    ).toEqual({ result: 'pass' });
    expect(await provider.verifyMac(algorithm, {}, secret, octets, value.subarray(0, 10))).toEqual({
      result: 'fail',
      reason: 'length',
    });
    expect(await provider.verifyMac(algorithm, { hmacOutputLength: 80 }, secret, octets, value)).toEqual({
      result: 'fail',
      reason: 'length',
    });
    value[0]! ^= 1;
    expect(await provider.verifyMac(algorithm, {}, secret, octets, value)).toEqual({
      result: 'fail',
      reason: 'mismatch',
    });
  }
});

it.each(providers)('an impossible output length fails, an unknown algorithm is unsupported', async (provider) => {
  for (const hmacOutputLength of [0, -8, 7, 264, Number.NaN]) {
    expect(await provider.verifyMac(`${MORE01}hmac-sha256`, { hmacOutputLength }, octets, octets, octets)).toEqual({
      result: 'fail',
      reason: 'hmac-output-length',
    });
  }
  expect(await provider.verifyMac(`${MORE01}hmac-sha999`, {}, octets, octets, octets)).toEqual({
    result: 'unsupported',
    what: `${MORE01}hmac-sha999`,
  });
});
