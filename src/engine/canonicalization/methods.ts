/** The canonicalization methods that we have; the table of algorithms has their names, and those of the others. */
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import {
  C14N_10,
  C14N_10_COMMENTS,
  C14N_11,
  C14N_11_COMMENTS,
  EXCLUSIVE_C14N,
  EXCLUSIVE_C14N_COMMENTS,
} from '../algorithms/identifiers.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';

/** A method without its parameters. */
export interface KnownMethod {
  readonly uri: string;
  /** As the specifications call it. */
  readonly name: string;
  readonly family: CanonicalizationMethod['family'];
  readonly comments: boolean;
}

const method = (uri: string, family: KnownMethod['family'], comments: boolean): KnownMethod => ({
  uri,
  name: algorithmByUri(uri)?.name ?? uri,
  family,
  comments,
});

/** Those that we have, in the order of the specifications. */
export const CANONICALIZATION_METHODS: readonly KnownMethod[] = [
  method(C14N_10, 'c14n-1.0', false),
  method(C14N_10_COMMENTS, 'c14n-1.0', true),
  method(C14N_11, 'c14n-1.1', false),
  method(C14N_11_COMMENTS, 'c14n-1.1', true),
  method(EXCLUSIVE_C14N, 'exclusive-1.0', false),
  method(EXCLUSIVE_C14N_COMMENTS, 'exclusive-1.0', true),
];

const byUri = new Map(CANONICALIZATION_METHODS.map((known) => [known.uri, known]));

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
