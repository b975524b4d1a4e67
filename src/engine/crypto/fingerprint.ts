/** Synchronous fingerprints for identifiers: certificates, keys, octet spaces (FIPS 180-4). */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { Digest } from '../algorithms/identifiers.ts';
import { encodeHex } from '../bytes/hex.ts';
import type { CryptoProvider } from './provider.ts';

/** SHA-1 as lower-case hex. An identifier only (ThumbprintSHA1, EncryptedKeySHA1), never a proof. */
export function sha1Hex(octets: Uint8Array): string {
  return encodeHex(sha1(octets));
}

/** SHA-256 as lower-case hex. */
export function sha256Hex(octets: Uint8Array): string {
  return encodeHex(sha256(octets));
}

/** SHA-256 as lower-case hex, by the provider where that answers at once. */
export function sha256HexBy(provider: CryptoProvider): (octets: Uint8Array) => string {
  return (octets) => {
    const digest = provider.digestNow(Digest.sha256, octets);
    return digest === null ? sha256Hex(octets) : encodeHex(digest);
  };
}
