/** What findings carry about SignedInfo, digests and signature values, by code. */
import type { NoData } from './no-data.ts';

/** Data of findings about signatures, by code. */
export interface SignatureFindings {
  readonly 'SIG-01': {
    readonly element: string;
  };
  readonly 'signature-child-unknown': {
    readonly element: string;
  };
  readonly 'signature-incomplete': {
    readonly element: string;
  };
  readonly 'signedinfo-tree-differs': {
    readonly tree: number;
    readonly octets: number;
  };
  readonly 'SIG-05': {
    readonly algorithm: string | null;
    readonly meant: string | null;
  };
  readonly 'SIG-02': {
    readonly count: number;
  };
  readonly 'SIG-08': {
    readonly count: number;
    readonly path: string;
  };
  readonly 'SIG-07': {
    readonly algorithm: string;
    readonly bits: number;
    readonly digestBits: number;
    readonly floor: number;
    readonly length: string;
  };
  readonly 'hmac-output-length-misplaced': {
    readonly length: string;
  };
  readonly 'signature-template-empty': {
    readonly uri?: string | null;
    readonly expected?: string;
    readonly computed?: string;
    readonly form?: string;
  };
  readonly 'signature-mismatch-unproven': {
    readonly algorithm: string;
    readonly reason: string;
    readonly subject: string | null;
    readonly how: string;
  };
  readonly 'algorithm-unsupported': {
    readonly algorithm: string;
    readonly kind?: string;
    readonly meant?: string | null;
    readonly reason?: string | null;
    /** Why we do not have it; `no-such-name`: nobody does, for the name is wrong. */
    readonly why?: string | null;
    readonly what?: string;
  };
  readonly 'alg-suite-mismatch': {
    readonly key?: string;
    readonly algorithm?: string;
  };
  readonly 'KEY-03': {
    readonly key: string | null;
    readonly subject: string | null;
  };
  readonly 'KEY-04': {
    readonly how: string;
    readonly subject: string | null;
    readonly other: string;
    readonly otherSubject: string | null;
    readonly count: number;
  };
  readonly 'digest-mismatch-unproven': {
    readonly uri: string | null;
    readonly expected: string;
    readonly computed: string;
    readonly form: string;
  };
  readonly 'digest-hex-base64': {
    readonly uri: string | null;
    readonly expected: string;
    readonly computed: string;
    readonly form: string;
    readonly same: boolean;
  };
  readonly 'SIG-04': {
    readonly uri: string | null;
    readonly expected: string;
    readonly computed: string;
    readonly form: string;
  };
  readonly 'digestvalue-ws-or-linebreak': NoData;
  readonly 'digest-over-undecrypted': {
    readonly uri: string | null;
  };
  readonly 'SIG-06': {
    readonly wrong: number;
    readonly count: number;
  };
  readonly 'XSW-07': {
    readonly references: number;
  };
}
