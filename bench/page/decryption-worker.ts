/**
 * Decryption as the page's worker has it, and WebCrypto alone on the same octets: once each for every word from the
 * page.
 */
import { createDecryptionProvider } from '../../src/engine/crypto/decryption-web.ts';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { decrypter, webCryptoAlone, type Decrypt } from '../engine-entry.ts';

interface Given {
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly cipher: Uint8Array<ArrayBuffer>;
  readonly pem: string;
  readonly name: 'AES-GCM' | 'AES-CBC';
  readonly secret: readonly number[];
  readonly iv: readonly number[];
}

let given: Given | null = null;
let decrypt: Decrypt | null = null;

self.addEventListener('message', async ({ data }: MessageEvent<Given | 'again'>) => {
  if (data !== 'again') {
    given = data;
    decrypt = await decrypter(data.pem, createCryptoProvider(crypto.subtle), createDecryptionProvider(crypto.subtle));
  }
  const { octets, cipher, name, secret, iv } = given!;
  const times = await decrypt!(octets);
  const alone = await webCryptoAlone(name, Uint8Array.from(secret), Uint8Array.from(iv), cipher);
  self.postMessage({ ...times, alone });
});
