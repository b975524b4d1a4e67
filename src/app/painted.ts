/** Resolves in a task of its own, after whatever waits for the thread by then. */
export function turnGiven(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** Resolves when what was put on the page just now has been painted; soon, where the browser paints nothing. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) {
      resolve();
      return;
    }
    const timer = setTimeout(resolve, 100);
    // A frame's callbacks run before its paint: the next task runs after it.
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(timer);
        resolve();
      }),
    );
  });
}
