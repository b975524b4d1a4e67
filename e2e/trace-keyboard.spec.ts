/** The trace is a tree grid: arrows walk and fold, letters jump, the filter keeps what failed. */
import { expect, test } from './workbench.ts';

test('arrows walk, open and fold; Home and End reach the ends', async ({ page, workbench }) => {
  await workbench.open();
  const rows = workbench.trace.getByRole('row');
  await rows.first().focus();
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await expect(rows.nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('End');
  await expect(rows.last()).toBeFocused();
  const signature = workbench.step('signature').first();
  await signature.click();
  await expect(signature).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(signature).toHaveAttribute('aria-expanded', 'false');
  await expect(workbench.step('reference')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(signature).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowRight');
  const child = workbench.trace.getByRole('row', { selected: true });
  expect(Number(await child.getAttribute('aria-level'))).toBe(Number(await signature.getAttribute('aria-level')) + 1);
  await page.keyboard.press('ArrowLeft');
  if ((await child.getAttribute('data-kind')) !== 'signature') await page.keyboard.press('ArrowLeft');
  await expect(signature).toHaveAttribute('aria-selected', 'true');
});

test('letters jump to a step that begins so; * opens everything', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.trace.getByRole('row').first().focus();
  await page.keyboard.press('Home');
  await page.keyboard.type('ref');
  await expect(workbench.trace.getByRole('row', { selected: true })).toHaveAttribute('data-kind', 'reference');
  await page.keyboard.press('*');
  await expect(workbench.trace.locator('[aria-expanded="false"]')).toHaveCount(0);
  const trace = await workbench.exportedTrace();
  // The second opinion stands last, and is no step of the run.
  await expect(workbench.trace.getByRole('row')).toHaveCount(trace.steps.length + 1);
});

test('the filter shows the failing path only, and nothing where nothing failed', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  await expect(workbench.trace.getByRole('row').first()).toBeVisible();
  const all = await workbench.trace.getByRole('row').count();
  await page.getByRole('radiogroup', { name: 'Steps shown' }).getByRole('radio', { name: 'failed' }).click();
  await expect.poll(() => workbench.trace.getByRole('row').count()).toBeLessThan(all);
  await expect(workbench.trace.locator('.step-passed')).toHaveCount(0);
  await expect(workbench.trace.locator('.step-failed').first()).toBeVisible();
});

test('each step says what it was made on, with its clause', async ({ page, workbench }) => {
  await workbench.open();
  for (const kind of ['parse', 'coverage', 'signature', 'reference']) {
    await workbench.step(kind).first().click();
    await workbench.evidenceTab('Explain');
    const panel = page.getByRole('tabpanel', { name: 'Explain' });
    await expect(panel.locator('h3').last()).not.toBeEmpty();
    await expect(panel.locator('p').first()).not.toBeEmpty();
  }
  await expect(page.locator('.citation a').first()).toHaveAttribute('rel', /noopener/);
});
