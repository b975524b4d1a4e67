/**
 * The structure of the message with its encrypted parts opened in their places, every node with its place in the
 * message as it arrived.
 */
import { Budget, BudgetExceeded } from '../../engine/bytes/budget.ts';
import type { OriginSegment } from '../../engine/bytes/origin-map.ts';
import type { KeptOctets } from '../../engine/trace/recorder.ts';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import type { EncryptedReport, Trace } from '../../engine/trace/trace.ts';
import { parseXml } from '../../engine/xml/parse.ts';
import { outlineOf } from './outline.ts';
import type { Outline, OutlineNode } from '../page/protocol.ts';

/** The segment that holds `offset`; segments are sorted and leave no gap. */
function segmentAt(segments: readonly OriginSegment[], offset: number): OriginSegment | undefined {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return segments[low];
}

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
    return { space: INPUT_SPACE, cut: made.cut, nodes: made.nodes.map((node) => placed(node, origin.segments, parts)) };
  } catch (error) {
    if (error instanceof BudgetExceeded) return null;
    throw error;
  }
}

function placed(
  node: OutlineNode,
  segments: readonly OriginSegment[],
  parts: ReadonlyMap<string, EncryptedReport>,
): OutlineNode {
  const begin = segmentAt(segments, node.start);
  const part = begin && parts.get(`${begin.sourceStart}:${begin.sourceEnd}`);
  if (begin && part) {
    const { sourceStart: start, sourceEnd: end } = begin;
    return { ...node, start, end, contentStart: start, contentEnd: end, decrypted: { step: part.step, id: part.id } };
  }
  const at = (offset: number): number => {
    const segment = segmentAt(segments, offset);
    if (!segment) return offset;
    return segment.kind === 'copied' ? segment.sourceStart + offset - segment.start : segment.sourceStart;
  };
  /** The place of a half-open end: one past that of the octet before it. */
  const until = (offset: number): number => {
    const segment = segmentAt(segments, offset - 1);
    if (!segment) return offset;
    return segment.kind === 'copied' ? segment.sourceStart + offset - segment.start : segment.sourceEnd;
  };
  return {
    ...node,
    start: at(node.start),
    end: until(node.end),
    contentStart: until(node.contentStart),
    contentEnd: at(node.contentEnd),
  };
}
