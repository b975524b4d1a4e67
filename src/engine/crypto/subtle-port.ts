/**
 * The part of WebCrypto that the engine uses, as a structural type: `self.crypto.subtle` and @peculiar/webcrypto both
 * fit (W3C Web Cryptography API §14).
 */
import type { WebHashName } from './digests.ts';

/** An opaque CryptoKey. */
export type SubtleKey = object;

/** Algorithm identifiers as WebCrypto takes them. */
export interface SubtleAlgorithm {
  readonly name: string;
  readonly hash?: string;
  readonly namedCurve?: string;
  readonly saltLength?: number;
}

/** What verification uses of WebCrypto; each call rejects what the host does not take. */
export interface SubtlePort {
  digest(algorithm: WebHashName, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer | Uint8Array>;
  importKey(
    format: 'spki',
    keyData: Uint8Array<ArrayBuffer>,
    algorithm: SubtleAlgorithm,
    extractable: boolean,
    keyUsages: 'verify'[],
  ): Promise<SubtleKey>;
  /** `key` comes from importKey of the same port. */
  verify(
    algorithm: SubtleAlgorithm,
    key: SubtleKey,
    signature: Uint8Array<ArrayBuffer>,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
}

/**
 * A view that no SharedArrayBuffer stands behind: WebCrypto refuses those. The octets are copied only where one does.
 */
export function plainOctets(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  return octets.buffer instanceof ArrayBuffer ? (octets as Uint8Array<ArrayBuffer>) : Uint8Array.from(octets);
}

/** What decryption uses of WebCrypto. */
export interface SubtleCipherPort {
  importKey(
    format: 'raw',
    keyData: Uint8Array<ArrayBuffer>,
    algorithm: { readonly name: string },
    extractable: boolean,
    keyUsages: ('decrypt' | 'deriveBits')[],
  ): Promise<SubtleKey>;
  decrypt(
    algorithm: { readonly name: string; readonly iv: Uint8Array<ArrayBuffer>; readonly tagLength?: number },
    key: SubtleKey,
    data: Uint8Array<ArrayBuffer>,
  ): Promise<ArrayBuffer>;
  deriveBits(
    algorithm: {
      readonly name: string;
      readonly hash: string;
      readonly salt: Uint8Array<ArrayBuffer>;
      readonly iterations: number;
    },
    key: SubtleKey,
    length: number,
  ): Promise<ArrayBuffer>;
}
