/** The editors colour XML and fold elements; the colours come from the page's own tokens. */
import { expect, test } from './workbench.ts';

test('tags, values and text have colours of their own', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  const editor = await workbench.editor('original');
  await workbench.selectText('xmlns:app');
  await page.keyboard.press('ArrowLeft');
  const colour = (text: string) =>
    editor
      .locator('.view-line span > span')
      .filter({ hasText: new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) })
      .first()
      .evaluate((span) => getComputedStyle(span).color);
  const tag = await colour('soap:Envelope');
  const value = await colour('"urn:example:app"');
  const text = await colour('t-1');
  expect(new Set([tag, value, text]).size).toBe(3);
});

test('an element folds and unfolds from the gutter and from the keyboard', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  const editor = await workbench.editor('original');
  const line = editor.locator('.view-line').filter({ hasText: '<CanonicalizationMethod' });
  await workbench.selectText('<SignedInfo>');
  await expect(line).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+Shift+[');
  await expect(line).toHaveCount(0);
  await expect(editor.locator('.view-line').filter({ hasText: '<SignatureValue>' })).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+Shift+]');
  await expect(line).toHaveCount(1);
  await editor.locator('.margin').hover();
  await editor.locator('.codicon-folding-expanded').nth(1).click();
  await expect(line).toHaveCount(0);
});
