/** What the engine knows of one algorithm URI (XML Signature 1.1 §6, XML Encryption 1.1 §5, RFC 9231 §2). */
import type { SpecCitation } from '../trace/trace.ts';

/** What an algorithm is for. */
export type AlgorithmKind =
  | 'signature'
  | 'mac'
  | 'digest'
  | 'canonicalization'
  | 'transform'
  | 'block-encryption'
  | 'key-transport'
  | 'key-wrap'
  | 'key-agreement'
  | 'key-derivation'
  | 'mask-generation'
  | 'encryption-type';

/**
 * - `current`: nothing to say against it.
 * - `legacy`: retired or fragile, but not broken in this use; a note, never the headline.
 * - `weak`: verifies or decrypts, and the headline is at best `valid-weak`.
 * - `refused`: never run.
 * - `unknown`: not in the table, or experimental.
 */
export type Strength = 'current' | 'legacy' | 'weak' | 'refused' | 'unknown';

/** Whether this engine can do it. `partial` and `no` carry the reason as a code with words in `src/content`. */
export interface Support {
  readonly verdict: 'yes' | 'partial' | 'no';
  /**
   * `gost-national`, `post-quantum-experimental`, `no-implementation`, `xslt-refused`, `private-to-one-stack`,
   * `needs-context`, `not-in-xmldsig`, ... or null.
   */
  readonly why: string | null;
}

/** How a signature or MAC algorithm works; the crypto room dispatches on it. */
export type Scheme =
  | 'rsa-pkcs1'
  | 'rsa-pss'
  | 'rsa-pss-parameters'
  | 'ecdsa'
  | 'dsa'
  | 'hmac'
  | 'ed25519'
  | 'ed25519ctx'
  | 'ed25519ph'
  | 'ed448'
  | 'ed448ph';

/** How a cipher, wrap or transport works. */
export type CipherScheme =
  | 'aes-cbc'
  | 'aes-gcm'
  | '3des-cbc'
  | 'camellia-cbc'
  | 'seed-cbc'
  | 'des-cbc'
  | 'chacha20'
  | 'chacha20-poly1305'
  | 'rsa-1_5'
  | 'rsa-oaep-mgf1p'
  | 'rsa-oaep'
  | 'aes-kw'
  | 'aes-kwp'
  | '3des-kw'
  | 'camellia-kw'
  | 'seed-kw'
  | 'ecdh-es'
  | 'x25519'
  | 'x448'
  | 'dh-es'
  | 'dh'
  | 'concat-kdf'
  | 'hkdf'
  | 'pbkdf2'
  | 'p-sha1';

/** One algorithm. */
export interface Algorithm {
  readonly uri: string;
  readonly kind: AlgorithmKind;
  /** The name people use: `RSA-SHA256`, `Exclusive C14N`. */
  readonly name: string;
  readonly strength: Strength;
  readonly support: Support;
  readonly citation: SpecCitation;
  /** Digest method URI that a signature or MAC hashes with; null where it has none or takes it as a parameter. */
  readonly digest: string | null;
  readonly scheme: Scheme | CipherScheme | null;
  /** Key length of a cipher or wrap, output length of a digest, in bits; null where there is none. */
  readonly bits: number | null;
}
