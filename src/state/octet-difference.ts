/** Where two octet strings differ: greedy and bounded, good for the few insertions and changes that one stage makes. */

/** Where two octet strings differ: half-open ranges of the one, and what stands there in the other. */
export interface OctetDifference {
  /** Ranges that differ, in the one and in the other; sorted. */
  readonly ranges: readonly {
    readonly start: number;
    readonly end: number;
    readonly otherStart: number;
    readonly otherEnd: number;
  }[];
  /** False where the comparison stopped early and the rest counts as one difference. */
  readonly exact: boolean;
}

/** Looks this far for where two octet strings meet again. */
const REACH = 512;
const ANCHOR = 8;

/** Differences of two octet strings, at most `most`; linear in the size for a given number of differences. */
export function difference(one: Uint8Array, other: Uint8Array, most = 500): OctetDifference {
  const ranges: { start: number; end: number; otherStart: number; otherEnd: number }[] = [];
  let a = 0;
  let b = 0;
  while (a < one.length || b < other.length) {
    if (a < one.length && b < other.length && one[a] === other[b]) {
      a++;
      b++;
      continue;
    }
    if (ranges.length === most) {
      ranges.push({ start: a, end: one.length, otherStart: b, otherEnd: other.length });
      return { ranges, exact: false };
    }
    const [skipA, skipB] = meet(one, a, other, b);
    ranges.push({ start: a, end: a + skipA, otherStart: b, otherEnd: b + skipB });
    a += skipA;
    b += skipB;
  }
  return { ranges, exact: true };
}

/** The smallest skip in both after which {@link ANCHOR} octets (or the rest) agree. */
function meet(one: Uint8Array, a: number, other: Uint8Array, b: number): readonly [number, number] {
  const agree = (i: number, j: number) => {
    const length = Math.min(ANCHOR, one.length - i, other.length - j);
    if (length < ANCHOR && one.length - i !== other.length - j) return false;
    for (let k = 0; k < length; k++) if (one[i + k] !== other[j + k]) return false;
    return true;
  };
  for (let total = 1; total <= REACH; total++) {
    for (let skip = 0; skip <= total; skip++) {
      const i = a + skip;
      const j = b + total - skip;
      if (i <= one.length && j <= other.length && agree(i, j)) return [skip, total - skip];
    }
  }
  return [one.length - a, other.length - b];
}
