/**
 * The structure of the message with its encrypted parts opened in their places, every node with its place in the
 * message as it arrived.
 */
import { Budget, BudgetExceeded } from '../../engine/bytes/budget.ts';
import { OriginIndex } from '../../engine/bytes/origin-index.ts';
import type { KeptOctets } from '../../engine/trace/recorder.ts';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import type { EncryptedReport, Trace } from '../../engine/trace/trace.ts';
import { parseXml } from '../../engine/xml/parse.ts';
import { outlineOf } from './outline.ts';
import type { Outline, OutlineNode } from '../page/protocol.ts';

/** Null where nothing was decrypted, or what came out cannot be read. */
export function decryptedOutline(trace: Trace, kept: ReadonlyMap<string, KeptOctets>): Outline | null {
  const opened = trace.encrypted.filter((part) => part.result === 'pass' && part.target.space === INPUT_SPACE);
  const space = trace.spaces.find(
    (candidate) => candidate.kind === 'decoded' && candidate.label === 'decrypted message',
  );
  const octets = space && kept.get(space.id)?.octets;
  const origin = space && kept.get(space.id)?.origin?.();
  if (opened.length === 0 || !octets || !origin) return null;
  const parts = new Map<string, EncryptedReport>(
    opened.map((part) => [`${part.target.start}:${part.target.end}`, part]),
  );
  try {
    const made = outlineOf(parseXml(octets, { budget: new Budget(), externalEncoding: 'UTF-8' }).document);
    const index = new OriginIndex(origin.segments);
    return { space: INPUT_SPACE, cut: made.cut, nodes: made.nodes.map((node) => placed(node, index, parts)) };
  } catch (error) {
    if (error instanceof BudgetExceeded) return null;
    throw error;
  }
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
