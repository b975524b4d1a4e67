/** What a process that judges messages keeps from one to the next: its crypto ports, and key files that it opened. */
import type { DecryptionProvider } from '../engine/crypto/decryption-provider.ts';
import type { CryptoProvider } from '../engine/crypto/provider.ts';
import { OpenedKeyFiles } from '../engine/keystore/opened-key-files.ts';
import { nodeCrypto, nodeDecryption, nodeHashes } from './node-crypto.ts';

/** Given up as a whole: nothing of it outlives its owner. */
export interface Receiver {
  readonly crypto: CryptoProvider;
  readonly decryption: DecryptionProvider;
  readonly keyFiles: OpenedKeyFiles;
}

export function createReceiver(): Receiver {
  return {
    crypto: nodeCrypto(),
    decryption: nodeDecryption(),
    keyFiles: new OpenedKeyFiles((octets) => nodeHashes.hash('SHA-256', octets)),
  };
}
