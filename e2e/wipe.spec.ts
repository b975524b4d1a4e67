/** Wipe forgets message, keys, passwords and results, on the page and in the worker. */
import { expect, fixture, SIGNED, test } from './workbench.ts';

test.use({ fresh: true });

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
