/** Keys as the engine handles them: parsed numbers and octets, independent of any crypto library. */

export type CurveName =
  | 'P-224'
  | 'P-256'
  | 'P-384'
  | 'P-521'
  | 'secp256k1'
  | 'brainpoolP256r1'
  | 'brainpoolP384r1'
  | 'brainpoolP512r1'
  | 'brainpoolP320r1'
  | 'brainpoolP224r1'
  | 'brainpoolP192r1'
  | 'brainpoolP160r1'
  | 'P-192';

/** How a number of a key is written against DER: without the octet 00 in front, or with too many of them. */
export type IrregularInteger = 'negative' | 'over-long';

/** An RSA key by its numbers. */
export interface RsaPublicKey {
  readonly kind: 'RSA';
  readonly spki: Uint8Array;
  readonly n: bigint;
  readonly e: bigint;
  readonly bits: number;
  readonly pssOnly: boolean;
  /** Its numbers were not written in DER; `spki` then is what they should have been written as. */
  readonly irregular?: IrregularInteger;
}

/** A public key with its SubjectPublicKeyInfo DER (RFC 5280 §4.1.2.7), which identifies it. */
export type PublicKey =
  | RsaPublicKey
  | {
      readonly kind: 'EC';
      readonly spki: Uint8Array;
      readonly curve: CurveName;
      /** uncompressed point, 0x04 ‖ X ‖ Y */ readonly point: Uint8Array;
    }
  | { readonly kind: 'EC-unknown'; readonly spki: Uint8Array; readonly oid: string }
  | {
      readonly kind: 'DSA';
      readonly spki: Uint8Array;
      readonly p: bigint;
      readonly q: bigint;
      readonly g: bigint;
      readonly y: bigint;
    }
  | { readonly kind: 'Ed25519' | 'Ed448' | 'X25519' | 'X448'; readonly spki: Uint8Array; readonly raw: Uint8Array }
  | {
      readonly kind: 'DH';
      readonly spki: Uint8Array;
      readonly p: bigint;
      /** order of the subgroup that g generates, as X9.42 names it; null in PKCS #3 */ readonly q: bigint | null;
      readonly g: bigint;
      readonly y: bigint;
    }
  | { readonly kind: 'unknown'; readonly spki: Uint8Array; readonly oid: string };

/** A private key as PKCS#8 DER (RFC 5958) with its public part. Never leaves the worker. */
export interface PrivateKey {
  readonly pkcs8: Uint8Array;
  readonly publicKey: PublicKey;
}
