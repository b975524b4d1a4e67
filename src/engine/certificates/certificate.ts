/** An X.509 certificate, read once (RFC 5280 §4). */
import type { PublicKey } from '../crypto/keys.ts';

/** One attribute of a distinguished name: OID, DER tag and text of its value; sets of one RDN are kept together. */
export interface NameAttribute {
  readonly oid: string;
  readonly value: string;
  readonly der: Uint8Array;
}

/** RDNs in DER order (most significant first). */
export type DistinguishedName = readonly (readonly NameAttribute[])[];

/** What judging reads of a certificate; extensions that only path validation needs are read again from `der`. */
export interface Certificate {
  readonly der: Uint8Array;
  /** Lower-case hex SHA-256 of the DER: the certificate's id everywhere. */
  readonly id: string;
  /** Lower-case hex SHA-1 of the DER (ThumbprintSHA1). */
  readonly sha1: string;
  readonly subject: DistinguishedName;
  readonly issuer: DistinguishedName;
  /** RFC 4514 text of the names. */
  readonly subjectText: string;
  readonly issuerText: string;
  readonly serial: bigint;
  /** UTC milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly publicKey: PublicKey;
  /** The subject key identifier extension's octets, or null. */
  readonly ski: Uint8Array | null;
  readonly authorityKeyId: Uint8Array | null;
  readonly selfIssued: boolean;
  readonly signatureAlgorithm: string;
}
