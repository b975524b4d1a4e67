/** Transforms that are known and not run, and URIs that are none of the known ones, with what was probably meant. */
import { XSLT_TRANSFORM } from '../algorithms/identifiers.ts';
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { didYouMean } from '../algorithms/near-miss.ts';
import { stopped, type TransformStopped } from './transform-outcome.ts';

/** URIs are shown; longer ones are no URIs of transforms. */
const LONGEST_SHOWN = 500;

/**
 * Why a transform with this URI is not run: `xslt-refused`, `transform-unsupported` for a known one,
 * `transform-unknown` with the URIs probably meant otherwise.
 */
export function transformNotRun(uri: string): TransformStopped {
  if (uri === XSLT_TRANSFORM) return stopped('refused', 'xslt-refused', { algorithm: uri });
  const known = algorithmByUri(uri);
  if (known !== null) {
    return stopped('unsupported', 'transform-unsupported', { algorithm: uri, name: known.name, kind: known.kind });
  }
  const near = didYouMean(uri, 'transform');
  return stopped('unsupported', 'transform-unknown', {
    algorithm: uri.slice(0, LONGEST_SHOWN),
    meant: near[0]?.uri ?? null,
    reason: near[0]?.reason ?? null,
    candidates: near.map((miss) => miss.uri),
  });
}
