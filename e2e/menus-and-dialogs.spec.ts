/** What opens from the top bar opens by keys, takes the focus, and gives it back to its button. */
import { expect, test } from './workbench.ts';

const MENUS = [
  [/^Sample: /, true],
  [/^Open/, false],
  ['Export', false],
] as const;
const FORMS = [/^Judged as of/, /^Receiver: /] as const;

test('menus open by the arrow and by Enter, are walked by keys, and give the focus back', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  for (const [name, choice] of MENUS) {
    const button = page.getByRole('button', { name });
    await button.focus();
    await page.keyboard.press('ArrowDown');
    const items = page.getByRole('menu').getByRole(choice ? 'menuitemradio' : 'menuitem');
    await expect(items.first()).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(items.nth(1)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
    await expect(button).toBeFocused();
    await expect(button).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('ArrowUp');
    // A menu of choices opens at the one that stands.
    await expect(choice ? items.first() : items.last()).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menu')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(button).toBeFocused();
  }
});

test('forms below their buttons take the focus and give it back', async ({ page, workbench }) => {
  await workbench.open();
  for (const name of FORMS) {
    const button = page.getByRole('button', { name });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

test('a dialog opened from a menu takes the focus; closing it leaves the keyboard on the page', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  const button = page.getByRole('button', { name: /^Open/ });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Paste' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Paste a message or a key' });
  await expect(dialog.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(button).toBeFocused();
});

test('tabs are walked by the arrows, Home and End', async ({ page, workbench }) => {
  await workbench.open();
  const list = page.getByRole('tablist', { name: 'Trace and findings' });
  await list.getByRole('tab', { name: 'Trace' }).focus();
  for (const [key, name] of [
    ['ArrowRight', 'Findings'],
    ['End', 'Certificates'],
    ['ArrowRight', 'Trace'],
    ['ArrowLeft', 'Certificates'],
    ['Home', 'Trace'],
  ] as const) {
    await page.keyboard.press(key);
    const tab = list.getByRole('tab', { name });
    await expect(tab).toBeFocused();
    await expect(tab).toHaveAttribute('aria-selected', 'true');
  }
  await expect(workbench.trace).toBeVisible();
});
