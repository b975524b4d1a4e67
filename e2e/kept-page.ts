/**
 * One page a worker, given to each test as new: a page opened for every test parses, compiles and starts everything
 * again, three times the work of a navigation.
 */
import { expect, type Browser, type Page, type ViewportSize } from '@playwright/test';

/** A document of the same origin without a script: the process stays, and with it what it has compiled. */
const SCRIPTLESS = '/icon.svg';

/** What tests listen to. */
const EVENTS = ['console', 'crash', 'pageerror', 'request', 'requestfailed', 'response', 'worker'] as const;

/** A page in a context of its own, whose console names violations of the policy. */
export async function newPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) =>
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  return page;
}

/** The page that a worker's tests share. What could not be taken back is refused. */
export async function keptPage(browser: Browser): Promise<Page> {
  const page = await newPage(browser);
  page.addInitScript = () => Promise.reject(new Error('the next test would have it too: test.use({ fresh: true })'));
  return page;
}

/** Ends the document that the last test left and takes back what it asked of the browser. */
export async function asNew(page: Page, viewport: ViewportSize): Promise<void> {
  const context = page.context();
  for (const event of EVENTS) page.removeAllListeners(event);
  for (const other of context.pages()) if (other !== page) await other.close();
  await page.unrouteAll({ behavior: 'wait' });
  await context.setOffline(false);
  await page.goto(SCRIPTLESS);
  await page.mouse.move(0, 0);
  await context.clearPermissions();
  await context.clearCookies();
  await page.emulateMedia({ colorScheme: null, contrast: null, forcedColors: null, media: null, reducedMotion: null });
  await page.setViewportSize(viewport);
  const left = await page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    const permission = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return {
      stored: localStorage.length + sessionStorage.length + (await indexedDB.databases()).length,
      caches: await caches.keys(),
      cookies: document.cookie,
      name: window.name,
      online: navigator.onLine,
      clipboard: permission.state,
      size: { width: innerWidth, height: innerHeight },
    };
  });
  expect({ ...left, workers: page.workers().length }).toEqual({
    stored: 0,
    caches: [],
    cookies: '',
    name: '',
    online: true,
    clipboard: 'prompt',
    size: viewport,
    workers: 0,
  });
}
