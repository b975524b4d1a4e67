/**
 * Finds what a log, or somebody before posting, put in the place of signed content (docs/faults.md:
 * captured-not-wire).
 */
import { isMark } from '../../bytes/log-marks.ts';
import { decodeUtf8 } from '../../bytes/utf8.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import { endOf, kindOf, localName, nextOf, parentOf, startOf } from '../../xml/navigate.ts';

/** Longer nodes are content. */
const LONGEST = 100;
/** Nodes looked at. */
const MOST_NODES = 100_000;

/** A text or comment that is nothing but a mark. */
export interface LogMark {
  readonly node: NodeIndex;
  readonly mark: string;
  /** Local name of the element that holds it. */
  readonly element: string;
}

/** The first mark within a node; null where there is none. */
export function logMark(document: XmlDocument, within: NodeIndex): LogMark | null {
  const end = Math.min(nextOf(document, within), within + MOST_NODES);
  for (let node = within + 1; node < end; node++) {
    const kind = kindOf(document, node);
    if (kind !== NodeKind.text && kind !== NodeKind.comment) continue;
    const [from, to] = [startOf(document, node), endOf(document, node)];
    if (to - from > LONGEST) continue;
    const written = decodeUtf8(document.octets, from, to);
    const mark = kind === NodeKind.comment ? written.replace(/^<!--|-->$/g, '') : written;
    if (isMark(mark)) return { node, mark: mark.trim(), element: localName(document, parentOf(document, node)) };
  }
  return null;
}
