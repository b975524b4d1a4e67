/** What canonicalization takes and gives. */
import type { OriginMap } from '../bytes/origin-map.ts';
import type { RelativeNamespaces } from './relative-namespace-uris.ts';

/** A canonicalization algorithm with its parameters. */
export interface CanonicalizationMethod {
  /** The algorithm URI as written. */
  readonly uri: string;
  readonly family: 'c14n-1.0' | 'c14n-1.1' | 'exclusive-1.0';
  readonly comments: boolean;
  /** Exclusive only: prefixes treated inclusively; the empty string stands for `#default`. */
  readonly inclusivePrefixes: readonly string[];
}

/** What canonicalization gives. */
export interface CanonicalOctets {
  readonly octets: Uint8Array;
  /** Computed when asked for, by a second pass; never on the hot path. The source space is that of the document. */
  origin(): OriginMap;
  /** Namespace declarations whose URI is relative (Canonical XML §1.3 note; libxml2 refuses them). */
  readonly relativeNamespaces: RelativeNamespaces;
}
