/** Without a message the page says what can be done, and offers three samples; a message without security says so. */
import { expect, SIGNED, test, textFile } from './workbench.ts';

test('clearing the message shows where to drop, and samples to begin with', async ({ page, workbench }) => {
  await workbench.open();
  await page.keyboard.press('ControlOrMeta+K');
  await page.getByRole('combobox', { name: 'Search commands and samples' }).fill('clear the message');
  await page.keyboard.press('Enter');
  await expect(workbench.verdict.getByRole('status')).toContainText('No message.');
  await expect(page.getByRole('heading', { name: /^Paste, drop or open/ })).toBeVisible();
  await expect(page.locator('.empty-samples button')).toHaveCount(3);
  await page.locator('.empty-samples button').nth(1).click();
  await workbench.expectHeadline('invalid');
});

test('dropping into the empty state judges at once', async ({ page, workbench }) => {
  await workbench.open();
  await page.getByRole('button', { name: 'Wipe' }).click();
  await expect(workbench.verdict.getByRole('status')).toContainText('No message.');
  await workbench.drop([SIGNED.message]);
  await workbench.expectHeadline('valid-untrusted');
});

test('a plain SOAP message is unsecured, not an error', async ({ workbench }) => {
  await workbench.open();
  await workbench.drop([
    textFile(
      'plain.xml',
      '<soap:Envelope ' +
        'xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><a/></soap:Body></soap:Envelope>',
    ),
  ]);
  await workbench.expectHeadline('unsecured');
  await expect(workbench.verdict.getByRole('status')).toContainText('Unsecured.');
});
