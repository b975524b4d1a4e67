/**
 * What a signer hashed who signed an MTOM message without its parts in place, or with their base64 in lines (XOP 1.0
 * §3.1; docs/faults.md: `mtom-signed-before-after`).
 */
import { XOP } from '../../xml/namespaces.ts';
import type { Attachments } from '../../attachments/attachment.ts';
import type { XopInclude } from '../../attachments/xop-include.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { Budget } from '../../bytes/budget.ts';
import { NodeKind, NO_NODE, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import { isElement } from '../../xml/navigate.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';

/** The message with and without the parts in the place of their xop:Include. */
export interface IncludedParts {
  readonly document: XmlDocument;
  readonly literal: XmlDocument;
  readonly includes: readonly XopInclude[];
  readonly attachments: Attachments;
  /** The document with the base64 in lines of that many characters, or null. */
  inLines(columns: number): XmlDocument | null;
}

/**
 * The same nodes with xop:Include as it stands, then with base64 in lines. Empty where the message is not the one
 * with its parts in place.
 */
export function* includeHypotheses(subject: TextSubject, parts: IncludedParts, budget: Budget): Generator<Candidate> {
  const { set, method } = subject;
  if (set === null || method === null || set.type !== 'subtree' || set.document !== parts.document) return;
  const other = (document: XmlDocument | null): Uint8Array | null => {
    const apex = document === null ? NO_NODE : sameElement(set.document, set.apex, document);
    if (document === null || apex === NO_NODE) return null;
    const excluded = set.excluded
      .map((node) => sameElement(set.document, node, document))
      .filter((node) => node !== NO_NODE);
    return canonicalize({ ...set, document, apex, excluded }, method, budget).octets;
  };
  const code = 'mtom-signed-before-after';
  const literal = other(parts.literal);
  if (literal !== null) {
    yield {
      code,
      party: 'signer',
      how: 'include-literal',
      also: ['XSW-15'],
      data: { form: 'literal' },
      octets: () => literal,
    };
  }
  for (const columns of [76, 64]) {
    const inLines = other(parts.inLines(columns));
    if (inLines !== null) {
      yield { code, party: 'signer', how: 'base64-lines', data: { form: 'lines', columns }, octets: () => inLines };
    }
  }
}

/** The element with the same number among those that are no xop:Include; the document for the document. */
function sameElement(from: XmlDocument, node: NodeIndex, to: XmlDocument): NodeIndex {
  if (node === 0) return 0;
  let left = 0;
  for (let at = 1; at <= node; at++) if (counts(from, at)) left++;
  for (let at = 1; at < to.nodeCount; at++) {
    if (counts(to, at)) left--;
    if (left === 0) return at;
  }
  return NO_NODE;
}

function counts(document: XmlDocument, node: NodeIndex): boolean {
  return document.kind[node] === NodeKind.element && !isElement(document, node, XOP, 'Include');
}
