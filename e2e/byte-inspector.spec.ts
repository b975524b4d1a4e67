/**
 * The exact octets of each stage of a reference: what is shown hashes to the digest shown; the keyboard walks and
 * selects.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test, type WorkbenchPage } from './workbench.ts';

/** The octets that the grid shows, row by row, by offset. */
async function octetsShown(workbench: WorkbenchPage): Promise<Buffer> {
  const grid = workbench.page.getByRole('grid');
  const shown = new Map<number, number>();
  const total = Number(await grid.getAttribute('aria-rowcount'));
  await grid.evaluate((element) => {
    element.scrollTop = 0;
  });
  for (let guard = 0; guard < 200; guard++) {
    const cells = await grid.evaluate((element) => ({
      cells: [...element.querySelectorAll<HTMLElement>('.octet-hex [data-octet]')].map(
        (cell) => [Number(cell.dataset['octet']), Number.parseInt(cell.textContent ?? '', 16)] as const,
      ),
      last: Math.max(
        ...[...element.querySelectorAll('[role="row"]')].map((row) => Number(row.getAttribute('aria-rowindex'))),
      ),
    }));
    for (const [offset, octet] of cells.cells) shown.set(offset, octet);
    if (cells.last >= total) break;
    await grid.evaluate((element) => {
      element.scrollTop += element.clientHeight - 20;
    });
    await expect
      .poll(() =>
        grid.evaluate((element) =>
          Math.max(
            ...[...element.querySelectorAll('[role="row"]')].map((row) => Number(row.getAttribute('aria-rowindex'))),
          ),
        ),
      )
      .toBeGreaterThan(cells.last);
  }
  return Buffer.from([...shown.entries()].toSorted(([a], [b]) => a - b).map(([, octet]) => octet));
}

test('the octets of the canonical stage hash to the digest that is displayed', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  await workbench.step('reference').first().click();
  await workbench.evidenceTab('Octets');
  const stages = page.getByRole('radiogroup', { name: 'Stage' }).getByRole('radio');
  await expect(stages.first()).toContainText('Original');
  const canonical = stages.last();
  await expect(canonical).toHaveAttribute('aria-checked', 'true');
  await expect(canonical).toContainText(/c14n/i);
  const octets = await octetsShown(workbench);
  const digest = createHash('sha256').update(octets).digest();
  const reference = (await workbench.exportedTrace()).signatures[0]?.references[0];
  expect(reference?.octets).toBe(octets.length);
  expect(digest.toString('base64')).toBe(reference?.computed);
  await workbench.evidenceTab('Explain');
  await expect(page.locator('dl.digests dd[title]').first()).toHaveAttribute('title', digest.toString('hex'));
  // Saving gives the same octets.
  await workbench.evidenceTab('Octets');
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save these octets' }).click();
  expect(readFileSync(await (await downloading).path()).equals(octets)).toBe(true);
});

test('each stage has its own octets, and two stages can be compared', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  await workbench.step('reference').first().click();
  await workbench.evidenceTab('Octets');
  const stages = page.getByRole('radiogroup', { name: 'Stage' }).getByRole('radio');
  const grid = page.getByRole('grid');
  await expect(grid).toHaveAttribute('aria-label', /c14n/i);
  await stages.first().click();
  await expect(grid).toHaveAttribute('aria-label', 'Octets of Original');
  await page.getByLabel('Compare with another stage').selectOption({ index: 1 });
  await expect(page.locator('.octets-foot')).toContainText(/places? differs?|same octets/);
  for (const view of ['hex', 'text', 'both']) {
    await page.getByRole('radiogroup', { name: 'Show as' }).getByRole('radio', { name: view }).click();
    await expect(grid).toHaveClass(new RegExp(`view-${view}`));
  }
});

test('arrows move, Shift selects, Ctrl+G goes; the status says where and from where', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  await workbench.step('reference').first().click();
  await workbench.evidenceTab('Octets');
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await expect(grid).toHaveAttribute('aria-activedescendant', 'octet-17');
  for (let count = 0; count < 3; count++) await page.keyboard.press('Shift+ArrowRight');
  await expect(grid.locator('[role="gridcell"][aria-selected="true"]')).toHaveCount(4);
  await page.keyboard.press('End');
  await expect(grid).toHaveAttribute('aria-activedescendant', 'octet-31');
  await page.keyboard.press('ControlOrMeta+G');
  await page.getByLabel('Go to octet').fill('0x40');
  await page.keyboard.press('Enter');
  await expect(grid).toHaveAttribute('aria-activedescendant', 'octet-64');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(grid.locator('[role="gridcell"][aria-selected="true"]')).toHaveCount(17);
  // Offset, length and place in the message are said below.
  await expect(page.getByRole('contentinfo')).toContainText(/canonical octet 64–80 · 17 selected/);
  await expect(page.getByRole('contentinfo')).toContainText(/Ln \d+, Col \d+ · octet [\d,]+ · \/soap:Envelope/);
});
