/** Synchronous fingerprints for identifiers: certificates, keys, octet spaces (FIPS 180-4). */
import { sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeHex } from '../bytes/hex.ts';

/** SHA-1 as lower-case hex. An identifier only (ThumbprintSHA1, EncryptedKeySHA1), never a proof. */
export function sha1Hex(octets: Uint8Array): string {
  return encodeHex(sha1(octets));
}

/** SHA-256 as lower-case hex. */
export function sha256Hex(octets: Uint8Array): string {
  return encodeHex(sha256(octets));
}
