/**
 * What a process that judges messages keeps from one to the next: its crypto ports, key files that it opened,
 * and what it found out about certificates.
 */
import { CertificateMemory } from '../engine/certificates/certificate-memory.ts';
import type { DecryptionProvider } from '../engine/crypto/decryption-provider.ts';
import type { CryptoProvider } from '../engine/crypto/provider.ts';
import { OpenedKeyFiles } from '../engine/keystore/opened-key-files.ts';
import type { Ask } from './ask-password.ts';
import { nodeCrypto, nodeDerivation, nodeHashes } from './node-crypto.ts';

/** Given up as a whole: nothing of it outlives its owner. */
export interface Receiver {
  readonly crypto: CryptoProvider;
  readonly certificates: CertificateMemory;
  /** Loaded once a message needs it. */
  readonly decryption: () => Promise<DecryptionProvider>;
  readonly keyFiles: OpenedKeyFiles;
  /** Asks whoever sits at the terminal for a password; null where nobody does. */
  readonly ask: Ask | null;
}

/** A receiver with the ports of Node; decryption loads when a message first needs it. */
export function createReceiver(ask: Ask | null = null): Receiver {
  const crypto = nodeCrypto();
  let decryption: Promise<DecryptionProvider> | null = null;
  return {
    crypto,
    certificates: new CertificateMemory(crypto),
    decryption: () => (decryption ??= import('./node-decryption.ts').then(({ nodeDecryption }) => nodeDecryption())),
    keyFiles: new OpenedKeyFiles((octets) => nodeHashes.hash('SHA-256', octets), nodeDerivation),
    ask,
  };
}
