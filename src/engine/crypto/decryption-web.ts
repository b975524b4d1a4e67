/**
 * The engine's decryption provider: WebCrypto for large AES content, @noble/ciphers and own arithmetic for the rest
 * (docs/design.md, "Libraries", docs/limits.md, "Measured").
 */
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { decryptContent } from './content-decryption.ts';
import { plaintext, unsupported } from './decryption-outcomes.ts';
import type { DecryptionProvider, DecryptOutcome, KeyDerivation } from './decryption-provider.ts';
import { digestMethod } from './digests.ts';
import { agreeOnSecret } from './key-agreement.ts';
import { deriveKey } from './key-derivation.ts';
import { openTransportedKey, type PrivateRsa } from './key-transport.ts';
import { openWrappedKey } from './key-wrap.ts';
import { webPasswordDerivation } from './password-derivation.ts';
import type { SubtleCipherPort } from './subtle-port.ts';

/** WebCrypto is twenty times as fast at PBKDF2, or null where it does not have the digest. */
async function webPbkdf2(
  subtle: SubtleCipherPort | null,
  derivation: Extract<KeyDerivation, { method: 'pbkdf2' }>,
  secret: Uint8Array,
  length: number,
): Promise<DecryptOutcome | null> {
  const hash = digestMethod(algorithmOfKind(derivation.prf, 'mac')?.digest ?? '')?.webName;
  if (subtle === null || !hash || derivation.iterations < 1000) return null;
  const octets = await webPasswordDerivation(subtle).pbkdf2(
    hash,
    secret,
    derivation.salt,
    derivation.iterations,
    length,
  );
  return octets === null ? null : plaintext(octets);
}

/** What a host may do better than the engine's own arithmetic. */
export interface DecryptionOptions {
  readonly rsa?: PrivateRsa;
}

/** Makes the provider. `subtle` may be null: everything works without it. */
export function createDecryptionProvider(
  subtle: SubtleCipherPort | null,
  { rsa }: DecryptionOptions = {},
): DecryptionProvider {
  return {
    decrypt: (uri, secret, octets, parameters, spare = 0) =>
      decryptContent(subtle, uri, secret, octets, parameters, spare),
    unwrap: openWrappedKey,
    transport: (uri, parameters, key, encrypted) => openTransportedKey(uri, parameters, key, encrypted, rsa),
    agree: (uri, key, other) => {
      const scheme = algorithmOfKind(uri, 'key-agreement')?.scheme;
      return scheme === 'ecdh-es' || scheme === 'x25519' || scheme === 'x448' || scheme === 'dh' || scheme === 'dh-es'
        ? agreeOnSecret(scheme, key, other)
        : unsupported(uri);
    },
    derive: async (derivation, secret, length) =>
      (derivation.method === 'pbkdf2' ? await webPbkdf2(subtle, derivation, secret, length) : null) ??
      deriveKey(derivation, secret, length),
  };
}
