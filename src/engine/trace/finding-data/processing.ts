/** What findings carry about the input, bounds, and the message as a whole, by code. */
import type { NoData } from './no-data.ts';

/** Data of findings about the input, bounds and the message as a whole, by code. */
export interface ProcessingFindings {
  readonly limit: {
    readonly bound: string;
    readonly limit: number;
  };
  readonly cancelled: NoData;
  readonly 'input-compressed': {
    readonly format: string;
  };
  readonly 'container-opened': {
    /** The entry that was taken for the message. */
    readonly entry: string;
    /** Further entries with signatures. */
    readonly others: readonly string[];
    /** Files that may be signed. */
    readonly files: number;
  };
  readonly 'container-ambiguous': { readonly reason: string; readonly entry: string | null };
  readonly 'container-unreadable': { readonly reason: string; readonly entry: string | null };
  /** Signatures that are there and are no XML. */
  readonly 'container-without-signatures': { readonly found: readonly string[] };
  readonly 'container-file-unreadable': { readonly entry: string; readonly reason: string };
  readonly 'container-file-not-signed': { readonly file: string; readonly count: number };
  readonly 'multipart-without-parts': {
    readonly boundary: string;
  };
  readonly 'multipart-content-id-repeated': {
    readonly id: string;
  };
  readonly 'multipart-root-not-found': {
    readonly start: string;
  };
  readonly 'mime-field-repeated': { readonly field: string; readonly first: string; readonly second: string };
  readonly 'mime-encoding-unknown': { readonly encoding: string };
  readonly 'http-length-differs': {
    /** What Content-Length says. */
    readonly declared: number;
    readonly octets: number;
    /** Transfer-Encoding stands beside it. */
    readonly chunked: boolean;
  };
  readonly 'mime-delimiter-lookalike': { readonly boundary: string; readonly count: number };
  readonly unsecured: NoData;
  readonly 'not-decrypted': { readonly id: string | null; readonly path: string; readonly missing: string | null };
  readonly 'trust-by-assertion': {
    readonly assertion: string | null;
    readonly issuer: string | null;
    readonly key: string | null;
  };
  readonly 'session-key-of-anybody': { readonly how: string };
  readonly 'trust-not-asked': {
    readonly subject: string | null;
  };
  readonly 'id-duplicates': {
    readonly count: number;
    readonly first: string;
  };
}
