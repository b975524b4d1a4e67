/** Content added after signing: a child without which the digest matches (docs/faults.md: stale-dom-signed). */
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import { readEncodedValue } from '../../signature/digest-value.ts';
import type { SourceRange } from '../../bytes/source-range.ts';
import { NodeKind, type NodeIndex } from '../../xml/document.ts';
import { childNodes, isWithin, nodeRange, qualifiedName } from '../../xml/navigate.ts';
import type { ReferenceDiagnosis, SearchPorts } from './reference-search.ts';
import { digestTarget, likelyAlgorithm } from './digest-target.ts';

/** A child that was added, with the octets without it. */
export interface AddedContent {
  readonly name: string;
  readonly range: SourceRange;
  readonly octets: Uint8Array;
}

/** Nodes left out one at a time, children before what is deeper. */
const MOST_NODES = 200;

/** @returns null where no single child explains the digest */
export async function addedContent(diagnosis: ReferenceDiagnosis, ports: SearchPorts): Promise<AddedContent | null> {
  const { subject, reference } = diagnosis;
  const { document, set, method } = subject;
  if (set === null || set.type !== 'subtree' || method === null || subject.apex === null) return null;
  const value = readEncodedValue(reference.report.expected, null);
  if (!('octets' in value)) return null;
  const algorithm = likelyAlgorithm(reference.report.digestMethod, value.octets.length);
  if (algorithm === null) return null;
  const target = digestTarget(ports.crypto, algorithm, algorithm, value.octets);
  const account = subject.account.extent(MOST_NODES, 0.5);
  // Grows while it is walked.
  const queue: NodeIndex[] = [subject.apex];
  for (const parent of queue) {
    for (const child of childNodes(document, parent)) {
      if (document.kind[child] === NodeKind.element) queue.push(child);
      if (set.excluded.some((root) => isWithin(document, child, root))) continue;
      const excluded = [...set.excluded, child].sort((a, b) => a - b);
      if (account.empty) return null;
      const { octets } = canonicalize({ ...set, excluded }, method, ports.budget);
      account.take(octets.length);
      if ((await target.matches(octets)) === null) continue;
      return {
        name: document.kind[child] === NodeKind.element ? qualifiedName(document, child) : '',
        range: nodeRange(document, child),
        octets,
      };
    }
  }
  return null;
}
