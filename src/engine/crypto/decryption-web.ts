/**
 * The engine's decryption provider: WebCrypto for large AES content, @noble/ciphers and own arithmetic for the rest
 * (docs/design.md, "Libraries", docs/limits.md, "Measured").
 */
import { aeskw, aeskwp, cbc, gcm } from '@noble/ciphers/aes.js';
import { chacha20, chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { algorithmByUri, algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { DEFAULT_LIMITS } from '../bytes/budget.ts';
import { joinOctets } from '../bytes/octets.ts';
import type {
  CipherParameters,
  DecryptionProvider,
  DecryptOutcome,
  KeyDerivation,
  OaepParameters,
} from './decryption-provider.ts';
import { digestMethod } from './digests.ts';
import { agreeOnSecret } from './key-agreement.ts';
import { deriveKey } from './key-derivation.ts';
import type { PrivateKey } from './keys.ts';
import { decryptCbc, unwrapKey } from './legacy/block-modes.ts';
import { camelliaDecryption } from './legacy/camellia.ts';
import { seedDecryption } from './legacy/seed.ts';
import { decryptTripleDes, unwrapTripleDes } from './legacy/triple-des.ts';
import { webPasswordDerivation } from './password-derivation.ts';
import { privateParts } from './private-key-parts.ts';
import { decryptOaep, decryptRsa15 } from './rsa-decryption.ts';
import { plainOctets, type SubtleCipherPort } from './subtle-port.ts';

const fail = (reason: string): DecryptOutcome => ({ result: 'fail', reason });
const unsupported = (what: string): DecryptOutcome => ({ result: 'unsupported', what });
const unusable = (what: string): DecryptOutcome => ({ result: 'unusable', what });
const plaintext = (octets: Uint8Array): DecryptOutcome => ({ result: 'plaintext', octets });

/** Below this many octets @noble/ciphers is done before WebCrypto has imported the key. */
const WEBCRYPTO_FROM = 16_384;

/** Strips XML Encryption's padding (§5.2): the last octet counts it, the others may be anything. */
function stripPadding(padded: Uint8Array, block: number): DecryptOutcome {
  const count = padded[padded.length - 1] ?? 0;
  return count >= 1 && count <= block ? plaintext(padded.subarray(0, padded.length - count)) : fail('padding');
}

/**
 * `octets` and then `more`: in their own buffer where it has room, for a copy of 10 MB costs more than deciphering
 * them.
 */
function followedBy(octets: Uint8Array, more: Uint8Array, spare: number): Uint8Array {
  if (spare < more.length) return joinOctets([octets, more]);
  const joined = new Uint8Array(octets.buffer, octets.byteOffset, octets.length + more.length);
  joined.set(more, octets.length);
  return joined;
}

export interface DecryptionOptions {
  /**
   * RSADP (RFC 8017 §5.1.2) faster than over BigInt: ciphertext to encoded message, both as long as the modulus; null
   * where it does not take the key.
   */
  readonly rsa?: (key: PrivateKey, encrypted: Uint8Array) => Uint8Array | null;
}

/** Makes the provider. `subtle` may be null: everything works without it. */
export function createDecryptionProvider(
  subtle: SubtleCipherPort | null,
  options: DecryptionOptions = {},
): DecryptionProvider {
  const { rsa } = options;

  /** WebCrypto's plaintext with the padding in place, or null where it does not take the key. */
  async function webAesCbc(
    secret: Uint8Array,
    iv: Uint8Array,
    ciphertext: Uint8Array,
    spare: number,
  ): Promise<Uint8Array | null> {
    if (subtle === null || ciphertext.length < WEBCRYPTO_FROM) return null;
    try {
      const key = await subtle.importKey('raw', plainOctets(secret), { name: 'AES-CBC' }, false, ['decrypt']);
      // WebCrypto takes PKCS#7 padding only: one more block that decrypts to sixteen 0x10 makes it leave ours alone.
      const more = cbc(secret, ciphertext.subarray(-16)).encrypt(new Uint8Array(0));
      return new Uint8Array(
        await subtle.decrypt(
          { name: 'AES-CBC', iv: plainOctets(iv) },
          key,
          plainOctets(followedBy(ciphertext, more, spare)),
        ),
      );
    } catch {
      return null;
    }
  }

  async function decryptAesCbc(secret: Uint8Array, octets: Uint8Array, spare: number): Promise<DecryptOutcome> {
    if (octets.length < 32 || octets.length % 16 !== 0) return fail('ciphertext-length');
    const [iv, ciphertext] = [octets.subarray(0, 16), octets.subarray(16)];
    return stripPadding(
      (await webAesCbc(secret, iv, ciphertext, spare)) ?? cbc(secret, iv, { disablePadding: true }).decrypt(ciphertext),
      16,
    );
  }

  async function decryptAesGcm(secret: Uint8Array, octets: Uint8Array): Promise<DecryptOutcome> {
    if (octets.length < 28) return fail('ciphertext-length');
    const [iv, ciphertext] = [octets.subarray(0, 12), octets.subarray(12)];
    if (subtle !== null && ciphertext.length >= WEBCRYPTO_FROM) {
      try {
        const key = await subtle.importKey('raw', plainOctets(secret), { name: 'AES-GCM' }, false, ['decrypt']);
        return plaintext(
          new Uint8Array(
            await subtle.decrypt(
              { name: 'AES-GCM', iv: plainOctets(iv), tagLength: 128 },
              key,
              plainOctets(ciphertext),
            ),
          ),
        );
      } catch {
        // Either the tag is wrong or the engine has no such key length: the other implementation decides.
      }
    }
    try {
      return plaintext(gcm(secret, iv).decrypt(ciphertext));
    } catch {
      return fail('tag');
    }
  }

  /** The nonce stands in the EncryptionMethod (RFC 9231 §2.6.8), or before the ciphertext as an IV does. */
  function decryptChaCha(
    secret: Uint8Array,
    octets: Uint8Array,
    parameters: CipherParameters | undefined,
  ): DecryptOutcome {
    const nonce = parameters?.nonce ?? octets.subarray(0, 12);
    const ciphertext = parameters?.nonce ? octets : octets.subarray(12);
    if (nonce.length !== 12 || ciphertext.length < 16) return fail('ciphertext-length');
    try {
      return plaintext(chacha20poly1305(secret, nonce, parameters?.associatedData ?? undefined).decrypt(ciphertext));
    } catch {
      return fail('tag');
    }
  }

  /** No tag: any key gives something (RFC 9231 §2.6.7). */
  function decryptPlainChaCha(
    secret: Uint8Array,
    octets: Uint8Array,
    parameters: CipherParameters | undefined,
  ): DecryptOutcome {
    const nonce = parameters?.nonce ?? octets.subarray(0, 12);
    if (nonce.length !== 12) return fail('ciphertext-length');
    return plaintext(
      chacha20(secret, nonce, parameters?.nonce ? octets : octets.subarray(12), undefined, parameters?.counter ?? 0),
    );
  }

  async function decrypt(
    uri: string,
    secret: Uint8Array,
    octets: Uint8Array,
    parameters?: CipherParameters,
    spare = 0,
  ): Promise<DecryptOutcome> {
    const algorithm = algorithmOfKind(uri, 'block-encryption');
    if (algorithm === null || algorithm.support.verdict === 'no') return unsupported(uri);
    if (secret.length * 8 !== algorithm.bits) return unusable('key-length');
    switch (algorithm.scheme) {
      case 'aes-cbc':
        return decryptAesCbc(secret, octets, spare);
      case 'aes-gcm':
        return decryptAesGcm(secret, octets);
      case 'chacha20-poly1305':
        return decryptChaCha(secret, octets, parameters);
      case 'chacha20':
        return decryptPlainChaCha(secret, octets, parameters);
      case '3des-cbc':
        if (octets.length < 16 || octets.length % 8 !== 0) return fail('ciphertext-length');
        return stripPadding(await decryptTripleDes(secret, octets.subarray(0, 8), octets.subarray(8)), 8);
      case 'camellia-cbc':
      case 'seed-cbc':
        if (octets.length < 32 || octets.length % 16 !== 0) return fail('ciphertext-length');
        return stripPadding(
          decryptCbc(
            algorithm.scheme === 'seed-cbc' ? seedDecryption(secret) : camelliaDecryption(secret),
            octets.subarray(0, 16),
            octets.subarray(16),
          ),
          16,
        );
      default:
        return unsupported(uri);
    }
  }

  async function unwrap(uri: string, keyEncryptionKey: Uint8Array, wrapped: Uint8Array): Promise<DecryptOutcome> {
    const algorithm = algorithmOfKind(uri, 'key-wrap');
    if (algorithm === null || algorithm.support.verdict === 'no') return unsupported(uri);
    if (keyEncryptionKey.length * 8 !== algorithm.bits) return unusable('key-length');
    if (wrapped.length % 8 !== 0 || wrapped.length < (algorithm.scheme === 'aes-kwp' ? 16 : 24)) {
      return fail('ciphertext-length');
    }
    if (algorithm.scheme === '3des-kw') {
      const key = await unwrapTripleDes(keyEncryptionKey, wrapped);
      return key === null ? fail('integrity') : plaintext(key);
    }
    if (algorithm.scheme === 'camellia-kw' || algorithm.scheme === 'seed-kw') {
      const key = unwrapKey(
        algorithm.scheme === 'seed-kw' ? seedDecryption(keyEncryptionKey) : camelliaDecryption(keyEncryptionKey),
        wrapped,
      );
      return key === null ? fail('integrity') : plaintext(key);
    }
    try {
      return plaintext((algorithm.scheme === 'aes-kwp' ? aeskwp : aeskw)(keyEncryptionKey).decrypt(wrapped));
    } catch {
      return fail('integrity');
    }
  }

  function transport(uri: string, parameters: OaepParameters, key: PrivateKey, encrypted: Uint8Array): DecryptOutcome {
    const algorithm = algorithmOfKind(uri, 'key-transport');
    if (algorithm === null || algorithm.support.verdict === 'no') return unsupported(uri);
    const parts = key.publicKey.kind === 'RSA' ? privateParts(key) : null;
    const power = rsa === undefined ? undefined : (octets: Uint8Array) => rsa(key, octets);
    if (parts?.kind !== 'RSA') return unusable('key-kind');
    if (key.publicKey.kind === 'RSA' && key.publicKey.bits > DEFAULT_LIMITS.rsaModulusBits) {
      return unusable('rsa-modulus-too-large');
    }
    if (algorithm.scheme === 'rsa-1_5') return decryptRsa15(parts, encrypted, power);
    // §5.5.2: SHA-1 where nothing is said; rsa-oaep-mgf1p fixes the mask's digest.
    const digest = digestMethod(parameters.digest ?? Digest.sha1);
    if (digest === null) return unsupported(parameters.digest ?? '');
    const maskUri =
      algorithm.scheme === 'rsa-oaep' && parameters.maskGeneration !== null
        ? algorithmByUri(parameters.maskGeneration)?.digest
        : Digest.sha1;
    const mask = digestMethod(maskUri ?? '');
    return mask === null
      ? unsupported(parameters.maskGeneration ?? '')
      : decryptOaep(parts, digest, mask, parameters.label, encrypted, power);
  }

  /** WebCrypto is twenty times as fast at PBKDF2, or null where it does not have the digest. */
  async function webPbkdf2(
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

  return {
    decrypt,
    unwrap,
    transport,
    agree: (uri, key, other) => {
      const scheme = algorithmOfKind(uri, 'key-agreement')?.scheme;
      return scheme === 'ecdh-es' || scheme === 'x25519' || scheme === 'x448' || scheme === 'dh' || scheme === 'dh-es'
        ? agreeOnSecret(scheme, key, other)
        : unsupported(uri);
    },
    derive: async (derivation, secret, length) =>
      (derivation.method === 'pbkdf2' ? await webPbkdf2(derivation, secret, length) : null) ??
      deriveKey(derivation, secret, length),
  };
}
