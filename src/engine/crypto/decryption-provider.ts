/**
 * The decryption port (docs/design.md, "Libraries", XML Encryption 1.1 §5): block ciphers, key transport, key wrap,
 * agreement and derivation by URI.
 */
import type { PrivateKey, PublicKey } from './keys.ts';

/**
 * What came of it. `fail` reasons: `ciphertext-length`, `padding`, `tag`, `integrity` (key wrap), `range`,
 * `oaep-first-octet`, `oaep-label` (label or digest differ), `oaep-separator`, `agreement-zero`,
 * `dh-public-value-range`,
 * `dh-small-subgroup`.
 * `unusable` names a key that cannot serve: `key-length`, `key-kind`, `curves-differ`, `groups-differ`, or a defect of
 * the RSA key or the group.
 */
export type DecryptOutcome =
  | { readonly result: 'plaintext'; readonly octets: Uint8Array }
  | { readonly result: 'fail'; readonly reason: string }
  | { readonly result: 'unsupported'; readonly what: string }
  | { readonly result: 'unusable'; readonly what: string };

/** ds:DigestMethod, xenc11:MGF and xenc:OAEPparams as they stand; null where absent. */
export interface OaepParameters {
  readonly digest: string | null;
  /** URI of the mask generation function; read with `rsa-oaep` only. */
  readonly maskGeneration: string | null;
  /** Null leaves the label unchecked, to find out whether it alone is wrong. */
  readonly label: Uint8Array | null;
}

/**
 * What an EncryptionMethod says besides its URI (RFC 9231 §2.6.7 and §2.6.8): a nonce outside the octets, a counter,
 * associated data.
 */
export interface CipherParameters {
  readonly nonce: Uint8Array | null;
  /** Initial block counter of ChaCha20. */
  readonly counter: number;
  readonly associatedData: Uint8Array | null;
}

/** A key derivation function with its parameters. */
export type KeyDerivation =
  /** `otherInfo`: the five fields joined, see {@link concatKdfOtherInfo}. */
  | { readonly method: 'concat-kdf'; readonly digest: string; readonly otherInfo: Uint8Array }
  /** `prf`: an HMAC URI. */
  | { readonly method: 'hkdf'; readonly prf: string; readonly salt: Uint8Array; readonly info: Uint8Array }
  /**
   * What Diffie-Hellman brought with it: `encryption` is the URI of the algorithm that the key is for, `nonce`
   * KA-Nonce.
   */
  | { readonly method: 'dh-legacy'; readonly digest: string; readonly encryption: string; readonly nonce: Uint8Array }
  | { readonly method: 'pbkdf2'; readonly prf: string; readonly salt: Uint8Array; readonly iterations: number };

/** Opens octets by algorithm URI; what does not open is an outcome, never an exception. */
export interface DecryptionProvider {
  /**
   * Opens CipherData with a block encryption URI: IV ‖ ciphertext for CBC, IV ‖ ciphertext ‖ tag for GCM and
   * ChaCha20-Poly1305.
   * @param spare so many octets behind `cipherOctets` in their buffer may be overwritten; none unless said
   */
  decrypt(
    algorithm: string,
    secret: Uint8Array,
    cipherOctets: Uint8Array,
    parameters?: CipherParameters,
    spare?: number,
  ): Promise<DecryptOutcome>;
  /** Opens a wrapped key with a key wrap URI. */
  unwrap(algorithm: string, keyEncryptionKey: Uint8Array, wrapped: Uint8Array): Promise<DecryptOutcome>;
  /** Opens an encrypted key with a key transport URI. `parameters` is read for OAEP. */
  transport(algorithm: string, parameters: OaepParameters, key: PrivateKey, encrypted: Uint8Array): DecryptOutcome;
  /** The shared secret Z of ECDH-ES, X25519, X448 or Diffie-Hellman. */
  agree(algorithm: string, key: PrivateKey, other: PublicKey): DecryptOutcome;
  /** Derives `length` octets from a secret. The caller bounds iterations. */
  derive(derivation: KeyDerivation, secret: Uint8Array, length: number): Promise<DecryptOutcome>;
}
