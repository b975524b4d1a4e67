/** What findings carry about canonicalization methods, by code. */
import type { NoData } from './no-data.ts';

/** Data of findings about canonicalization, by code. */
export interface CanonicalizationFindings {
  readonly 'canonicalization-missing': NoData;
  readonly 'canonicalization-unknown': {
    readonly uri: string;
    readonly algorithm?: string | null;
    readonly meant?: string | null;
  };
  readonly 'canonicalization-unsupported': {
    readonly name: string;
    readonly uri: string;
  };
  readonly 'prefixlist-malformed': {
    readonly token: string;
  };
  readonly 'prefixlist-repeated': { readonly count: number };
  readonly 'prefixlist-too-long': {
    readonly count: number;
    readonly limit: number;
  };
  readonly 'relative-namespace-uri': {
    readonly uris: readonly string[];
    /** Declared in what is canonicalized, and not only around it. */
    readonly within: boolean;
  };
}
