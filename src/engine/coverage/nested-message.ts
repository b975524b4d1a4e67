/** A secured envelope inside another document: a log record, a Body, another envelope, any root at all. */
import type { FindingDraft } from '../trace/recorder.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { SOAP11, SOAP12, WSSE } from '../xml/namespaces.ts';
import { childElementsNamed, elementPath, isElement, nodeRange } from '../xml/navigate.ts';

/** What to say of the envelopes below the root that have a Security header; null where there is none. */
export function nestedMessage(document: XmlDocument): FindingDraft | null {
  const soap = [SOAP11, SOAP12].filter((uri) => document.uris.includes(uri));
  if (soap.length === 0 || !document.uris.includes(WSSE)) return null;
  const found: NodeIndex[] = [];
  for (let node = document.root + 1; node > 0 && node < document.nodeCount; node++) {
    if (document.kind[node] !== NodeKind.element) continue;
    if (soap.some((uri) => isElement(document, node, uri, 'Envelope') && hasSecurity(document, node, uri))) {
      found.push(node);
    }
  }
  const [first] = found;
  if (first === undefined) return null;
  return {
    code: 'message-nested',
    severity: 'error',
    ranges: [nodeRange(document, first)],
    data: {
      path: elementPath(document, first),
      root: elementPath(document, document.root),
      count: found.length,
    },
  };
}

function hasSecurity(document: XmlDocument, envelope: NodeIndex, soap: string): boolean {
  return childElementsNamed(document, envelope, soap, 'Header').some(
    (header) => childElementsNamed(document, header, WSSE, 'Security').length > 0,
  );
}
