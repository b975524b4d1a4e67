/** Short names of algorithm URIs for notes and rows; the full URI stays one hover away. */
import { algorithmByUri } from '../engine/algorithms/algorithm-table.ts';
import {
  C14N_10,
  C14N_10_COMMENTS,
  C14N_11,
  C14N_11_COMMENTS,
  EXCLUSIVE_C14N,
  EXCLUSIVE_C14N_COMMENTS,
} from '../engine/algorithms/identifiers.ts';

const CANONICALIZATION: Readonly<Record<string, string>> = {
  [EXCLUSIVE_C14N]: 'exc-c14n',
  [EXCLUSIVE_C14N_COMMENTS]: 'exc-c14n with comments',
  [C14N_10]: 'c14n 1.0',
  [C14N_10_COMMENTS]: 'c14n 1.0 with comments',
  [C14N_11]: 'c14n 1.1',
  [C14N_11_COMMENTS]: 'c14n 1.1 with comments',
};

/** A digest by its name in the table; any other URI by what stands behind its last `#` or `/`. */
export function shortAlgorithm(uri: string): string {
  const known = CANONICALIZATION[uri];
  if (known !== undefined) return known;
  const algorithm = algorithmByUri(uri);
  if (algorithm?.kind === 'digest') return algorithm.name;
  const cut = Math.max(uri.lastIndexOf('#'), uri.lastIndexOf('/'));
  return uri.slice(cut + 1) || uri;
}
