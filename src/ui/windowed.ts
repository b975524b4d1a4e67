/** Which rows of a long list of equal height are in sight. */
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Which of many rows are in sight, and how to bring one there. */
export interface Windowed {
  readonly ref: RefObject<HTMLDivElement | null>;
  readonly first: number;
  readonly last: number;
  readonly onScroll: () => void;
  /** Scrolls the row into sight: to the middle, or only as far as it must, unless it was far away. */
  reveal(row: number, where?: 'middle' | 'nearest'): void;
  /** Rows that fit. */
  readonly fit: number;
}

/** Rows of one height in a box that scrolls. */
export function useWindowed(count: number, rowHeight: number, overscan = 8): Windowed {
  const ref = useRef<HTMLDivElement | null>(null);
  const [range, setRange] = useState({ first: 0, last: 60, fit: 20 });
  const measure = useCallback(() => {
    const box = ref.current;
    if (!box) return;
    const fit = Math.max(1, Math.floor(box.clientHeight / rowHeight));
    const first = Math.max(0, Math.floor(box.scrollTop / rowHeight) - overscan);
    const last = Math.min(count, first + fit + 2 * overscan + 1);
    setRange((old) => (old.first === first && old.last === last && old.fit === fit ? old : { first, last, fit }));
  }, [count, rowHeight, overscan]);
  useLayoutEffect(() => {
    measure();
    const box = ref.current;
    if (!box) return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [measure]);
  const reveal = useCallback(
    (row: number, where: 'middle' | 'nearest' = 'middle') => {
      const box = ref.current;
      if (!box) return;
      const top = row * rowHeight;
      const { scrollTop, clientHeight } = box;
      const slack = where === 'nearest' ? rowHeight : 2 * rowHeight;
      if (top >= scrollTop && top <= scrollTop + clientHeight - slack) return;
      const far = top < scrollTop - clientHeight || top > scrollTop + 2 * clientHeight;
      const nearest = top < scrollTop ? top : top + slack - clientHeight;
      box.scrollTop = Math.max(0, where === 'nearest' && !far ? nearest : top - clientHeight / 3);
      measure();
    },
    [rowHeight, measure],
  );
  return {
    ref,
    first: range.first,
    last: Math.min(count, Math.max(range.last, range.first)),
    fit: range.fit,
    onScroll: measure,
    reveal,
  };
}
