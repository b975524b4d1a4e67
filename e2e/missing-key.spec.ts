/** Where a key is missing, the verdict says which one would help; dropping it is enough. */
import { expect, fixture, sampleKey, test } from './workbench.ts';

test('the identifier of the missing certificate is named; the certificate makes the message verify', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.chooseSample('The signer’s certificate is missing');
  await workbench.expectHeadline('incomplete');
  const status = workbench.verdict.getByRole('status');
  await expect(status).toContainText('Incomplete.');
  await expect(status).toContainText(/Add the file with this certificate/);
  const wanted = (await workbench.exportedTrace()).findings.find(
    (finding) => finding.code === 'signer-certificate-not-found',
  );
  const named = Object.values(wanted?.data ?? {}).find((value) => typeof value === 'string' && value.length > 10);
  expect(named).toBeTruthy();
  await workbench.verdict.getByRole('button', { name: 'Add a key' }).click();
  await expect(page.getByRole('dialog', { name: 'Add a key' })).toBeVisible();
  await workbench.drop([fixture('client.crt.pem')]);
  // Sound and trusted; what remains is that its sender still uses SHA-1.
  await workbench.expectHeadline('valid-weak');
  await expect(workbench.verdict.locator('[data-axis="signature"]')).toHaveAttribute('data-value', 'pass');
  await expect(workbench.verdict.locator('[data-axis="trust"]')).toHaveAttribute('data-value', 'pass');
});

test('a certificate of somebody else is listed as left, with its reason', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('The signer’s certificate is missing');
  await workbench.expectHeadline('incomplete');
  await workbench.drop([sampleKey('server-rsa2048.crt.pem')]);
  await expect(page.getByRole('log')).toContainText('server-rsa2048.crt.pem');
  await workbench.expectHeadline('incomplete');
});
