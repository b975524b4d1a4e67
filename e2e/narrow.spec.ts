/**
 * 390 and 360 pixels wide: one column, no sideways scrolling of the page, every pane reached by tabs, the verdict
 * always in sight.
 */
import { expect, test } from './workbench.ts';

for (const width of [390, 360]) {
  test(`${width} pixels wide`, async ({ page, workbench }) => {
    await page.setViewportSize({ width, height: 780 });
    await workbench.open();
    const fits = async () =>
      expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.body.scrollWidth])).toEqual([
        width,
        width,
      ]);
    await fits();
    const tabs = page.getByRole('tablist', { name: 'Workbench' });
    const reach = [
      ['Message', '[data-pane="original"]'],
      ['Trace', '[role="treegrid"]'],
      ['Octets', '[role="grid"], .panel-empty'],
      ['Keys', '.keys'],
    ] as const;
    for (const [tab, content] of reach) {
      await tabs.getByRole('tab', { name: tab }).click();
      await expect(page.locator(content).first()).toBeVisible();
      await expect(workbench.verdict.getByRole('status')).toBeInViewport();
      await fits();
    }
    await tabs.getByRole('tab', { name: 'Message' }).click();
    for (const pane of ['original', 'secured', 'decoded'] as const) {
      await page.getByRole('radiogroup', { name: 'Envelope' }).getByRole('radio', { name: pane }).click();
      await expect(workbench.pane(pane)).toBeVisible();
      await fits();
    }
    // On a small screen lines can be tapped: the built-in viewer, not the editor.
    await page.getByRole('radiogroup', { name: 'Envelope' }).getByRole('radio', { name: 'original' }).click();
    await expect(page.locator('.monaco-editor')).toHaveCount(0);
    await workbench.pane('original').getByRole('option').nth(2).click();
    await expect(page.getByRole('contentinfo')).toContainText(/Ln \d+|octet/);
  });
}

test('every act of the wide page is behind one button on the narrow one', async ({ page, workbench }) => {
  await page.setViewportSize({ width: 390, height: 780 });
  await workbench.open();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'All commands' }).click();
  await page.getByRole('combobox', { name: /^Search commands/ }).fill('expired');
  await page.keyboard.press('Enter');
  await workbench.expectHeadline('valid-stale');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Wipe' }).click();
  await expect(workbench.verdict.getByRole('status')).toContainText('No message.');
});
