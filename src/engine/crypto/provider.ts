/**
 * The crypto port (docs/design.md, "Libraries"). The browser's worker and Node each inject one; legacy algorithms stand
 * behind it in rooms named legacy.
 */
import type { PublicKey } from './keys.ts';

/** A verification's outcome. `unsupported` names what is missing; `unusable` a key that cannot serve this algorithm. */
export type VerifyOutcome =
  | { readonly result: 'pass' }
  | { readonly result: 'fail'; /** Why as data: `length`, `mismatch`, `encoding`, ... */ readonly reason: string }
  | { readonly result: 'unsupported'; readonly what: string }
  | { readonly result: 'unusable'; readonly what: string };

/** RSASSA-PSS parameters (RFC 9231 §2.3.9) by digest URIs; salt length in octets. */
export interface PssParameters {
  readonly digest: string;
  readonly maskDigest: string;
  readonly saltLength: number;
  readonly trailerField: number;
}

/** What an algorithm takes besides key and octets. */
export interface SignatureParameters {
  readonly pss?: PssParameters;
  /** ds:HMACOutputLength, in bits. */
  readonly hmacOutputLength?: number;
}

/** Digests, signatures and MACs by URI; every call is pure, and none throws for what it is given. */
export interface CryptoProvider {
  /** Octets of the digest, or null where the algorithm URI is not supported. */
  digest(algorithm: string, octets: Uint8Array): Promise<Uint8Array | null>;
  /** Synchronous digest by URI for small inputs (identifiers, key derivation, fingerprints), or null. */
  digestNow(algorithm: string, octets: Uint8Array): Uint8Array | null;
  /** Verifies `value` over `octets` with a public-key signature algorithm URI. */
  verify(
    algorithm: string,
    parameters: SignatureParameters,
    key: PublicKey,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<VerifyOutcome>;
  /** Verifies a MAC in constant time; truncation by `hmacOutputLength` is applied, judged elsewhere. */
  verifyMac(
    algorithm: string,
    parameters: SignatureParameters,
    secret: Uint8Array,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<VerifyOutcome>;
  /** HMAC by MAC algorithm URI or null. */
  mac(algorithm: string, secret: Uint8Array, octets: Uint8Array): Uint8Array | null;
}
