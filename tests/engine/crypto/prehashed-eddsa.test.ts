/** Ed25519ph and Ed448ph of RFC 8032 §7.3 and §7.5; the public keys come from OpenSSL out of the RFC's secret keys. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { createCryptoProvider } from '../../../src/engine/crypto/provider-web.ts';
import { readSpki } from '../../../src/engine/crypto/spki.ts';
import { edwardsPkcs8 } from '../../../src/engine/keystore/private-key.ts';

const MORE21 = 'http://www.w3.org/2021/04/xmldsig-more#';
const provider = createCryptoProvider(null);
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const abc = Buffer.from('abc');

it.each([
  [
    'eddsa-ed25519ph',
    '1.3.101.112',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42',
    '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406',
  ],
  [
    'eddsa-ed448ph',
    '1.3.101.113',
    '833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42ef7822e0d5104127dc05d6dbefde69e3ab2cec7c867c6e2c49',
    '822f6901f7480f3d5f562c592994d9693602875614483256505600bbc281ae381f54d6bce2ea911574932f52a4e6cadd78769375ec3ffd1b801a0d9b3f4030cd433964b6457ea39476511214f97469b57dd32dbc560a9a94d00bff07620464a3ad203df7dc7ce360c3cd3696d9d9fab90f00',
  ],
])('%s', async (name, oid, secret, signature) => {
  const privateKey = createPrivateKey({
    key: Buffer.from(edwardsPkcs8(oid, bytes(secret))),
    format: 'der',
    type: 'pkcs8',
  });
  const key = readSpki(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
  expect(await provider.verify(MORE21 + name, {}, key, abc, bytes(signature))).toEqual({ result: 'pass' });
  expect(await provider.verify(MORE21 + name.replace('ph', ''), {}, key, abc, bytes(signature))).toEqual({
    result: 'fail',
    reason: 'mismatch',
  });
  expect(await provider.verify(MORE21 + name, {}, key, Buffer.from('abd'), bytes(signature))).toEqual({
    result: 'fail',
    reason: 'mismatch',
  });
});

it('Ed25519ctx takes the empty context and differs from Ed25519', async () => {
  const privateKey = createPrivateKey({
    key: Buffer.from(edwardsPkcs8('1.3.101.112', new Uint8Array(32).fill(7))),
    format: 'der',
    type: 'pkcs8',
  });
  const key = readSpki(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
  const { ed25519ctx } = await import('@noble/curves/ed25519.js');
  const value = ed25519ctx.sign(abc, new Uint8Array(32).fill(7), { context: new Uint8Array() });
  expect(await provider.verify(`${MORE21}eddsa-ed25519ctx`, {}, key, abc, value)).toEqual({ result: 'pass' });
  expect(await provider.verify(`${MORE21}eddsa-ed25519`, {}, key, abc, value)).toEqual({
    result: 'fail',
    reason: 'mismatch',
  });
});
