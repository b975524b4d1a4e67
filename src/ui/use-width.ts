/** The width of an element's box, followed as it changes: for what a style sheet cannot decide. */
import { useCallback, useState, type RefCallback } from 'react';

/** A ref for an element, and its width in pixels; 0 before it was measured. */
export function useWidth<E extends HTMLElement>(): readonly [RefCallback<E>, number] {
  const [width, setWidth] = useState(0);
  const follow = useCallback((element: E | null) => {
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [follow, width];
}
