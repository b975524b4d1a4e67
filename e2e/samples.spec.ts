/** Every sample of the picker comes to the verdict that its entry names. */
import { SAMPLES } from '../src/content/samples/entries.ts';
import { expect, test } from './workbench.ts';

test('the picker has all samples with a line on each, and each verdict is what its entry says', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await page.getByRole('button', { name: /^Sample: / }).click();
  const items = page.getByRole('menuitemradio');
  await expect(items).toHaveCount(SAMPLES.length);
  for (const sample of SAMPLES) await expect(items.filter({ hasText: sample.line })).toHaveCount(1);
  await page.keyboard.press('Escape');
  for (const sample of SAMPLES.toReversed()) {
    await workbench.chooseSample(sample.title);
    await expect(page.getByRole('button', { name: `Sample: ${sample.title}` })).toBeVisible();
    await workbench.expectHeadline(sample.headline);
  }
});
