/** Content added after signing: a child without which the digest matches (docs/faults.md: stale-dom-signed). */
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import { readEncodedValue } from '../../signature/digest-value.ts';
import type { SourceRange } from '../../bytes/source-range.ts';
import { NodeKind, type NodeIndex } from '../../xml/document.ts';
import { childNodes, nodeRange, qualifiedName } from '../../xml/navigate.ts';
import type { ReferenceDiagnosis, SearchPorts } from './diagnose-reference.ts';
import { digestTarget, likelyAlgorithm } from './digest-target.ts';

export interface AddedContent {
  readonly name: string;
  readonly range: SourceRange;
  readonly octets: Uint8Array;
}

/** Nodes left out one at a time, children before what is deeper. */
const MOST_NODES = 200;

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
  const queue: NodeIndex[] = [subject.apex];
  for (let at = 0; at < queue.length; at++) {
    for (const child of childNodes(document, queue[at]!)) {
      if (document.kind[child] === NodeKind.element) queue.push(child);
      if (set.excluded.some((root) => child >= root && child < document.next[root]!)) continue;
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
