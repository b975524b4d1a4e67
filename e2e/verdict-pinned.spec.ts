/** The verdict stays in sight whatever is scrolled, and is announced. */
import { expect, test } from './workbench.ts';

test('the verdict stays in the viewport at the end of the trace, the message and the keys', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.trace.getByRole('row').first().click();
  await page.keyboard.press('*');
  await page.keyboard.press('End');
  const last = workbench.trace.getByRole('row').last();
  await expect(last).toBeInViewport();
  await expect(workbench.verdict.getByRole('status')).toBeInViewport({ ratio: 1 });
  await workbench.trace.hover();
  await page.mouse.wheel(0, 20_000);
  await workbench.pane('original').hover();
  await page.mouse.wheel(0, 20_000);
  await expect(workbench.verdict.getByRole('status')).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => [scrollY, document.documentElement.scrollHeight <= innerHeight])).toEqual([0, true]);
  await workbench.showKeys();
  await page.mouse.wheel(0, 20_000);
  await expect(workbench.verdict.getByRole('status')).toBeInViewport({ ratio: 1 });
});

test('a change of the verdict is in the live region', async ({ workbench }) => {
  await workbench.open();
  const status = workbench.verdict.getByRole('status');
  await expect(status).toHaveAttribute('aria-live', 'polite');
  await expect(status).toContainText('Valid.');
  await workbench.chooseSample('Re-indented after signing');
  await expect(status).toContainText('Invalid.');
});

test('the eight axes stand with their counts, and each leads to its evidence', async ({ workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  await expect(workbench.verdict.locator('[data-axis]')).toHaveCount(8);
  const signature = workbench.verdict.locator('[data-axis="signature"]');
  await expect(signature).toContainText('1 of 2 references');
  await workbench.leftTab('Tokens');
  await signature.click();
  await expect(workbench.trace.getByRole('row', { selected: true })).toBeVisible();
});
