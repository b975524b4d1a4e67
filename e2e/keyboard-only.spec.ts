/**
 * Everything without a mouse: a message is pasted, its failing step reached, its octets read; no place keeps the focus.
 */
import type { Page } from '@playwright/test';
import { expect, SIGNED, test } from './workbench.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return (
      `${element?.tagName.toLowerCase()} ` +
      (element?.getAttribute('aria-label') ?? element?.textContent?.slice(0, 40) ?? '')
    );
  });

/** Presses Tab until `reached` holds. */
async function tabTo(page: Page, reached: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < 80; count++) {
    if (await reached()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by Tab; the focus is on ${await focused(page)}`);
}

test('a pasted message is judged, its failing step found and its octets read, by keys alone', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const broken = new TextDecoder().decode(SIGNED.message.octets).replace('</soap:Body>', 'x</soap:Body>');
  await page.evaluate((text) => navigator.clipboard.writeText(text), broken);
  await page.keyboard.press('ControlOrMeta+V');
  await workbench.expectSettled('invalid');
  await page.keyboard.press('F8');
  const finding = page.getByRole('tabpanel', { name: 'Explain' });
  await expect(finding.getByRole('heading').first()).toBeVisible();
  await tabTo(page, () => workbench.trace.evaluate((trace) => trace.contains(document.activeElement)));
  const selected = workbench.trace.getByRole('row', { selected: true });
  await expect(selected).toBeFocused();
  await expect(selected).toHaveClass(/step-failed/);
  await tabTo(page, () =>
    page.getByRole('tablist', { name: 'Evidence' }).evaluate((list) => list.contains(document.activeElement)),
  );
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('tab', { name: 'Octets' })).toHaveAttribute('aria-selected', 'true');
  await tabTo(page, () => page.getByRole('grid').evaluate((grid) => grid === document.activeElement));
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByRole('contentinfo')).toContainText('2 selected');
});

test('Tab passes through the whole page and comes round; no editor keeps it', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.editor('decoded');
  const seen = new Set<string>();
  let turns = 0;
  for (; turns < 120; turns++) {
    await page.keyboard.press('Tab');
    const now = await focused(page);
    if (now.startsWith('body')) break;
    seen.add(now);
  }
  expect(turns).toBeLessThan(120);
  for (const name of ['Original message', 'Secured', 'Decoded message']) {
    expect(
      [...seen].some((entry) => entry.includes(name)),
      name,
    ).toBe(true);
  }
});

test('Enter goes into an editor, Tab types there, Escape leaves it', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.editor('original');
  const frame = workbench.pane('original').locator('.wss-editor');
  await frame.focus();
  await page.keyboard.press('Enter');
  await expect
    .poll(() =>
      frame.evaluate((element) => element.contains(document.activeElement) && element !== document.activeElement),
    )
    .toBe(true);
  await page.keyboard.press('Escape');
  await expect(frame).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await frame.evaluate((element) => element.contains(document.activeElement))).toBe(false);
});

test('the palette finds and runs every kind of act; shortcuts are listed from the same table', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await page.keyboard.press('ControlOrMeta+K');
  const search = page.getByRole('combobox', { name: /^Search commands/ });
  await expect(search).toBeFocused();
  await search.fill('wrapped');
  await page.keyboard.press('Enter');
  await workbench.expectHeadline('wrapped');
  await page.keyboard.press('ControlOrMeta+K');
  await search.fill('dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('ControlOrMeta+K');
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
  await page.keyboard.press('Alt+2');
  await expect(page.getByRole('heading', { name: 'Keys and certificates' })).toBeVisible();
  await page.keyboard.press('Alt+1');
  await expect(workbench.trace).toBeVisible();
  await page.evaluate(() =>
    document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
  );
  await page.keyboard.press('Shift+?');
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(shortcuts).toContainText('Next finding');
  await expect(shortcuts).toContainText('F8');
  await page.keyboard.press('Escape');
  await expect(shortcuts).toBeHidden();
});

test('F6 walks the panes and Shift+F6 back', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.editor('decoded');
  const where = () =>
    page.evaluate(
      () =>
        document.activeElement
          ?.closest<HTMLElement>('.verdict, [data-pane]')
          ?.closest<HTMLElement>('.verdict, .pane[data-pane]')?.dataset['pane'] ??
        (document.activeElement?.closest('.verdict') ? 'verdict' : 'none'),
    );
  const walked: string[] = [];
  for (let count = 0; count < 6; count++) {
    await page.keyboard.press('F6');
    walked.push(await where());
  }
  expect(new Set(walked)).toEqual(new Set(['verdict', 'original', 'secured', 'decoded', 'left', 'right']));
  await page.keyboard.press('Shift+F6');
  expect(await where()).toBe(walked[4]);
});
