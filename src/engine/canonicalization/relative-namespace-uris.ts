/** Namespace declarations with a relative URI, on which Canonical XML 1.0 §1.3 wants a failure reported. */
import { NO_NODE, NodeKind, type XmlDocument } from '../xml/document.ts';
import type { NodeSet } from './node-set.ts';

const COLON = 0x3a;
/**
 * What may stand before the colon of an absolute URI besides letters, behind the first (RFC 3986 §3.1): digits, `+`,
 * `-` and `.`.
 */
const isSchemeCharacter = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) || unit === 0x2b || unit === 0x2d || unit === 0x2e;
const isLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;

/** Relative namespace URIs of a node-set. */
export interface RelativeNamespaces {
  /** Each once, in document order. */
  readonly uris: readonly string[];
  /** One of them is declared in the node-set, and not only around it: there readers differ. */
  readonly within: boolean;
}

/** The relative namespace URIs in scope of or declared in the node-set. */
export function relativeNamespaces(set: NodeSet): RelativeNamespaces {
  const { document } = set;
  const relative = relativeUris(document);
  if (relative === null) return { uris: [], within: false };
  let within = false;
  const start = set.type === 'selected' ? 0 : set.apex;
  const found = new Set<string>();
  const visit = (element: number) => {
    const first = document.firstAttribute[element]!;
    for (let a = first; a < first + document.attributeCount[element]!; a++) {
      const uri = document.declaredUri[a]!;
      if (uri <= 0 || relative[uri] !== true) continue;
      found.add(document.uris[uri]!);
      within ||= element >= start;
    }
  };
  if (set.type === 'selected') {
    for (let node = 1; node < document.nodeCount; node++) if (document.kind[node] === NodeKind.element) visit(node);
    return { uris: [...found], within };
  }
  for (const ancestor of elementsAbove(document, set.apex)) visit(ancestor);
  let excluded = 0;
  for (let node = set.apex; node < document.next[set.apex]!; node++) {
    while (excluded < set.excluded.length && set.excluded[excluded]! < node) excluded++;
    if (set.excluded[excluded] === node) node = document.next[node]! - 1;
    else if (document.kind[node] === NodeKind.element) visit(node);
  }
  return { uris: [...found], within };
}

const known = new WeakMap<XmlDocument, readonly boolean[] | null>();

/**
 * By URI id, whether it is relative; null where none is, which is most documents: looking at each distinct URI first
 * saves looking at each declaration, and doing it once a document keeps many references to many namespaces linear.
 */
function relativeUris(document: XmlDocument): readonly boolean[] | null {
  const made = known.get(document);
  if (made !== undefined) return made;
  const found = document.uris.some(isRelative) ? document.uris.map(isRelative) : null;
  known.set(document, found);
  return found;
}

function isRelative(uri: string): boolean {
  if (uri === '') return false;
  let at = 0;
  while (at < uri.length && (isLetter(uri.charCodeAt(at)) || (at > 0 && isSchemeCharacter(uri.charCodeAt(at))))) at++;
  return at === 0 || uri.charCodeAt(at) !== COLON;
}

/** Outermost first. */
function elementsAbove(document: XmlDocument, node: number): number[] {
  const above: number[] = [];
  for (let at = document.parent[node]!; at > 0 && at !== NO_NODE; at = document.parent[at]!) above.push(at);
  return above.reverse();
}
