/** A trace of thousands of steps: only the rows in sight are drawn, and every one of them can be reached by key. */
import { longTrace } from './long-trace.mjs';
import { expect, test, textFile } from './workbench.ts';

/** Rows that may be drawn of a long trace: a screen of them and a few on either side. */
const DRAWN = 80;

test('of twelve thousand steps the rows in sight are drawn; keys, fold and filter work as ever', async ({
  page,
  workbench,
}) => {
  test.setTimeout(240_000);
  await workbench.open();
  await workbench.drop([textFile('long.xml', longTrace(60, 50))]);
  await expect(workbench.verdict).toHaveAttribute('data-headline', 'invalid', { timeout: 120_000 });
  const rows = workbench.trace.getByRole('row');
  await expect(rows.first()).toBeVisible();
  // The search for causes adds its steps after the verdict: what was folded meanwhile stays folded.
  const signature = workbench.step('signature').first();
  await signature.locator('[data-twist]').click();
  await expect(signature).toHaveAttribute('aria-expanded', 'false');
  await expect(workbench.verdict).toHaveAttribute('aria-busy', 'false', { timeout: 120_000 });
  await expect(signature).toHaveAttribute('aria-expanded', 'false');
  await signature.locator('[data-twist]').click();
  await expect(signature).toHaveAttribute('aria-expanded', 'true');
  const all = Number(await workbench.trace.getAttribute('aria-rowcount'));
  expect(all).toBeGreaterThan(10_000);
  expect(await rows.count()).toBeLessThan(DRAWN);
  // The selected step is in sight, as in a short trace.
  const selected = workbench.trace.getByRole('row', { selected: true });
  await expect(selected).toBeInViewport();
  await selected.focus();
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
  await expect(rows.last()).toHaveAttribute('aria-rowindex', String(all));
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeFocused();
  await expect(rows.first()).toHaveAttribute('aria-rowindex', '1');
  expect(await rows.count()).toBeLessThan(DRAWN);
  for (let press = 0; press < 3; press++) await page.keyboard.press('PageDown');
  await expect(selected).toBeFocused();
  await expect(selected).toHaveAttribute('aria-rowindex', '31');
  await expect(selected).toBeInViewport();
  // A row scrolled out of sight keeps the focus.
  await workbench.trace.evaluate((grid) => grid.scrollTo(0, grid.scrollHeight));
  await expect(rows.last()).toBeInViewport();
  await expect(selected).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(selected).toHaveAttribute('aria-rowindex', '32');
  await expect(selected).toBeInViewport();
});
