/** Walks through each view, state and dialog, without a violation by axe. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, fixture, type WorkbenchPage } from './workbench.ts';

/** What looks at colours: the rest says the same of the page in either scheme. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

async function expectNone(page: Page, where: string): Promise<void> {
  // Monaco's inside is Monaco's; its frames, labels and everything else are ours.
  // An open popover stands beside the landmarks, as every one of React Aria's does; it is a dialog or menu of its own.
  const popover = (await page.locator('.popover').count()) > 0;
  // In this page alone: it has no frames, and else every analysis would open a page more to put theirs together.
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('.monaco-editor');
  if (await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)) axe.withRules(OF_COLOURS);
  else if (popover) axe.disableRules(['region']);
  const { violations, passes } = await axe.analyze();
  expect(passes.map(({ id }) => id)).toContain('color-contrast');
  expect(
    violations.map(
      ({ id, help, nodes }) =>
        `${where}: ${id} ${help}: ${nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(' | ')}`,
    ),
  ).toEqual([]);
}

/** Every view, tab and dialog; colours alone differ in the other scheme, so that it looks at fewer. */
export async function walk(page: Page, workbench: WorkbenchPage, all: boolean): Promise<void> {
  await workbench.open();
  await workbench.editor('decoded');
  await expectNone(page, 'valid');
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  for (const tab of all ? (['Findings', 'Tokens', 'Certificates'] as const) : (['Certificates'] as const)) {
    await workbench.leftTab(tab);
    await expectNone(page, tab);
  }
  for (const tab of all ? (['Octets', 'Origin'] as const) : (['Octets'] as const)) {
    await workbench.evidenceTab(tab);
    await expectNone(page, tab);
  }
  await workbench.drop([fixture('client.p12'), fixture('client.crt.pem')]);
  await expect(page.locator('[data-problem]')).toBeVisible();
  await expectNone(page, 'keys');
  await workbench.showWorkbench();
  await expect(workbench.pane('original')).toBeVisible();
  for (const [keys, dialog] of all
    ? ([
        ['ControlOrMeta+K', 'palette'],
        ['Alt+V', 'paste'],
        ['Shift+?', 'shortcuts'],
      ] as const)
    : ([['ControlOrMeta+K', 'palette']] as const)) {
    await page.evaluate(() =>
      document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined,
    );
    await page.keyboard.press(keys);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNone(page, dialog);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
  await page.getByRole('button', { name: /^Judged as of/ }).click();
  await expect(page.getByRole('dialog', { name: 'Judge as of' })).toBeVisible();
  await expectNone(page, 'clock');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Sample: / }).click();
  await expectNone(page, 'samples');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Wipe' }).click();
  await expectNone(page, 'empty');
}

/** The tabs of a narrow page, and its menu. */
export async function narrowWalk(page: Page, workbench: WorkbenchPage, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 390, height: 844 });
  await workbench.open();
  for (const tab of ['Message', 'Trace', 'Octets', 'Keys']) {
    await page.getByRole('tablist', { name: 'Workbench' }).getByRole('tab', { name: tab }).click();
    await expectNone(page, tab);
  }
  await page.getByRole('button', { name: 'More' }).click();
  await expectNone(page, 'menu');
}
