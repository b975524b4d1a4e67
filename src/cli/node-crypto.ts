/**
 * The engine's crypto ports in Node: hashes, MACs and signatures by node:crypto, at once and on this thread (a message's
 * signatures take less time than handing them to another).
 */
import {
  constants,
  createHash,
  createHmac,
  createPublicKey,
  pbkdf2,
  scrypt,
  verify,
  type KeyObject,
} from 'node:crypto';
import type { PasswordDerivation } from '../engine/crypto/password-derivation.ts';
import type { CryptoProvider } from '../engine/crypto/provider.ts';
import type { SynchronousHashes } from '../engine/crypto/hashing.ts';
import { createCryptoProvider } from '../engine/crypto/provider-web.ts';
import type { SubtleKey, SubtlePort } from '../engine/crypto/subtle-port.ts';

/** `SHA-256` as OpenSSL calls it. */
const openSslName = (name: string): string => name.replace('-', '').toLowerCase();

/** Octets in a buffer of their own: Node's small buffers share one. */
export const plain = (buffer: Buffer): Uint8Array<ArrayBuffer> => Uint8Array.from(buffer);

/** OpenSSL's hashes and HMACs, which answer at once. Node throws for a hash that its build forbids. */
export const nodeHashes: SynchronousHashes = {
  hash: (name, octets) => plain(createHash(openSslName(name)).update(octets).digest()),
  hmac: (name, secret, octets) => plain(createHmac(openSslName(name), secret).update(octets).digest()),
};

/** A public key with the hash that WebCrypto binds to it on import. */
interface ImportedKey {
  readonly key: KeyObject;
  readonly hash: string | undefined;
}

const imported = (key: SubtleKey): ImportedKey => key as ImportedKey;

/** The part of WebCrypto that verifies signatures, without its threads. */
const nodeSubtle: SubtlePort = {
  digest: async (name, octets) => nodeHashes.hash(name, octets),
  importKey: async (_format, spki, { hash }): Promise<SubtleKey & ImportedKey> => ({
    key: createPublicKey({ key: Buffer.from(spki.buffer, spki.byteOffset, spki.length), format: 'der', type: 'spki' }),
    hash,
  }),
  verify: async (algorithm, subtleKey, value, octets) => {
    const { key, hash = algorithm.hash ?? '' } = imported(subtleKey);
    const { name, saltLength } = algorithm;
    return verify(
      openSslName(hash),
      octets,
      name === 'ECDSA'
        ? { key, dsaEncoding: 'ieee-p1363' }
        : name === 'RSA-PSS'
          ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, ...(saltLength === undefined ? {} : { saltLength }) }
          : { key, padding: constants.RSA_PKCS1_PADDING },
      value,
    );
  },
};

/** A provider of its own for each owner: it remembers the public keys that it imported. */
export function nodeCrypto(): CryptoProvider {
  return createCryptoProvider(nodeSubtle, { now: nodeHashes });
}

const settled =
  (done: (octets: Uint8Array | null) => void) =>
  (error: Error | null, octets: Buffer): void =>
    done(error === null ? plain(octets) : null);

/** OpenSSL's, on a thread of Node's pool. */
export const nodeDerivation: PasswordDerivation = {
  pbkdf2: (hash, password, salt, iterations, length) =>
    new Promise((done) => {
      pbkdf2(password, salt, iterations, length, openSslName(hash), settled(done));
    }),
  scrypt: (password, salt, { memory, ...cost }, length) =>
    new Promise((done) => {
      scrypt(password, salt, length, { ...cost, maxmem: memory }, settled(done));
    }),
};
