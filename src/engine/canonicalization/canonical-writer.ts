/**
 * Writes derived octets into one growing buffer. Slices of the source are held back and joined while they are adjacent,
 * so that what is canonical already leaves as few block copies (docs/design.md, "The octets that arrived are the
 * truth").
 */
import type { Budget } from '../bytes/budget.ts';
import type { OriginKind } from '../bytes/origin-map.ts';
import type { OriginRecorder } from './origin-recorder.ts';

/** Below this many octets a loop is faster than `Uint8Array.set`. */
const SHORT_SLICE = 48;

/** One run over one source. */
export class CanonicalWriter {
  readonly source: Uint8Array;
  readonly #budget: Budget;
  /** Octets that the run may still derive; checked when the buffer grows, before memory is taken. */
  readonly #allowance: number;
  readonly #origin: OriginRecorder | null;
  #out: Uint8Array;
  #length = 0;
  #sliceStart = 0;
  #sliceEnd = 0;

  /** @param expected octets that will probably be written */
  constructor(source: Uint8Array, expected: number, budget: Budget, origin: OriginRecorder | null) {
    this.source = source;
    this.#budget = budget;
    this.#allowance = budget.limits.derivedOctets - budget.spent('derivedOctets');
    this.#origin = origin;
    this.#out = new Uint8Array(Math.max(256, Math.min(expected, this.#allowance)));
  }

  /** Copies `source[start, end)`. */
  copy(start: number, end: number): void {
    if (start === this.#sliceEnd) {
      this.#sliceEnd = end;
      return;
    }
    this.#flush();
    this.#sliceStart = start;
    this.#sliceEnd = end;
  }

  /** Writes one octet that stands for `source[from, to)`. */
  octet(value: number, from: number, to: number, kind: OriginKind): void {
    this.#flush();
    if (this.#length === this.#out.length) this.#grow(1);
    this.#out[this.#length++] = value;
    if (this.#origin !== null) this.#origin.note(this.#length, from, to, kind);
  }

  /** Writes octets that stand for `source[from, to)`. */
  literal(octets: Uint8Array, from: number, to: number, kind: OriginKind): void {
    this.#flush();
    this.#put(octets, 0, octets.length);
    if (this.#origin !== null) this.#origin.note(this.#length, from, to, kind);
  }

  /**
   * Writes `source[start, end)` again as something that stands for `source[from, to)`: a name in an expanded end tag.
   */
  repeat(start: number, end: number, from: number, to: number, kind: OriginKind): void {
    this.#flush();
    this.#put(this.source, start, end);
    if (this.#origin !== null) this.#origin.note(this.#length, from, to, kind);
  }

  /**
   * From here to {@link resume}, whatever is written counts as added at `place` (inherited declarations and
   * attributes).
   */
  addingAt(place: number): void {
    if (this.#origin === null) return;
    this.#flush();
    this.#origin.addingAt = place;
  }

  resume(): void {
    if (this.#origin === null) return;
    this.#flush();
    this.#origin.addingAt = -1;
  }

  /** The octets written; spends them from the budget. Called once. */
  finish(): Uint8Array {
    this.#flush();
    this.#budget.spend('derivedOctets', this.#length);
    return this.#out.subarray(0, this.#length);
  }

  #flush(): void {
    const start = this.#sliceStart;
    const end = this.#sliceEnd;
    if (start === end) return;
    this.#put(this.source, start, end);
    // An empty slice at a place no copy starts from, so that the next copy opens a slice of its own.
    this.#sliceStart = -1;
    this.#sliceEnd = -1;
    if (this.#origin !== null) this.#origin.note(this.#length, start, end, 'copied');
  }

  #put(from: Uint8Array, start: number, end: number): void {
    const size = end - start;
    if (this.#length + size > this.#out.length) this.#grow(size);
    const out = this.#out;
    let at = this.#length;
    if (size < SHORT_SLICE) for (let i = start; i < end; i++) out[at++] = from[i]!;
    else {
      out.set(from.subarray(start, end), at);
      at += size;
    }
    this.#length = at;
  }

  #grow(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#allowance) this.#budget.spend('derivedOctets', needed);
    const larger = new Uint8Array(Math.max(needed, Math.min(Math.ceil(this.#out.length * 1.5), this.#allowance)));
    larger.set(this.#out.subarray(0, this.#length));
    this.#out = larger;
  }
}
