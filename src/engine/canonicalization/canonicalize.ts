/**
 * Canonical octets of a node-set: Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0, each with and without
 * comments.
 */
import { Budget } from '../bytes/budget.ts';
import type { OriginMap } from '../bytes/origin-map.ts';
import { CanonicalWriter } from './canonical-writer.ts';
import { writeSelected } from './canonicalize-selected.ts';
import { writeSubtree } from './canonicalize-subtree.ts';
import type { CanonicalizationMethod, CanonicalOctets } from './canonicalize-types.ts';
import type { NodeSet } from './node-set.ts';
import { OriginRecorder } from './origin-recorder.ts';
import { prefixTable } from './prefix-table.ts';
import { relativeNamespaces, type RelativeNamespaces } from './relative-namespace-uris.ts';

/** Octets a subtree usually grows by at most: a few inherited declarations, or expanded tags. */
const HEADROOM = 4096;

/**
 * The canonical form of `set`, UTF-8. Spends `derivedOctets`; a pass for the origin map costs nothing of it.
 * @throws {BudgetExceeded} when the run may derive no more octets
 */
export function canonicalize(set: NodeSet, method: CanonicalizationMethod, budget: Budget): CanonicalOctets {
  const octets = write(set, method, budget, null);
  let map: OriginMap | null = null;
  let relative: RelativeNamespaces | null = null;
  return {
    octets,
    origin: () => (map ??= originOf(set, method, budget)),
    get relativeNamespaces() {
      return (relative ??= relativeNamespaces(set));
    },
  };
}

function write(
  set: NodeSet,
  method: CanonicalizationMethod,
  budget: Budget,
  origin: OriginRecorder | null,
): Uint8Array {
  const { document } = set;
  const table = prefixTable(document);
  const apex = set.type === 'subtree' ? set.apex : 0;
  const size = apex === 0 ? document.octets.length : document.end[apex]! - document.start[apex]!;
  const writer = new CanonicalWriter(document.octets, size + Math.min(size, HEADROOM), budget, origin);
  if (set.type === 'subtree') writeSubtree(set, method, table, writer);
  else writeSelected(set, method, table, writer, budget);
  return writer.finish();
}

function originOf(set: NodeSet, method: CanonicalizationMethod, budget: Budget): OriginMap {
  const origin = new OriginRecorder();
  // The octets were paid for when they were made; a view that asks later must not end the run.
  write(set, method, new Budget({ ...budget.limits, derivedOctets: Number.MAX_SAFE_INTEGER }), origin);
  const { document } = set;
  if (set.type === 'selected' || set.apex === 0) return origin.complete(document, 0, document.octets.length);
  return origin.complete(document, document.start[set.apex]!, document.end[set.apex]!);
}
