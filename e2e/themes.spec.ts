/** Light, dark, the system's choice, high contrast and reduced motion: the page and its editors follow. */
import { expect, test } from './workbench.ts';

test('the page follows the system’s scheme, and the user’s choice over it', async ({ page, workbench }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await workbench.open();
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const editorBackground = () =>
    workbench
      .pane('secured')
      .locator('.monaco-editor-background')
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor);
  await workbench.editor('secured');
  const dark = [await background(), await editorBackground()];
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');
  await expect.poll(editorBackground).not.toBe(dark[1]);
  expect(await background()).not.toBe(dark[0]);
  await page.getByRole('button', { name: /^Theme: system/ }).click();
  await page.getByRole('button', { name: /^Theme: light/ }).click();
  await expect(page.getByRole('button', { name: /^Theme: dark/ })).toBeVisible();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await workbench.expectHeadline('valid');
  await expect(root).toHaveAttribute('data-theme', 'dark');
});

test('more contrast is more contrast', async ({ page, workbench }) => {
  await workbench.open();
  const line = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--line').trim());
  const usual = await line();
  await page.emulateMedia({ contrast: 'more' });
  await expect.poll(line).not.toBe(usual);
});

test('in forced colours the verdict, the marks and the panes are still told apart', async ({ page, workbench }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await workbench.open();
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  await expect(workbench.verdict.getByRole('status')).toContainText('Invalid.');
  expect(
    await page
      .locator('.pane')
      .first()
      .evaluate((pane) => getComputedStyle(pane).borderTopStyle),
  ).toBe('solid');
  // A mark is a shape with a name, not a colour.
  await expect(workbench.trace.locator('.step-failed').first().getByRole('img', { name: 'failed' })).toBeVisible();
});

test('reduced motion stops transitions and spinners', async ({ page, workbench }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await workbench.open();
  const moving = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const style = getComputedStyle(element);
        return (
          style.transitionDuration.split(',').some((value) => Number.parseFloat(value) > 0.02) &&
          style.transitionProperty !== 'none' &&
          !element.closest('.monaco-editor')
        );
      })
      .map((element) => element.className),
  );
  expect(moving).toEqual([]);
});
