/**
 * Collects where derived octets came from and completes it to an `OriginMap` (docs/design.md, "The octets that arrived
 * are the truth").
 */
import type { OriginKind, OriginMap, OriginSegment } from '../bytes/origin-map.ts';
import type { XmlDocument } from '../xml/document.ts';

interface OpenSegment {
  start: number;
  end: number;
  sourceStart: number;
  sourceEnd: number;
  kind: OriginKind;
}

/** Notes for each derived octet where it came from. */
export class OriginRecorder {
  readonly #segments: OpenSegment[] = [];
  /** When not -1, whatever is noted counts as added at this place of the source. */
  addingAt = -1;

  /** Notes that the derived octets since the last note, up to `end`, stand for `[from, to)`. */
  note(end: number, from: number, to: number, kind: OriginKind): void {
    const last = this.#segments.at(-1);
    const start = last === undefined ? 0 : last.end;
    if (start === end) return;
    if (this.addingAt !== -1) {
      from = to = this.addingAt;
      kind = 'added';
    } else if (kind === 'added') to = from;
    if (last !== undefined && last.kind === kind) {
      if (kind === 'copied' ? last.sourceEnd === from : last.sourceStart === from && last.sourceEnd === to) {
        last.end = end;
        last.sourceEnd = to;
        return;
      }
    }
    this.#segments.push({ start, end, sourceStart: from, sourceEnd: to, kind });
  }

  /**
   * The map, total over the derived octets, with a `removed` segment for every stretch of `source[first, last)`
   * that no segment stands for, placed after the segment that precedes it in the source.
   */
  complete(document: XmlDocument, first: number, last: number): OriginMap {
    const bySource = this.#segments.filter(
      (segment) => segment.kind !== 'added' && segment.sourceEnd > first && segment.sourceStart < last,
    );
    bySource.sort((a, b) => a.sourceStart - b.sourceStart || a.sourceEnd - b.sourceEnd);
    const removed: OpenSegment[] = [];
    let covered = first;
    let at = 0;
    for (const segment of bySource) {
      if (segment.sourceStart > covered) {
        removed.push({ start: at, end: at, sourceStart: covered, sourceEnd: segment.sourceStart, kind: 'removed' });
      }
      if (segment.sourceEnd >= covered) {
        covered = segment.sourceEnd;
        at = segment.end;
      }
    }
    if (last > covered) removed.push({ start: at, end: at, sourceStart: covered, sourceEnd: last, kind: 'removed' });
    // Both lists are merged by derived position; a removal stands before what follows at the same place.
    removed.sort((a, b) => a.start - b.start || a.sourceStart - b.sourceStart);
    const segments: OriginSegment[] = [];
    let next = 0;
    for (const segment of this.#segments) {
      while (next < removed.length && removed[next]!.start <= segment.start) {
        segments.push(inDocumentSpace(removed[next++]!, document));
      }
      segments.push(inDocumentSpace(segment, document));
    }
    while (next < removed.length) segments.push(inDocumentSpace(removed[next++]!, document));
    return { source: document.space, segments };
  }
}

/**
 * Translates offsets in the document's octets to its space; a copy whose length changes there is a rewriting (UTF-16
 * input).
 */
function inDocumentSpace(segment: OpenSegment, document: XmlDocument): OriginSegment {
  const range = document.range(segment.sourceStart, segment.sourceEnd);
  if (range.space !== document.space) return { ...segment };
  const sameLength = range.end - range.start === segment.end - segment.start;
  const kind = segment.kind === 'copied' && !sameLength ? 'rewritten' : segment.kind;
  return { start: segment.start, end: segment.end, sourceStart: range.start, sourceEnd: range.end, kind };
}
