/** Sorts nodes of any kind into document order (XML Path Language 1.0 §5). */
import type { NodeNumbers, XPathNode } from './node-numbers.ts';

/** Sorts `list`, which holds each node once, in place where it is not in order already. */
export function inDocumentOrder(list: XPathNode[], nodes: NodeNumbers): readonly XPathNode[] {
  const [first] = list;
  const last = list.at(-1);
  if (first === undefined || last === undefined) return list;
  let rising = true;
  let inTree = true;
  for (let index = 0; index < list.length; index++) {
    if (list[index]! >= nodes.attributeBase) inTree = false;
    if (index > 0 && list[index]! <= list[index - 1]!) rising = false;
  }
  // Numbers of one kind rise with document order; across kinds they do not.
  const oneKind = inTree || (first >= nodes.attributeBase && nodes.isNamespace(first) === nodes.isNamespace(last));
  if (rising && oneKind) return list;
  if (inTree) return list.sort((a, b) => a - b);
  return list
    .map((node) => ({ node, key: nodes.orderKey(node) }))
    .sort((a, b) => a.key - b.key)
    .map(({ node }) => node);
}
