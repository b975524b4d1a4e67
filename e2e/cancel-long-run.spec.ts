/** A long run says what it does and can be cancelled at any time; large messages leave the page responsive. */
import { largeMessage } from './large-message.ts';
import { expect, test } from './workbench.ts';

const MEGABYTE = 1024 * 1024;

test('a run over a second shows progress; Cancel ends it, and the next message is judged as ever', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([largeMessage(5 * MEGABYTE, 45)]);
  const progress = page.getByRole('group', { name: 'Progress' });
  await expect(progress).toBeVisible();
  await progress.getByRole('button', { name: 'Cancel' }).click();
  const pressed = Date.now();
  await expect(workbench.verdict.getByRole('status')).toContainText('Cancelled.');
  expect(Date.now() - pressed).toBeLessThan(1_000);
  await expect(progress).toBeHidden();
  // The message is kept, and nothing is said about it.
  await expect(workbench.pane('original').locator('.pane-summary')).toContainText('5,');
  await expect(workbench.verdict).not.toHaveAttribute('data-headline');
  await workbench.chooseSample('Signed Body and Timestamp');
  await workbench.expectHeadline('valid');
});

test('a message of five megabytes is judged while the page stays responsive', async ({ page, workbench }) => {
  const message = largeMessage(5 * MEGABYTE, 1);
  await workbench.open();
  await expect(workbench.pane('secured').locator('.monaco-editor .view-line').first()).toBeVisible();
  await page.evaluate(() => {
    const long: number[] = [];
    (globalThis as unknown as { long: number[] }).long = long;
    new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: 'longtask' });
  });
  await workbench.openFiles([message]);
  await workbench.expectHeadline('invalid');
  await expect(workbench.pane('original')).toContainText('Envelope');
  const long = await page.evaluate(() => (globalThis as unknown as { long: number[] }).long);
  expect(Math.max(0, ...long), `long tasks of ${long.join(', ')} ms`).toBeLessThan(200);
});
