/** What findings carry about decryption, by code. */
import type { NoData } from './no-data.ts';

/** The session key opens otherwise than EncryptionMethod says. */
export interface TransportProven {
  readonly stated: string;
  readonly statedDigest: string | null;
  readonly statedMask: string | null;
  readonly opens: string;
  readonly digest: string | null;
  readonly mask: string | null;
  readonly statedLabelOctets: number;
  readonly labelOctets: number | null;
  readonly entry: string;
  readonly subject: string | null;
  readonly file: string;
}

/** Data of findings about decryption, by code. */
export interface EncryptionFindings {
  readonly 'decryption-failed-unproven': {
    readonly what: string;
    readonly algorithm: string;
    readonly id: string | null;
    readonly problem?: string | null;
    readonly offset?: number | null;
    readonly reason: string;
    readonly how?: string;
  };
  readonly 'enc-wrong-recipient-cert':
    | {
        readonly reason: string;
        readonly cipherOctets: number;
        readonly modulusBits: number | null;
        readonly opens: null;
        readonly subject: string | null;
        readonly file?: string;
      }
    | (TransportProven & { readonly reason?: string; readonly cipherOctets?: number; readonly modulusBits?: number });
  readonly 'oaep-digest-mgf-mismatch': TransportProven;
  readonly 'oaep-params-label': TransportProven;
  readonly 'oaep-vs-pkcs15': TransportProven;
  readonly 'recipient-not-compared': {
    readonly entry: string;
    readonly file: string;
  };
  readonly 'data-algorithm-relabelled': {
    readonly stated: string;
    readonly opens: string;
  };
  readonly 'session-key-encoding-or-size': {
    readonly reason: string;
    readonly needed: number;
    readonly stated?: number;
    readonly actual?: number;
    readonly algorithm?: string;
  };
  readonly 'gcm-tag-iv-layout': {
    readonly layout: string;
    readonly ivOctets: number;
    /** Octets of the tag that are there, where it was cut. */
    readonly tagOctets?: number;
  };
  readonly 'cbc-padding-scheme': { readonly padding: string; readonly count?: number };
  readonly 'ciphertext-truncated-or-encoded': {
    readonly reason: string;
    readonly length?: number;
    readonly offset?: number;
    readonly algorithm?: string;
    readonly uri?: string | null;
  };
  readonly 'enc-type-content-vs-element': {
    readonly type: string | null;
    readonly reason: string;
    readonly elements: number;
  };
  readonly 'referencelist-missing': {
    readonly reason: string;
    readonly id: string | null;
    readonly path: string;
  };
  readonly 'encrypt-then-sign-confusion': {
    readonly id: string | null;
    readonly signedOver: string;
  };
  readonly 'key-derivation-malformed': {
    readonly algorithm?: string;
    readonly kind?: string;
    readonly what: string;
    readonly meant?: string | null;
    readonly reason?: string | null;
    readonly why?: string | null;
  };
  readonly 'originator-key-missing': NoData;
  readonly 'ENC-04': {
    readonly count: number;
  };
  readonly 'ENC-06': {
    readonly id: string | null;
  };
  readonly 'agreement-key-unusable': {
    readonly reason: string;
    readonly entry: string;
    readonly file: string;
  };
  readonly 'ENC-09': {
    readonly reason: string;
  };
}
