/** What path building takes and gives; the result fills `PathReport` of the trace. */
import type { PublicKey } from '../crypto/keys.ts';
import type { Data } from '../trace/trace.ts';
import type { Certificate } from './certificate.ts';

/** A trusted certificate, of an authority or of the end itself, or a bare public key. */
export type TrustAnchor =
  | { readonly certificate: Certificate; readonly publicKey: PublicKey }
  | { readonly certificate: null; readonly publicKey: PublicKey };

/** One check of RFC 5280 §6.1 on one certificate, with its result. */
export interface PathCheck {
  /**
   * `validity`, `issuer-name`, `signature`, `authority`, `path-length`, `key-usage`, `name-constraints`,
   * `critical-extensions`,
   * `policy`, `revocation`, `trust-anchor`; on the end certificate also `end-key-usage`, which does not decide the
   * status.
   */
  readonly check: string;
  readonly passed: boolean;
  readonly data: Data;
}

/** A certificate of a path and what was checked of it. */
export interface CheckedCertificate {
  /** The certificate's id. */
  readonly certificate: string;
  readonly checks: readonly PathCheck[];
}

/** Why the path is not valid, as a finding's code and data. */
export interface PathProblem {
  readonly code:
    | 'cert-expired-or-not-yet'
    | 'trust-anchor-missing'
    | 'cert-revoked'
    | 'cert-revocation-unproven'
    | 'cert-usage-or-policy'
    | 'cert-signature-wrong'
    | 'cert-name-constraint';
  readonly certificate: string;
  readonly data: Data;
}

/** The best path that was found, with its checks, and every candidate that was left with its reason. */
export interface PathResult {
  /** `unknown` where no anchors were given; then the other checks were still made on the best path. */
  readonly status: 'pass' | 'fail' | 'unknown';
  /** The end certificate first. */
  readonly certificates: readonly CheckedCertificate[];
  /** The certificates of the path in the same order. */
  readonly path: readonly Certificate[];
  readonly anchor: TrustAnchor | null;
  readonly rejected: readonly { readonly certificate: string; readonly reason: string; readonly data: Data }[];
  readonly problems: readonly PathProblem[];
  /** Whether the end certificate may sign data: key usage has digitalSignature or nonRepudiation, or says nothing. */
  readonly maySign: boolean;
}
