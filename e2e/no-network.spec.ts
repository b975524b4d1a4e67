/**
 * After loading, the page asks the network for nothing; the policy that holds it stands on the document, every script
 * and both workers.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Response } from '@playwright/test';
import { SAMPLES } from '../src/content/samples/entries.ts';
import { responseHeaders } from '../src/cli/response-headers.ts';
import { expect, fixture, SIGNED, test } from './workbench.ts';

test.use({ fresh: true });

/** A host that counts what reaches it: requests that the browser lists but blocks do not. */
async function canary(): Promise<{ readonly url: string; readonly hits: string[]; readonly server: Server }> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    response.writeHead(204, { 'Access-Control-Allow-Origin': '*' }).end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, hits, server };
}

test('once loaded the page works offline: pasting, keys, samples, dialogs, exports; no request leaves it', async ({
  context,
  page,
  workbench,
  watched,
}) => {
  await workbench.open();
  await workbench.editor('decoded');
  await expect.poll(() => page.workers().length).toBeGreaterThanOrEqual(2);
  // The lazy parts come in while the page is idle: views, dialogs and every sample.
  const parts = [
    'keys-view',
    'command-palette',
    'paste-dialog',
    'shortcuts-dialog',
    ...SAMPLES.map((sample) => sample.message),
  ];
  await expect
    .poll(() =>
      page.evaluate((names) => {
        const loaded = performance
          .getEntriesByType('resource')
          .filter((entry) => (entry as PerformanceResourceTiming).responseEnd > 0)
          .map((entry) => entry.name);
        return names.filter((name) => !loaded.some((url) => url.includes(`/assets/${name}-`)));
      }, parts),
    )
    .toEqual([]);
  // Those of the worker, too.
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready);
  // The icon of the tab is asked for by the browser itself, again at each change of the address.
  watched.expected.push(/Failed to load resource: net::ERR_INTERNET_DISCONNECTED/);
  const requests: string[] = [];
  const failed: string[] = [];
  const counts = (url: string) => !/^(blob|data):|\/icon\.svg$/.test(url);
  // Monaco starts its worker anew with each set of editors, and Wipe the engine's: from the browser's cache, or it would
  // fail here.
  page.on('request', (request) => {
    if (counts(request.url()) && !/\/worker\/(?:editor\.)?worker-/.test(request.url())) requests.push(request.url());
  });
  page.on('requestfailed', (request) => {
    if (counts(request.url())) failed.push(request.url());
  });
  await context.setOffline(true);
  await workbench.drop([SIGNED.message, SIGNED.trust, fixture('client.p12')]);
  await workbench.showKeys();
  const store = page.locator('article[data-file="client.p12"]');
  await store.getByLabel(/^Password of/).fill('changeit');
  await page.keyboard.press('Enter');
  await expect(store.getByText('key pair')).toBeVisible();
  await workbench.showWorkbench();
  await workbench.setClock(SIGNED.at);
  await workbench.expectHeadline('valid-untrusted');
  await workbench.chooseSample('Wrapped Body');
  await workbench.expectHeadline('wrapped');
  await workbench.chooseSample('Elliptic curve, key in the message');
  await workbench.expectHeadline('valid');
  await page.keyboard.press('ControlOrMeta+K');
  await expect(page.getByRole('combobox', { name: /^Search commands/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await workbench.export('Printable report');
  await page.getByRole('button', { name: 'Wipe' }).click();
  await expect(workbench.verdict.getByRole('status')).toContainText('No message.');
  expect({ requests, failed }).toEqual({ requests: [], failed: [] });
});

test('the document, every script and both workers come with their policy and all headers', async ({
  page,
  workbench,
}) => {
  const seen: Response[] = [];
  page.on('response', (response) => {
    if (response.status() === 200 && /(\/|\.js)$/.test(new URL(response.url()).pathname)) seen.push(response);
  });
  await workbench.open();
  await workbench.editor('decoded');
  await expect.poll(() => page.workers().length).toBeGreaterThanOrEqual(2);
  // A worker is there before its response is told of.
  await expect
    .poll(() => seen.filter((response) => new URL(response.url()).pathname.startsWith('/worker/')).length)
    .toBeGreaterThanOrEqual(2);
  const responses = new Map(
    await Promise.all(
      seen.map(async (response) => [new URL(response.url()).pathname, await response.allHeaders()] as const),
    ),
  );
  expect([...responses.keys()].filter((path) => path.startsWith('/worker/')).length).toBeGreaterThanOrEqual(2);
  expect(responses.has('/')).toBe(true);
  for (const [path, headers] of responses) {
    const wanted = responseHeaders(path.startsWith('/worker/') ? 'worker' : 'document');
    for (const [name, value] of Object.entries(wanted)) {
      expect(headers[name.toLowerCase()], `${name} of ${path}`).toBe(value);
    }
  }
  for (const kind of ['document', 'worker'] as const) {
    const policy = responseHeaders(kind)['Content-Security-Policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toContain('unsafe-eval');
  }
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});

test('neither the page nor a worker can reach another host', async ({ page, workbench, watched }) => {
  watched.expected.push(/violat|Refused|blocked|Failed to (load|fetch)|Fetch API cannot load/i);
  const { url, hits, server } = await canary();
  await workbench.open();
  await workbench.editor('decoded');
  await expect.poll(() => page.workers().length).toBeGreaterThanOrEqual(2);
  expect(
    await page.evaluate(
      (target) =>
        fetch(target).then(
          () => 'reached',
          () => 'refused',
        ),
      url,
    ),
  ).toBe('refused');
  await page.evaluate((target) => {
    new Image().src = `${target}/image`;
    navigator.sendBeacon(`${target}/beacon`, 'x');
    const style = document.createElement('style');
    style.textContent = `body { background-image: url(${target}/css) }`;
    document.head.append(style);
  }, url);
  const workers = page.workers();
  expect(workers.length).toBeGreaterThanOrEqual(2);
  for (const worker of workers) {
    expect(
      await worker.evaluate(
        (target) =>
          fetch(target).then(
            () => 'reached',
            () => 'refused',
          ),
        url,
      ),
    ).toBe('refused');
  }
  for (const worker of workers) {
    expect(await worker.evaluate(() => typeof (globalThis as { RTCPeerConnection?: unknown }).RTCPeerConnection)).toBe(
      'undefined',
    );
  }
  expect(hits).toEqual([]);
  // The canary is alive: from outside the page it is reached.
  await fetch(`${url}/outside`);
  expect(hits).toEqual(['GET /outside']);
  server.close();
});

test('nothing of a message is ever in the address', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([SIGNED.message]);
  await workbench.expectHeadline('valid-untrusted');
  await workbench.showKeys();
  await workbench.showWorkbench();
  const { pathname, search, hash } = new URL(page.url());
  expect([pathname, search]).toEqual(['/', '']);
  expect(hash).toMatch(/^(#workbench|#keys)?$/);
});

test('another site cannot frame the page', async ({ browser, baseURL }) => {
  const { url, server } = await canary();
  const page = await browser.newPage();
  await page.goto(url).catch(() => undefined);
  await page.setContent(`<iframe src="${baseURL}/"></iframe>`);
  await expect.poll(() => page.frames().length).toBe(2);
  const [, frame] = page.frames();
  await expect.poll(() => frame?.evaluate(() => document.querySelector('#root') === null).catch(() => true)).toBe(true);
  await page.close();
  server.close();
});
