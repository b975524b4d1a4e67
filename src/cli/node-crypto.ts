/**
 * The engine's crypto ports in Node: keys and signatures by @peculiar/webcrypto, loaded when a run first needs it,
 * digests by node:crypto, ciphers by Node's WebCrypto.
 */
import { createHash } from 'node:crypto';
import type { DecryptionProvider } from '../engine/crypto/decryption-provider.ts';
import { createDecryptionProvider } from '../engine/crypto/decryption-web.ts';
import type { CryptoProvider } from '../engine/crypto/provider.ts';
import { createCryptoProvider } from '../engine/crypto/provider-web.ts';
import type { SubtlePort } from '../engine/crypto/subtle-port.ts';

let provider: CryptoProvider | null = null;
let webCrypto: Promise<SubtlePort> | null = null;

export function nodeCrypto(): CryptoProvider {
  return (provider ??= createCryptoProvider(port));
}

/**
 * Both libraries hash with the same OpenSSL, but @peculiar/webcrypto copies the octets twice on the way: 12 ms for
 * 10 MB, of which 7 are the hash.
 */
const port: SubtlePort = {
  digest: (algorithm, data) =>
    Promise.resolve(Uint8Array.from(createHash(algorithm.replace('-', '').toLowerCase()).update(data).digest()).buffer),
  importKey: async (...call) => (await subtle()).importKey(...call),
  verify: async (...call) => (await subtle()).verify(...call),
};

function subtle(): Promise<SubtlePort> {
  return (webCrypto ??= import('@peculiar/webcrypto').then(
    ({ Crypto }) => new Crypto().subtle as unknown as SubtlePort,
  ));
}

let decryption: DecryptionProvider | null = null;

/**
 * Node's own WebCrypto deciphers 10 MB of AES-CBC in half the time that @peculiar/webcrypto takes, and needs no
 * loading.
 */
export function nodeDecryption(): DecryptionProvider {
  return (decryption ??= createDecryptionProvider(globalThis.crypto.subtle));
}
