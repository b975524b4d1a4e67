/** Comments and processing instructions that stand between two pieces of text: readers differ on what such text is (security.md SIG-08). */
import { NodeFlag, NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';

/** One pass over the document; only those beside text that is not white space alone on both sides. */
export function findTextSplitters(document: XmlDocument): readonly NodeIndex[] {
  const splitters: NodeIndex[] = [];
  for (let node = 1; node < document.nodeCount; node++) {
    const kind = document.kind[node];
    if (kind !== NodeKind.comment && kind !== NodeKind.processingInstruction) continue;
    const before = node - 1;
    const after = document.next[node]!;
    const parent = document.parent[node]!;
    if (isText(document, before) && document.parent[before] === parent && isText(document, after) && document.parent[after] === parent) splitters.push(node);
  }
  return splitters;
}

function isText(document: XmlDocument, node: NodeIndex): boolean {
  if (node < 1 || node >= document.nodeCount) return false;
  const kind = document.kind[node];
  return (kind === NodeKind.text && (document.nodeFlags[node]! & NodeFlag.whitespace) === 0) || kind === NodeKind.cdata;
}
