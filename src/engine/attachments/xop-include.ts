/**
 * xop:Include elements with the base64 of their parts in place: the infoset that MTOM stands for (XOP 1.0 §3.2, §4.2).
 */
import { XOP } from '../xml/namespaces.ts';
import { encodeBase64 } from '../bytes/base64.ts';
import type { Budget } from '../bytes/budget.ts';
import { joinOctets } from '../bytes/octets.ts';
import type { OriginSegment } from '../bytes/origin-map.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, isElement } from '../xml/navigate.ts';
import { attachmentOf, type Attachments } from './attachment.ts';

export interface XopInclude {
  readonly node: NodeIndex;
  /** The href attribute; empty where it is missing. */
  readonly uri: string;
  /** The part's name, or null where no part has that content id. */
  readonly attachment: string | null;
}

/** Every xop:Include of the document, in document order. */
export function findIncludes(document: XmlDocument, attachments: Attachments): readonly XopInclude[] {
  if (!document.uris.includes(XOP)) return [];
  const found: XopInclude[] = [];
  for (let node = 1; node < document.nodeCount; node++) {
    if (document.kind[node] !== NodeKind.element || !isElement(document, node, XOP, 'Include')) continue;
    const uri = attributeValue(document, node, '', 'href') ?? '';
    found.push({ node, uri, attachment: attachmentOf(uri, attachments)?.name ?? null });
  }
  return found;
}

export interface ExpandedIncludes {
  readonly octets: Uint8Array;
  /** Expanded octets to the document's octets: an Include is rewritten as its base64. */
  readonly segments: readonly OriginSegment[];
}

/**
 * The document's octets with base64 where `includes` stand. Spends `derivedOctets`, checks `inputOctets`.
 * @param columns characters a line of base64 has, each line ended with LF; 0 for one line, which is the canonical form
 * (XOP §3.1)
 */
export function expandIncludes(
  document: XmlDocument,
  includes: readonly XopInclude[],
  attachments: Attachments,
  budget: Budget,
  columns = 0,
): ExpandedIncludes {
  const pieces: Uint8Array[] = [];
  const segments: OriginSegment[] = [];
  let from = 0;
  let written = 0;
  const add = (octets: Uint8Array, sourceStart: number, sourceEnd: number, kind: 'copied' | 'rewritten') => {
    if (octets.length === 0 && kind === 'copied') return;
    pieces.push(octets);
    segments.push({ start: written, end: written + octets.length, sourceStart, sourceEnd, kind });
    written += octets.length;
  };
  for (const { node, attachment } of includes) {
    const part = attachment === null ? undefined : attachments.get(attachment);
    if (part === undefined) continue;
    const start = document.start[node]!;
    add(document.octets.subarray(from, start), from, start, 'copied');
    from = document.end[node]!;
    // One part may be named a thousand times: what comes out is bounded like what comes in.
    budget.check('inputOctets', written + Math.ceil(part.octets.length / 3) * 4, start);
    budget.spend('derivedOctets', Math.ceil(part.octets.length / 3) * 4, start);
    const text = encodeBase64(part.octets);
    add(
      encodeUtf8(columns === 0 ? text : text.replaceAll(new RegExp(`.{${columns}}(?!$)`, 'g'), '$&\n')),
      start,
      from,
      'rewritten',
    );
  }
  add(document.octets.subarray(from), from, document.octets.length, 'copied');
  return { octets: joinOctets(pieces), segments };
}
