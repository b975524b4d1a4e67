/** RSA decryption by OpenSSL's arithmetic says the same as by BigInt, whatever the ciphertext is. */
import { constants, generateKeyPairSync, publicEncrypt } from 'node:crypto';
import { expect, it } from 'vitest';
import { nodeDecryption } from '../../../src/cli/node-decryption.ts';
import { createDecryptionProvider } from '../../../src/engine/crypto/decryption-web.ts';
import { parseSpki } from '../../../src/engine/crypto/spki.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
const parsed = parseSpki(publicKey.export({ type: 'spki', format: 'der' }));
if (!parsed.ok) throw new Error(parsed.problem.code);
const key = { pkcs8: new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })), publicKey: parsed.key };
const providers = [nodeDecryption(), createDecryptionProvider(null)] as const;
const parameters = { digest: null, maskGeneration: null, label: new Uint8Array() };
const secret = Uint8Array.from({ length: 16 }, (_, index) => index);
const encrypted = (padding: number) => Uint8Array.from(publicEncrypt({ key: publicKey, padding }, secret));

it.each([
  [`${XENC}rsa-1_5`, encrypted(constants.RSA_PKCS1_PADDING)],
  [`${XENC}rsa-oaep-mgf1p`, encrypted(constants.RSA_PKCS1_OAEP_PADDING)],
])('%s', (algorithm, ciphertext) => {
  const [node, alone] = providers.map((provider) => provider.transport(algorithm, parameters, key, ciphertext));
  expect(node).toEqual({ result: 'plaintext', octets: secret });
  expect(alone).toEqual(node);
  const bad = [
    ciphertext.map((octet, index) => (index === 60 ? octet ^ 1 : octet)),
    ciphertext.subarray(1),
    new Uint8Array(128),
    new Uint8Array(128).fill(0xff),
    Uint8Array.from({ length: 128 }, (_, index) => (index === 127 ? 1 : 0)),
  ];
  for (const octets of bad) {
    const [first, second] = providers.map((provider) => provider.transport(algorithm, parameters, key, octets));
    expect(first).toEqual(second);
    expect(first?.result).not.toBe('plaintext');
  }
});
