/** Octets of a shared secret are offered as one, for what the message asks for, instead of being refused. */
import { expect, sampleKey, sampleMessage, test } from './workbench.ts';

const SECRET = sampleKey('hmac32.bin');

test('a dropped .bin is offered for the name that the message asks for; one click and it verifies', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.drop([sampleMessage('pc-75dd3ee961.xml'), SECRET]);
  const offer = page.locator('[data-file="hmac32.bin"] .secret-offer');
  await expect(offer).toContainText('These 32 octets are no key file. Are they a shared secret?');
  await workbench.expectHeadline('incomplete');
  await offer.getByRole('button', { name: /^Use it for KeyName / }).click();
  await expect(page.locator('[data-file="hmac32.bin"] .key-row')).toContainText('secret');
  await expect(page.locator('[data-file="hmac32.bin"] .key-row')).toContainText('256 bit');
  await expect(offer).toHaveCount(0);
  await expect(workbench.verdict.locator('[data-axis="signature"]')).toHaveAttribute('data-value', 'pass');
});

test('its name says nothing: octets that are no text are a secret too, for any name', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([{ name: 'shared', octets: SECRET.octets }]);
  const offer = page.locator('[data-file="shared"] .secret-offer');
  await expect(offer).toContainText('derived keys');
  await offer.getByRole('button', { name: 'Use as a shared secret' }).click();
  await expect(page.locator('[data-file="shared"] .key-row')).toContainText('secret');
  await workbench.drop([sampleMessage('pc-75dd3ee961.xml')]);
  await expect(workbench.verdict.locator('[data-axis="signature"]')).toHaveAttribute('data-value', 'pass');
});
