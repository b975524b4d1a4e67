/**
 * The engine's crypto provider: WebCrypto first, @noble/* for what it lacks, own arithmetic for the rest
 * (docs/design.md, "Libraries").
 */
import { DEFAULT_LIMITS } from '../bytes/budget.ts';
import { digestMethod } from './digests.ts';
import { Hashing, type SynchronousHashes } from './hashing.ts';
import { macByUri, verifyMacByUri } from './mac-verification.ts';
import type { CryptoProvider } from './provider.ts';
import { verifySignature, type Verifying } from './signature-verification.ts';
import type { SubtlePort } from './subtle-port.ts';
import { WebVerification } from './web-verification.ts';

/** What a host gives besides WebCrypto. */
export interface ProviderOptions {
  /** Takes the place of @noble/hashes for the hashes that it has. */
  readonly now?: SynchronousHashes;
  /** Bound on RSA moduli in bits; default that of {@link DEFAULT_LIMITS}. */
  readonly rsaModulusBits?: number;
}

/**
 * Makes the provider. `subtle` is `self.crypto.subtle` in the browser's worker and that of @peculiar/webcrypto in Node;
 * null where there is none (an insecure context): everything works without it, only slower.
 */
export function createCryptoProvider(subtle: SubtlePort | null, options: ProviderOptions = {}): CryptoProvider {
  const hashing = new Hashing(subtle, options.now ?? null);
  const by: Verifying = {
    hashing,
    web: new WebVerification(subtle),
    maxBits: options.rsaModulusBits ?? DEFAULT_LIMITS.rsaModulusBits,
  };
  return {
    digest: async (uri, octets) => {
      const method = digestMethod(uri);
      return method === null ? null : hashing.digest(method, octets);
    },
    digestNow: (uri, octets) => {
      const method = digestMethod(uri);
      return method === null ? null : hashing.hash(method, octets);
    },
    verify: (uri, parameters, key, octets, value) => verifySignature(uri, parameters, key, octets, value, by),
    verifyMac: async (uri, parameters, secret, octets, value) =>
      verifyMacByUri(uri, parameters, secret, octets, value, hashing),
    mac: (uri, secret, octets) => macByUri(uri, secret, octets, hashing),
  };
}
