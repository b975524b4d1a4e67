/**
 * xop:Include elements with the base64 of their parts in place: the infoset that MTOM stands for (XOP 1.0 §3.2, §4.2).
 */
import { XOP } from '../xml/namespaces.ts';
import { encodeBase64 } from '../bytes/base64.ts';
import type { Budget } from '../bytes/budget.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { Splice } from '../splice/octet-splice.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, childNodes, isElement, textOctets } from '../xml/navigate.ts';
import { nodeSpan } from '../xml/node-spans.ts';
import { attachmentOf, type Attachments } from './attachment.ts';

/** An element that stands for a part (XOP 1.0 §2.1). */
export interface XopInclude {
  readonly node: NodeIndex;
  /** The href attribute; empty where it is missing. */
  readonly uri: string;
  /** The part's name, or null where no part has that content id. */
  readonly attachment: string | null;
  /** What makes receivers read it differently, or null. */
  readonly problem: XopProblem | null;
}

/**
 * An href that is no `cid:` URI (a receiver may fetch it), content beside the Include, elements inside it (XOP 1.0
 * §2.1, §4.1): one receiver puts the part there, another refuses or reads what stands.
 */
export type XopProblem = 'scheme' | 'beside-content' | 'children';

/** Every xop:Include of the document, in document order. */
export function findIncludes(document: XmlDocument, attachments: Attachments): readonly XopInclude[] {
  if (!document.uris.includes(XOP)) return [];
  const found: XopInclude[] = [];
  const alone = new Map<NodeIndex, boolean>();
  for (let node = 1; node < document.nodeCount; node++) {
    if (document.kind[node] !== NodeKind.element || !isElement(document, node, XOP, 'Include')) continue;
    const uri = attributeValue(document, node, '', 'href') ?? '';
    const problem = problemOf(document, node, uri, alone);
    const named = problem === 'scheme' ? null : attachmentOf(uri, attachments);
    found.push({ node, uri, attachment: named?.name ?? null, problem });
    // One inside another goes with it.
    node = (document.next[node] ?? node + 1) - 1;
  }
  return found;
}

function problemOf(
  document: XmlDocument,
  node: NodeIndex,
  uri: string,
  alone: Map<NodeIndex, boolean>,
): XopProblem | null {
  if (!/^cid:/i.test(uri)) return 'scheme';
  if (!holdsAtMost(document, node, 0)) return 'children';
  const parent = document.parent[node] ?? 0;
  // Asked once a parent, however many it has.
  const known = alone.get(parent) ?? holdsAtMost(document, parent, 1);
  alone.set(parent, known);
  return known ? null : 'beside-content';
}

/** No text but white space, and so many elements at most. */
function holdsAtMost(document: XmlDocument, parent: NodeIndex, elements: number): boolean {
  let found = 0;
  for (const child of childNodes(document, parent)) {
    const kind = document.kind[child];
    if (kind === NodeKind.element && ++found > elements) return false;
    const isText = kind === NodeKind.text || kind === NodeKind.cdata;
    if (isText && !textOctets(document, child).every(isWhiteSpace)) return false;
  }
  return true;
}

const isWhiteSpace = (octet: number): boolean => octet === 0x20 || octet === 0x09 || octet === 0x0a || octet === 0x0d;

/**
 * The base64 of their parts in the place of `includes`, in document order; those without a part stay. Spends
 * `derivedOctets`, checks `inputOctets`.
 * @param columns characters a line of base64 has, each line ended with LF; 0 for one line, which is the canonical form
 * (XOP §3.1)
 */
export function includeSplices(
  document: XmlDocument,
  includes: readonly XopInclude[],
  attachments: Attachments,
  budget: Budget,
  columns = 0,
): readonly Splice[] {
  const splices: Splice[] = [];
  let size = 0;
  let from = 0;
  for (const { node, attachment } of includes) {
    const part = attachment === null ? undefined : attachments.get(attachment);
    if (part === undefined) continue;
    const { start, end } = nodeSpan(document, node);
    const characters = Math.ceil(part.octets.length / 3) * 4;
    size += start - from;
    from = end;
    // One part may be named a thousand times: what comes out is bounded like what comes in.
    budget.check('inputOctets', size + characters, start);
    budget.spend('derivedOctets', characters, start);
    const text = encodeBase64(part.octets);
    const lines = columns === 0 ? text : text.replaceAll(new RegExp(`.{${columns}}(?!$)`, 'g'), '$&\n');
    const octets = encodeUtf8(lines);
    size += octets.length;
    splices.push({ start, end, octets });
  }
  return splices;
}
