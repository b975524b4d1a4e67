/** Looking up in what is sorted: one bisection for every list of offsets, segments or nodes. */

/**
 * The first index in `[low, high)` for which `holds` is true; `high` where there is none. `holds` must be false up to
 * some index and true from there on.
 */
export function firstIndex(low: number, high: number, holds: (index: number) => boolean): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Index of the last of the first `size` values that is not above `target`; 0 where all are above it.
 * @param values ascending
 */
export function lastNotAbove(values: ArrayLike<number>, target: number, size = values.length): number {
  let low = 0;
  let high = size - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (values[middle]! <= target) low = middle;
    else high = middle - 1;
  }
  return low;
}
