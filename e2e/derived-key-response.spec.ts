/**
 * A response whose keys are derived from the request's session key: with both dropped together it opens and verifies.
 */
import { expect, fixture, sampleKey, test } from './workbench.ts';

const response = { ...fixture('derived-key-response.xml'), name: 'one.xml' };
const request = { ...fixture('derived-key-request.xml'), name: 'other.xml' };
const key = sampleKey('server-rsa2048.pkcs8.pem');

test('the request gives the secret, whichever file comes first', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([request, key, response]);
  await expect(page.getByRole('log')).toContainText('message one.xml, request other.xml');
  await workbench.expectHeadline('valid-weak');
  for (const axis of ['signature', 'decryption']) {
    await expect(workbench.verdict.locator(`[data-axis="${axis}"]`)).toHaveAttribute('data-value', 'pass');
  }
  await expect(page.getByRole('button', { name: 'Receiver: 1 set' })).toBeVisible();
});

test('without the request it says that the request may hold the key', async ({ workbench }) => {
  await workbench.open();
  await workbench.drop([response, key]);
  await workbench.expectHeadline('incomplete');
  await expect(workbench.verdict.getByRole('status')).toContainText('give the request as well');
});
