/** What findings carry about attachments and MTOM, by code. */
import type { CauseData, JudgedOrCause } from './causes.ts';

/** Data of findings about attachments and MTOM, by code. */
export interface AttachmentFindings {
  readonly 'attachment-transform-misplaced': { readonly complete: boolean };
  readonly 'attachment-headers-missing': { readonly attachment: string | null };
  readonly 'attachment-type-from-digest': {
    readonly attachment: string | null;
    readonly form: string;
  };
  readonly 'attachment-xml-malformed': { readonly attachment: string | null; readonly type: string | null };
  readonly 'attachment-headers-in-digest': CauseData;
  readonly 'attachment-cte-base64': CauseData;
  readonly 'attachment-line-ends': CauseData;
  readonly 'attachment-compressed-order': CauseData;
  readonly 'mtom-signed-before-after': CauseData;
  readonly 'bst-mtom-optimised': {
    readonly count?: number;
    readonly path?: string;
    readonly href?: string | null;
    readonly reason?: string;
    readonly valueType?: string | null;
  };
  readonly 'xop-include-malformed': {
    readonly uri: string;
    readonly problem: 'scheme' | 'beside-content' | 'children';
    readonly path: string;
  };
  readonly 'digest-over-missing-part': {
    readonly uri: string | null;
  };
  readonly 'attachment-not-signed': {
    readonly attachment: string;
    readonly count: number;
  };
  readonly 'XSW-15': JudgedOrCause<{ readonly uri: string | null; readonly reason: string }>;
}
