/** The width of an element's box, followed as it changes: for what a style sheet cannot decide. */
import { useCallback, useState, type RefCallback } from 'react';

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
