/** Where the octets of a derived space came from. Segments are sorted, adjacent and total on the derived side. */
import type { SpaceId } from './source-range.ts';

/**
 * - `copied`: the same octets; both lengths are equal.
 * - `rewritten`: the same information in other octets (quoting, character reference, line end, expanded empty tag).
 * - `added`: no octets of the source stand for it (a namespace declaration, a synthesised element).
 * - `removed`: source octets that left no trace here; its derived range is empty.
 */
export type OriginKind = 'copied' | 'rewritten' | 'added' | 'removed';

/** One segment. For `added`, `sourceStart === sourceEnd` is the place it belongs to. */
export interface OriginSegment {
  readonly start: number;
  readonly end: number;
  readonly sourceStart: number;
  readonly sourceEnd: number;
  readonly kind: OriginKind;
}

/** The origin of every octet of one derived space in one parent space. */
export interface OriginMap {
  readonly source: SpaceId;
  readonly segments: readonly OriginSegment[];
}

/** A half-open range of octets whose space is known from the context. */
export interface OctetSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Writes a map in derived order. Each call says where the next octets came from, so that nothing overlaps and nothing
 * is left out; neighbours that continue each other become one segment, and what is empty on both sides none.
 */
export class OriginBuilder {
  readonly #segments: OriginSegment[] = [];
  #end: number;

  /** @param start the derived offset of the first octet */
  constructor(start = 0) {
    this.#end = start;
  }

  /** The derived offset of what comes next. */
  get end(): number {
    return this.#end;
  }

  get segments(): readonly OriginSegment[] {
    return this.#segments;
  }

  /** The next `sourceEnd - sourceStart` octets are those of the source. */
  copy(sourceStart: number, sourceEnd: number): void {
    this.#append('copied', sourceEnd - sourceStart, sourceStart, sourceEnd);
  }

  /** The next `length` octets say what those of the source said; for none of them, these are removed. */
  rewrite(length: number, sourceStart: number, sourceEnd: number): void {
    this.#append(length === 0 ? 'removed' : 'rewritten', length, sourceStart, sourceEnd);
  }

  /** The next `length` octets stand at the place `at` of the source and for nothing there. */
  add(length: number, at: number): void {
    this.#append('added', length, at, at);
  }

  /** Nothing stands for these octets of the source. */
  remove(sourceStart: number, sourceEnd: number): void {
    this.#append('removed', 0, sourceStart, sourceEnd);
  }

  #append(kind: OriginKind, length: number, sourceStart: number, sourceEnd: number): void {
    if (length === 0 && sourceStart === sourceEnd) return;
    const start = this.#end;
    this.#end += length;
    const last = this.#segments.at(-1);
    if (last !== undefined && continues(last, kind, sourceStart, sourceEnd)) {
      this.#segments[this.#segments.length - 1] = {
        ...last,
        end: this.#end,
        sourceStart: Math.min(last.sourceStart, sourceStart),
        sourceEnd: Math.max(last.sourceEnd, sourceEnd),
      };
    } else {
      this.#segments.push({ start, end: this.#end, sourceStart, sourceEnd, kind });
    }
  }
}

/**
 * Whether one segment covers both. What was removed may be covered twice; a rewritten piece has come from the whole of
 * its source, so that two of them are never one.
 */
function continues(last: OriginSegment, kind: OriginKind, sourceStart: number, sourceEnd: number): boolean {
  if (last.kind !== kind || kind === 'rewritten') return false;
  if (kind === 'removed') return sourceStart <= last.sourceEnd && last.sourceStart <= sourceEnd;
  return last.sourceEnd === sourceStart;
}

/** The segments of `length` octets that are those of the source from `sourceStart` on. */
export function copiedOrigin(length: number, sourceStart = 0): readonly OriginSegment[] {
  return length === 0 ? [] : [{ start: 0, end: length, sourceStart, sourceEnd: sourceStart + length, kind: 'copied' }];
}
