/** What findings carry about certificates and their paths, by code. */
import type { NoData } from './no-data.ts';

/** Data of findings about certificates and paths, by code. */
export interface CertificateFindings {
  readonly 'cert-expired-or-not-yet': {
    readonly check: string;
    readonly subject: string;
    readonly notBefore: string;
    readonly notAfter: string;
    readonly at: string;
    readonly certificate: string;
  };
  readonly 'trust-anchor-missing': {
    readonly subject: string | null;
    readonly issuer?: string;
    readonly selfIssued?: boolean;
    readonly searchEnded?: boolean;
    readonly certificate?: string;
    readonly key?: string;
  };
  readonly 'cert-revoked': {
    readonly check: string;
    readonly subject: string;
    readonly status: string;
    readonly date: string;
    readonly reason: string;
    readonly thisUpdate: string;
    readonly certificate: string;
  };
  readonly 'cert-revocation-unproven': { readonly subject: string | null; readonly reason?: string };
  readonly 'cert-usage-or-policy': {
    readonly subject: string | null;
    readonly certificate: string;
    readonly usage?: string;
    readonly check?: string;
    readonly basicConstraints?: string;
    readonly keyUsage?: string;
    readonly reason?: string;
    readonly repeated?: string;
    readonly unknown?: string;
  };
  readonly 'cert-name-constraint': { readonly subject: string | null; readonly type?: string; readonly how?: string };
  readonly 'cert-signature-wrong': NoData;
}
