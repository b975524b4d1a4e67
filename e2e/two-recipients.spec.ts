/**
 * One Body for two recipients, and the private key of one of them: it opens, and the other's key is shown as not ours,
 * not as a fault.
 */
import { expect, fixture, sampleKey, test } from './workbench.ts';

test('one of the two private keys opens the Body; the other recipient’s key is not ours', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.drop([fixture('two-recipients.xml'), sampleKey('server-rsa2048.pkcs8.pem')]);
  // Opened; what remains is that nobody signed it.
  await workbench.expectHeadline('valid-partial');
  await expect(workbench.verdict.locator('[data-axis="decryption"]')).toHaveAttribute('data-value', 'pass');
  await expect(workbench.verdict.getByRole('status')).toContainText('Body is not signed');
  await expect(workbench.pane('decoded')).toContainText('4711');
  await workbench.leftTab('Findings');
  const other = page.locator('[data-pane="left"]').getByText('A key for another recipient');
  await expect(other).toHaveCount(1);
  await workbench.leftTab('Trace');
  await expect(
    workbench.step('encrypted-key').filter({ hasText: 'EK-1' }).getByRole('img', { name: 'skipped' }),
  ).toBeVisible();
  await expect(
    workbench
      .step('encrypted-key')
      .filter({ hasText: 'EK-2' })
      .getByRole('img', { name: /passed|warning/ }),
  ).toBeVisible();
});

test('without any of the keys both recipients are named', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('two-recipients.xml')]);
  await workbench.expectHeadline('incomplete');
  await workbench.leftTab('Findings');
  await expect(page.locator('[data-pane="left"]').getByText('No private key for this recipient')).toHaveCount(2);
});
