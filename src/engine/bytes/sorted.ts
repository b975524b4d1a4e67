/** Looking up in ascending lists of offsets. */

/** Index of the last value that is not above `target`, in an ascending list whose first value is not above it. */
export function lastNotAbove(values: readonly number[], target: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (values[middle]! <= target) low = middle;
    else high = middle - 1;
  }
  return low;
}
