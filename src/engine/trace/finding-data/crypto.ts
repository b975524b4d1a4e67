/** What findings carry about weaknesses of algorithms and keys, and key values, by code. */
export interface CryptoFindings {
  readonly 'weak-algorithm': {
    readonly algorithm: string;
    readonly name: string;
    readonly kind: string;
    readonly reason: string;
  };
  readonly 'legacy-algorithm': {
    readonly algorithm: string;
    readonly name: string;
    readonly kind: string;
    readonly reason: string;
  };
  readonly 'weak-key': {
    readonly kind: string;
    readonly bits: number;
    readonly minimum: number;
  };
  readonly 'small-rsa-exponent': {
    readonly kind: string;
    readonly exponent: string;
  };
  readonly 'key-integer-not-der': {
    readonly form: 'negative' | 'over-long';
    readonly subject: string | null;
  };
  readonly 'hmac-truncated': {
    readonly algorithm: string;
    readonly bits: number;
    readonly digestBits: number;
    readonly floor: number;
  };
  readonly 'hmac-truncated-below-floor': {
    readonly algorithm: string;
    readonly bits: number;
    readonly digestBits: number;
    readonly floor: number;
  };
  readonly 'hmac-output-length-invalid': {
    readonly algorithm: string;
    readonly bits: number;
    readonly digestBits: number;
    readonly floor: number;
  };
  readonly 'digestmethod-uri-invalid': {
    readonly algorithm: string;
    readonly kind: string;
    readonly meant: string | null;
    readonly reason: string | null;
    readonly why: string | null;
  };
  readonly 'key-value-unreadable': {
    readonly reason: string;
    readonly detail?: string;
  };
}
