/** Nodes by the place that they begin at: they stand in document order, so that their starts ascend. */
import { lastNotAbove } from '../bytes/sorted.ts';
import { NO_NODE, NodeKind, type NodeIndex, type XmlDocument } from './document.ts';

/** The last node that begins at or before `offset`, the document aside; node 1 where all begin behind it. */
export function nodeAt(document: XmlDocument, offset: number): NodeIndex {
  return 1 + lastNotAbove(document.start.subarray(1, document.nodeCount), offset);
}

/** The element whose start tag begins at `offset`, or `NO_NODE`. */
export function elementAt(document: XmlDocument, offset: number): NodeIndex {
  const node = nodeAt(document, offset);
  return document.start[node] === offset && document.kind[node] === NodeKind.element ? node : NO_NODE;
}
