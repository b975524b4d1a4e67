/**
 * The structure of the message with its encrypted parts opened in their places, every node with its place in the
 * message as it arrived.
 */
import { OriginIndex } from '../../engine/bytes/origin-index.ts';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import { documentsOf, type Judged } from '../../engine/index.ts';
import type { EncryptedReport } from '../../engine/trace/trace.ts';
import type { Outline, OutlineNode } from '../page/protocol.ts';
import { outlineOf } from './outline.ts';

/** Null where nothing was decrypted, or what came out cannot be read. */
export function decryptedOutline(judged: Judged): Outline | null {
  const { trace, octets: kept } = judged;
  const final = documentsOf(judged)?.final;
  const opened = trace.encrypted.filter((part) => part.result === 'pass' && part.target.space === INPUT_SPACE);
  const space = trace.spaces.find(({ kind, id }) => kind === 'decoded' && kept.get(id)?.octets === final?.octets);
  const origin = space && kept.get(space.id)?.origin?.();
  if (opened.length === 0 || !space || !final || !origin) return null;
  const parts = new Map(opened.map((part) => [`${part.target.start}:${part.target.end}`, part]));
  // Places in its own octets: they are led back to the message one by one.
  const made = outlineOf({ ...final, range: (start, end) => ({ space: space.id, start, end }) });
  const index = new OriginIndex(origin.segments);
  return { space: INPUT_SPACE, cut: made.cut, nodes: made.nodes.map((node) => placed(node, index, parts)) };
}

function placed(node: OutlineNode, origin: OriginIndex, parts: ReadonlyMap<string, EncryptedReport>): OutlineNode {
  const begin = origin.segmentAt(node.start);
  const part = begin && parts.get(`${begin.sourceStart}:${begin.sourceEnd}`);
  if (begin && part) {
    const { sourceStart: start, sourceEnd: end } = begin;
    return { ...node, start, end, contentStart: start, contentEnd: end, decrypted: { step: part.step, id: part.id } };
  }
  const { start, end } = origin.sourceOf(node.start, node.end);
  return {
    ...node,
    start,
    end,
    contentStart: origin.sourceOf(node.start, node.contentStart).end,
    contentEnd: origin.sourceOf(node.contentEnd, node.end).start,
  };
}
