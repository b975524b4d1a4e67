/** Hovering or selecting in one pane lights up the others; notes open the step they stand for. */
import { expect, test } from './workbench.ts';

test('hovering a reference in the trace lights up its element in the three panes', async ({ workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  for (const pane of ['secured', 'decoded'] as const) await workbench.editor(pane);
  await workbench.selectText('<soap:Body');
  const body = workbench.step('reference').filter({ hasText: 'Body' });
  await workbench.verdict.hover();
  await body.hover();
  for (const pane of ['original', 'secured', 'decoded'] as const) {
    await expect(workbench.pane(pane).locator('.wss-hovered').first()).toBeAttached();
  }
  await workbench.verdict.hover();
  await expect(workbench.pane('original').locator('.wss-hovered')).toHaveCount(0);
});

test('selecting a reference selects its element everywhere and shows its octets', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  await workbench.editor('original');
  const body = workbench.step('reference').filter({ hasText: 'Body' });
  await body.click();
  await expect(body).toHaveAttribute('aria-selected', 'true');
  await expect(workbench.pane('original').locator('.wss-selected').first()).toBeAttached();
  await expect(workbench.pane('secured').locator('.wss-selected').first()).toBeAttached();
  await workbench.evidenceTab('Octets');
  await expect(page.getByRole('grid')).toContainText('3c');
});

test('putting the caret into the message marks the same octets in the canonical stage', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  await workbench.step('reference').filter({ hasText: 'Body' }).click();
  await workbench.evidenceTab('Octets');
  await workbench.selectText('app:');
  await workbench.selectText('<soap:Body');
  await expect(page.getByRole('grid').locator('.is-linked').first()).toBeAttached();
  await expect(page.locator('footer')).toContainText('/soap:Envelope');
});

test('selecting octets of the canonical stage marks where they came from in the message', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  await workbench.editor('original');
  await workbench.step('reference').filter({ hasText: 'Body' }).click();
  await workbench.evidenceTab('Octets');
  const grid = page.getByRole('grid');
  await grid.focus();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.press('Shift+Home');
  await expect(workbench.pane('original').locator('.wss-selected').first()).toBeAttached();
  await workbench.evidenceTab('Origin');
  await expect(page.getByRole('tabpanel', { name: 'Origin' })).toContainText(/line|octet/);
});

test('a note in the secured pane opens its step', async ({ workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  await workbench.editor('secured');
  await workbench.step('parse').click();
  const note = workbench.pane('secured').locator('.wss-note-link').filter({ hasText: 'SHA-256' }).first();
  await note.click();
  const selected = workbench.trace.getByRole('row', { selected: true });
  await expect(selected).toHaveAttribute('data-kind', 'reference');
});
