/** What path building takes. */
import type { Budget } from '../bytes/budget.ts';
import type { Certificate } from './certificate.ts';
import type { CertificateMemory } from './certificate-memory.ts';
import type { TrustAnchor } from './path-types.ts';

/** What a path is built from and judged against. */
export interface PathRequest {
  readonly leaf: Certificate;
  /** Certificates that may complete the path, from the message and from key files. */
  readonly pool: readonly Certificate[];
  readonly anchors: readonly TrustAnchor[];
  /** DER. */
  readonly crls: readonly Uint8Array[];
  /** UTC milliseconds since 1970. */
  readonly at: number;
  readonly memory: CertificateMemory;
  readonly budget: Budget;
  /**
   * Every certificate below the anchor must be shown good by a list. Default false: only what supplied lists revoke is
   * refused.
   */
  readonly revocationRequired?: boolean;
}
