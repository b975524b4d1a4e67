/**
 * Keeps the keyboard on the page: what opened a popup gets the focus back when the popup's end leaves it nowhere (WCAG
 * 2.2, 2.4.3).
 */

/** What opened the last menu or form, until the focus goes elsewhere on the page. */
let opener: HTMLElement | null = null;

function forgetElsewhere({ target }: FocusEvent): void {
  if (target === opener || (target instanceof Element && target.closest('[role="menu"], [role="dialog"]') !== null)) {
    return;
  }
  opener = null;
  removeEventListener('focusin', forgetElsewhere);
}

/** Notes what the focus has to come back to. */
export function rememberOpener(element: HTMLElement): void {
  opener = element;
  addEventListener('focusin', forgetElsewhere);
}

/**
 * Called when a popup ends. A popup that ends while it takes the focus, or whose opener was an item of a menu that is
 * gone, leaves the focus on the body; two frames later it is clear where it went.
 */
export function returnLostFocus(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body && opener?.isConnected === true) opener.focus();
    }),
  );
}
