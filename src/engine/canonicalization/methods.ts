/** Canonicalization algorithm URIs, those we know by name only included. */
import type { CanonicalizationMethod } from './canonicalize-types.ts';

export const C14N_10 = 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315';
export const C14N_11 = 'http://www.w3.org/2006/12/xml-c14n11';
export const EXCLUSIVE_C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const C14N_20 = 'http://www.w3.org/2010/xml-c14n2';

export interface KnownMethod {
  readonly uri: string;
  /** As the specifications call it. */
  readonly name: string;
  readonly family: CanonicalizationMethod['family'];
  readonly comments: boolean;
}

export const CANONICALIZATION_METHODS: readonly KnownMethod[] = [
  { uri: C14N_10, name: 'Canonical XML 1.0', family: 'c14n-1.0', comments: false },
  { uri: `${C14N_10}#WithComments`, name: 'Canonical XML 1.0 with comments', family: 'c14n-1.0', comments: true },
  { uri: C14N_11, name: 'Canonical XML 1.1', family: 'c14n-1.1', comments: false },
  { uri: `${C14N_11}#WithComments`, name: 'Canonical XML 1.1 with comments', family: 'c14n-1.1', comments: true },
  { uri: EXCLUSIVE_C14N, name: 'Exclusive XML Canonicalization 1.0', family: 'exclusive-1.0', comments: false },
  {
    uri: `${EXCLUSIVE_C14N}WithComments`,
    name: 'Exclusive XML Canonicalization 1.0 with comments',
    family: 'exclusive-1.0',
    comments: true,
  },
];

/** Algorithms that exist and that we do not have, by URI. */
export const UNSUPPORTED_METHODS: ReadonlyMap<string, string> = new Map([
  [C14N_20, 'Canonical XML 2.0'],
  ['http://santuario.apache.org/c14n/physical', 'Santuario physical canonicalization'],
]);

const byUri = new Map(CANONICALIZATION_METHODS.map((method) => [method.uri, method]));

/** The algorithm with that URI, or null. */
export function knownMethod(uri: string): KnownMethod | null {
  return byUri.get(uri) ?? null;
}

/**
 * A method with parameters, for callers that have no document to read it from. `#default` in `prefixes` is the empty
 * string. Null for an unknown URI.
 */
export function canonicalizationMethod(uri: string, prefixes: readonly string[] = []): CanonicalizationMethod | null {
  const known = knownMethod(uri);
  if (known === null) return null;
  return {
    uri,
    family: known.family,
    comments: known.comments,
    inclusivePrefixes: known.family === 'exclusive-1.0' ? prefixes : [],
  };
}
