/** On a broken message the eye lands on what failed: that step is open and in sight, passed steps are folded. */
import { expect, test } from './workbench.ts';

test('the failing path is open, passed groups are folded, and the cause is selected', async ({ workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  const failed = workbench.trace.locator('.step-failed[data-kind="reference"]');
  await expect(failed).toHaveCount(1);
  await expect(failed).toHaveAttribute('aria-expanded', 'true');
  await expect(workbench.trace.locator('.step-failed[data-kind="signature"]')).toHaveAttribute('aria-expanded', 'true');
  for (const passed of await workbench.trace.locator('.step-passed[aria-expanded]').all()) {
    await expect(passed).toHaveAttribute('aria-expanded', 'false');
  }
  await expect(workbench.trace.getByRole('row', { selected: true })).toBeInViewport();
  const selected = workbench.trace.getByRole('row', { selected: true });
  expect(['reference', 'digest']).toContain(await selected.getAttribute('data-kind'));
});

test('the verdict’s button leads to the evidence: the finding is explained with both digests', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  await workbench.evidenceTab('Octets');
  await workbench.verdict.getByRole('button', { name: /^Show the (evidence|proof)/ }).click();
  const explained = page.getByRole('tabpanel', { name: 'Explain' });
  await expect(explained.locator('dl.digests')).toContainText('declared');
  await expect(explained.locator('dl.digests')).toContainText('differs');
  await expect(explained.locator('.citation').first()).toBeVisible();
});
