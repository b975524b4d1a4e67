/** Wipe forgets message, keys, passwords and results, on the page and in the worker. */
import type { Page, Worker } from '@playwright/test';
import { expect, fixture, SIGNED, test, type WorkbenchPage } from './workbench.ts';

test.use({ fresh: true });

/** The engine's workers that live: the editor has one of its own. */
function engines(page: Page): readonly Worker[] {
  return page.workers().filter((worker) => /\/worker\/worker-[^/]*$/.test(worker.url()));
}

/** Drops a key store that costs millions of rounds with any password, the empty one too; gives the worker at work. */
async function startDeriving(page: Page, workbench: WorkbenchPage): Promise<Worker> {
  await expect.poll(() => engines(page).length).toBe(1);
  const [engine] = engines(page);
  if (engine === undefined) throw new Error('no worker');
  await workbench.drop([fixture('slow.p12')]);
  // It answers nothing: it derives.
  await page.waitForTimeout(500);
  const answered = await Promise.race([
    engine.evaluate(() => true).catch(() => true),
    page.waitForTimeout(1_000).then(() => false),
  ]);
  expect(answered).toBe(false);
  return engine;
}

test('after Wipe nothing is listed, and the same message is judged without the keys', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([SIGNED.message, SIGNED.trust, fixture('client.crt.pem')]);
  await workbench.trustFile(SIGNED.trust.name);
  await workbench.setClock(SIGNED.at);
  await workbench.expectHeadline('valid');
  await page.getByRole('button', { name: 'Wipe' }).click();
  await expect(workbench.verdict.getByRole('status')).toContainText('No message.');
  await workbench.showKeys();
  await expect(page.locator('article[data-file]')).toHaveCount(0);
  await workbench.showWorkbench();
  await workbench.drop([SIGNED.message]);
  await workbench.expectHeadline('valid-untrusted');
  expect((await workbench.exportedTrace()).certificates.some((certificate) => certificate.trusted)).toBe(false);
});

test('what is kept of a session is its layout alone', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([SIGNED.message, fixture('client.p12')]);
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.reload();
  await workbench.expectHeadline('valid');
  const kept = await page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map((database) => database.name),
    caches: await caches.keys(),
    cookies: document.cookie,
  }));
  expect(kept).toEqual({ local: ['wss-workbench.layout.1'], session: [], databases: [], caches: [], cookies: '' });
  expect(
    Object.keys(
      JSON.parse(await page.evaluate(() => localStorage.getItem('wss-workbench.layout.1') ?? '{}')) as object,
    ).toSorted(),
  ).toEqual(['explain', 'layOut', 'octetView', 'panels', 'theme', 'traceFilter']);
});

test('Wipe ends the worker, and the memory with it; a fresh one takes its place', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([SIGNED.message, fixture('client.p12')]);
  await expect.poll(() => engines(page).length).toBe(1);
  const [before] = engines(page);
  const closed = before?.waitForEvent('close');
  await page.getByRole('button', { name: 'Wipe' }).click();
  await closed;
  await expect.poll(() => engines(page).length).toBe(1);
  expect(engines(page)).not.toContain(before);
  await expect(before?.evaluate(() => 1)).rejects.toThrow();
});

test('a key derivation under way ends with its worker: by Wipe', async ({ page, workbench }) => {
  await workbench.open();
  const before = await startDeriving(page, workbench);
  const began = Date.now();
  const closed = before.waitForEvent('close');
  await page.getByRole('button', { name: 'Wipe' }).click();
  await closed;
  expect(Date.now() - began).toBeLessThan(7_000);
  await workbench.drop([SIGNED.message]);
  await workbench.expectHeadline('valid-untrusted');
  await workbench.showKeys();
  await expect(page.locator('article[data-file]')).toHaveCount(0);
});

test('a key derivation under way ends with its worker: by Cancel', async ({ page, workbench }) => {
  await workbench.open();
  const before = await startDeriving(page, workbench);
  const closed = before.waitForEvent('close');
  await page.keyboard.press('ControlOrMeta+K');
  const search = page.getByRole('combobox', { name: /^Search commands/ });
  await search.fill('Cancel the run');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
  const began = Date.now();
  await page.keyboard.press('Enter');
  await closed;
  expect(Date.now() - began).toBeLessThan(7_000);
  await workbench.drop([SIGNED.message]);
  await workbench.expectHeadline('valid-untrusted');
});
