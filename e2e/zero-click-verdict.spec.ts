/** Opening the page is enough: the first sample is judged at once, without waiting for the editors. */
import { expect, test } from './workbench.ts';

test.use({ fresh: true });

test('the first verdict stands within three seconds, with its steps', async ({ page, workbench }) => {
  const opened = Date.now();
  await page.goto('/');
  await workbench.expectHeadline('valid', { timeout: 3_000 });
  expect(Date.now() - opened).toBeLessThan(3_000);
  await expect(workbench.verdict.getByRole('status')).toContainText('Valid');
  await expect(workbench.trace.getByRole('row')).not.toHaveCount(0);
  expect(await workbench.trace.getByRole('row').count()).toBeGreaterThanOrEqual(8);
});

test('the first verdict does not wait for Monaco', async ({ page, workbench }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/message-editor-[\w-]+\.js/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/');
  await workbench.expectHeadline('valid', { timeout: 3_000 });
  await expect(page.locator('.monaco-editor')).toHaveCount(0);
  await expect(workbench.pane('original').getByRole('listbox')).toContainText('Envelope');
  release();
  await expect(workbench.pane('secured').locator('.monaco-editor .view-line').first()).toBeVisible();
});

test('the page stays whole where the editor cannot be loaded', async ({ page, workbench, watched }) => {
  watched.expected.push(/message-editor|Failed to load|ERR_FAILED|error occurred in/i);
  await page.route(/message-editor-[\w-]+\.js/, (route) => route.abort());
  await workbench.open();
  await expect(workbench.pane('secured').getByRole('listbox')).toContainText('Envelope');
  await expect(workbench.trace.getByRole('row').first()).toBeVisible();
});
