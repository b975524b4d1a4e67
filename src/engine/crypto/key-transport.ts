/** Keys encrypted for an RSA key (XML Encryption 1.1 §5.5). */
import { algorithmByUri, algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { DEFAULT_LIMITS } from '../bytes/budget.ts';
import { unsupported, unusable } from './decryption-outcomes.ts';
import type { DecryptOutcome, OaepParameters } from './decryption-provider.ts';
import { digestMethod } from './digests.ts';
import type { PrivateKey } from './keys.ts';
import { privateParts } from './private-key-parts.ts';
import { decryptOaep, decryptRsa15, type RsaParts, type RsaPower } from './rsa-decryption.ts';

/**
 * RSADP (RFC 8017 §5.1.2) faster than over BigInt: ciphertext to encoded message, both as long as the modulus; null
 * where it does not take the key.
 */
export type PrivateRsa = (key: PrivateKey, encrypted: Uint8Array) => Uint8Array | null;

/** §5.5.2: SHA-1 where nothing is said; only `rsa-oaep` names the mask's digest, `rsa-oaep-mgf1p` fixes it. */
function decryptByOaep(
  namesMask: boolean,
  parameters: OaepParameters,
  parts: RsaParts,
  encrypted: Uint8Array,
  power: RsaPower | undefined,
): DecryptOutcome {
  const digest = digestMethod(parameters.digest ?? Digest.sha1);
  if (digest === null) return unsupported(parameters.digest ?? '');
  const maskUri =
    namesMask && parameters.maskGeneration !== null ? algorithmByUri(parameters.maskGeneration)?.digest : Digest.sha1;
  const mask = digestMethod(maskUri ?? '');
  return mask === null
    ? unsupported(parameters.maskGeneration ?? '')
    : decryptOaep(parts, digest, mask, parameters.label, encrypted, power);
}

/**
 * Opens an encrypted key by a key transport URI.
 * @param rsa see {@link PrivateRsa}; computed here where there is none
 */
export function openTransportedKey(
  uri: string,
  parameters: OaepParameters,
  key: PrivateKey,
  encrypted: Uint8Array,
  rsa?: PrivateRsa,
): DecryptOutcome {
  const algorithm = algorithmOfKind(uri, 'key-transport');
  if (algorithm === null || algorithm.support.verdict === 'no') return unsupported(uri);
  const parts = key.publicKey.kind === 'RSA' ? privateParts(key) : null;
  const power = rsa === undefined ? undefined : (octets: Uint8Array) => rsa(key, octets);
  if (parts?.kind !== 'RSA') return unusable('key-kind');
  if (key.publicKey.kind === 'RSA' && key.publicKey.bits > DEFAULT_LIMITS.rsaModulusBits) {
    return unusable('rsa-modulus-too-large');
  }
  if (algorithm.scheme === 'rsa-1_5') return decryptRsa15(parts, encrypted, power);
  return decryptByOaep(algorithm.scheme === 'rsa-oaep', parameters, parts, encrypted, power);
}
