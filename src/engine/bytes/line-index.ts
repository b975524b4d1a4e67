/** Lines and columns of offsets in UTF-8 octets, and the way between octets and UTF-16 units that editors count in. */

import { lastNotAbove } from './sorted.ts';

/** All three count from 1. A line ends with LF, CR LF or CR. */
export interface LineColumn {
  readonly line: number;
  /** In UTF-16 units, as editors and JavaScript strings count. */
  readonly column: number;
  readonly octetColumn: number;
}

/** UTF-16 units are counted once for every so many octets, so that one long line costs no more than many short ones. */
const CHECKPOINT = 4096;
const LF = 0x0a;
const CR = 0x0d;

/**
 * An index over one octet array; building is one pass, a look-up is a binary search and at most {@link CHECKPOINT}
 * octets.
 */
export class LineIndex {
  readonly #octets: Uint8Array;
  readonly #lineStarts: number[] = [0];
  /** Units before octet `i * CHECKPOINT`. */
  readonly #units: number[] = [];
  readonly #totalUnits: number;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
    let units = 0;
    for (let i = 0; i < octets.length; i++) {
      if (i % CHECKPOINT === 0) this.#units.push(units);
      const octet = octets[i]!;
      units += unitsOf(octet);
      if (octet === LF || (octet === CR && octets[i + 1] !== LF)) this.#lineStarts.push(i + 1);
    }
    this.#totalUnits = units;
  }

  get lineCount(): number {
    return this.#lineStarts.length;
  }

  /** Octet offset of the first octet of `line`, counted from 1. */
  lineStart(line: number): number {
    return this.#lineStarts[line - 1] ?? this.#octets.length;
  }

  position(offset: number): LineColumn {
    const at = Math.max(0, Math.min(offset, this.#octets.length));
    const line = lastNotAbove(this.#lineStarts, at);
    const start = this.#lineStarts[line]!;
    return { line: line + 1, column: this.utf16Offset(at) - this.utf16Offset(start) + 1, octetColumn: at - start + 1 };
  }

  /** UTF-16 units before the octet offset; a BOM counts as one. */
  utf16Offset(offset: number): number {
    const at = Math.min(offset, this.#octets.length);
    const checkpoint = Math.min(Math.floor(at / CHECKPOINT), this.#units.length - 1);
    if (checkpoint < 0) return 0;
    let units = this.#units[checkpoint]!;
    for (let i = checkpoint * CHECKPOINT; i < at; i++) units += unitsOf(this.#octets[i]!);
    return units;
  }

  /** Octet offset of the character that holds the UTF-16 unit at `unitOffset`; the length past the end. */
  octetOffset(unitOffset: number): number {
    if (unitOffset >= this.#totalUnits) return this.#octets.length;
    const checkpoint = lastNotAbove(this.#units, unitOffset);
    let units = this.#units[checkpoint]!;
    let i = checkpoint * CHECKPOINT;
    // A checkpoint may stand inside a character, whose units were counted at its first octet.
    while (i < this.#octets.length && (units < unitOffset || unitsOf(this.#octets[i]!) === 0)) {
      const next = units + unitsOf(this.#octets[i]!);
      if (next > unitOffset) break;
      units = next;
      i++;
    }
    return i;
  }
}

/** Units that the character beginning with `octet` has in UTF-16; 0 for a continuation octet. */
function unitsOf(octet: number): number {
  return (octet & 0xc0) === 0x80 ? 0 : octet >= 0xf0 ? 2 : 1;
}
