/** The engine's decryption port in Node, a chunk of its own: ciphers by Node's WebCrypto, RSA by node:crypto. */
import { constants, createPrivateKey, privateDecrypt, type KeyObject } from 'node:crypto';
import type { DecryptionProvider } from '../engine/crypto/decryption-provider.ts';
import { createDecryptionProvider } from '../engine/crypto/decryption-web.ts';
import type { PrivateKey } from '../engine/crypto/keys.ts';
import { plain } from './node-crypto.ts';

/**
 * Node's own WebCrypto deciphers 10 MB of AES-CBC in half the time that @peculiar/webcrypto takes, and needs no
 * loading.
 */
export function nodeDecryption(): DecryptionProvider {
  const opened = new WeakMap<PrivateKey, KeyObject>();
  return createDecryptionProvider(globalThis.crypto.subtle, {
    rsa: (key, encrypted) => {
      try {
        let object = opened.get(key);
        if (object === undefined) {
          object = createPrivateKey({ key: Buffer.from(key.pkcs8), format: 'der', type: 'pkcs8' });
          opened.set(key, object);
        }
        return plain(privateDecrypt({ key: object, padding: constants.RSA_NO_PADDING }, encrypted));
      } catch {
        return null;
      }
    },
  });
}
