/**
 * Keys and certificates: what a file gave, the path with each check, and the candidates that were left with their
 * reasons.
 */
import { expect, fixture, sampleKey, sampleMessage, SIGNED, test } from './workbench.ts';

test('a certificate is listed with its names, dates and fingerprints', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('client.crt.pem')]);
  await workbench.showKeys();
  const file = page.locator('article[data-file="client.crt.pem"]');
  await file.locator('summary').click();
  await expect(file).toContainText('CN=client-rsa2048');
  await expect(file).toContainText('RSA 2048');
  await expect(file).toContainText('03dd0333acc488a90b21f9b107df1301645f0649b112b3327a99fa2f048f4a2d');
});

test('the path shows every check; untrusting the anchor breaks it, removing the file too', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.leftTab('Certificates');
  const panel = page.getByRole('tabpanel', { name: 'Certificates' });
  await expect(panel.locator('.chain > li')).toHaveCount(2);
  await expect(panel.locator('.checks li').first()).toBeVisible();
  await expect(panel.locator('.checks .is-failed')).toHaveCount(0);
  await expect(panel).toContainText('trusted by you');
  await workbench.drop([SIGNED.message, SIGNED.trust]);
  await workbench.setClock(SIGNED.at);
  await workbench.expectHeadline('valid-untrusted');
  await workbench.trustFile(SIGNED.trust.name);
  await workbench.expectHeadline('valid');
  await workbench.showKeys();
  await page.getByRole('button', { name: `Remove ${SIGNED.trust.name}` }).click();
  await expect(page.locator('article')).toHaveCount(0);
  await workbench.expectHeadline('valid-untrusted');
});

test('a revoked certificate is marked at its link of the path', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Revoked certificate');
  await workbench.expectHeadline('valid-untrusted');
  await workbench.leftTab('Certificates');
  const failed = page
    .getByRole('tabpanel', { name: 'Certificates' })
    .locator('.chain > li')
    .first()
    .locator('.checks .is-failed');
  await expect(failed.first()).toContainText(/revo/);
});

test('keys that did not fit are listed as candidates, each with the reason', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('The signer’s certificate is missing');
  await workbench.expectHeadline('incomplete');
  await workbench.drop([sampleKey('server-rsa2048.crt.pem'), fixture('client.crt.pem')]);
  await workbench.expectHeadline('valid-weak');
  await workbench.step('resolve-key').first().click();
  await workbench.evidenceTab('Explain');
  const explained = page.getByRole('tabpanel', { name: 'Explain' });
  await expect(explained.locator('dl.facts div').filter({ hasText: 'server-rsa2048' })).toContainText(
    'left, ski differs',
  );
  await expect(explained.locator('dl.facts div').filter({ hasText: 'taken, matches' })).toContainText('client-rsa2048');
});

test('users for UsernameToken are added by name; a right and a wrong password are told apart', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.drop([sampleMessage('pc-b83fafade0.xml'), sampleKey('client-rsa2048.crt.pem')]);
  await workbench.setClock('2026-11-22T06:53:26');
  await workbench.expectHeadline('incomplete');
  await workbench.showKeys();
  const users = page.getByRole('region', { name: 'Users' });
  const add = async (password: string) => {
    await users.getByLabel('Name').fill('alice');
    await users.getByLabel('Password').fill(password);
    await users.getByRole('button', { name: 'Add user' }).click();
  };
  await add('wrong');
  await workbench.expectHeadline('invalid');
  await add('s3cret');
  await expect(workbench.verdict.locator('[data-axis="authentication"]')).toHaveAttribute('data-value', 'pass');
});

test('a pasted secret verifies a message signed with it', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([sampleMessage('pc-75dd3ee961.xml')]);
  await workbench.setClock('2026-11-22T06:54:00');
  await expect(workbench.verdict.locator('[data-axis="signature"]')).toHaveAttribute('data-value', 'unknown');
  await workbench.showKeys();
  const paste = async (secret: string) => {
    await page.getByRole('button', { name: 'Paste a key or secret' }).click();
    await page.getByLabel(/^PEM, JWK/).fill(secret);
    await page.getByLabel(/shared secret/).check();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  const octets = Buffer.from(sampleKey('hmac32.bin').octets);
  await paste(`hex:${Buffer.from(octets).reverse().toString('hex')}`);
  await expect(workbench.verdict.locator('[data-axis="signature"]')).not.toHaveAttribute('data-value', 'pass');
  await paste(`base64:${octets.toString('base64')}`);
  await expect(workbench.verdict.locator('[data-axis="signature"]')).toHaveAttribute('data-value', 'pass');
});
