/**
 * A locked key file asks for its password in place; a wrong password, damage and an unknown cipher are three different
 * messages.
 */
import type { Page } from '@playwright/test';
import { expect, fixture, test } from './workbench.ts';

const file = (page: Page, name: string) => page.locator(`article[data-file="${name}"]`);

test('a key store opens with its password, after a wrong one was named as such', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('client.p12')]);
  const store = file(page, 'client.p12');
  await expect(store.locator('[data-problem="key-password-needed"]')).toContainText('A password is needed');
  await store.getByLabel(/^Password of/).fill('not this one');
  await store.getByRole('button', { name: 'Unlock' }).click();
  await expect(store.getByRole('alert')).toContainText('The password is wrong');
  // What was typed is not kept in the field.
  await expect(store.getByLabel(/^Password of/)).toHaveValue('');
  await store.getByLabel(/^Password of/).fill('changeit');
  await page.keyboard.press('Enter');
  await expect(store.getByText('key pair')).toBeVisible();
  await expect(store.locator('[data-problem]')).toHaveCount(0);
  await expect(store).toContainText('RSA 2048');
});

test('a Java key store opens in the same way', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('client.jks')]);
  const store = file(page, 'client.jks');
  await store
    .getByLabel(/^Password of/)
    .first()
    .fill('changeit');
  await store.getByRole('button', { name: 'Unlock' }).first().click();
  await expect(store.getByText('key pair')).toBeVisible();
});

test('a damaged file is said to be damaged, whatever the password', async ({ page, workbench }) => {
  await workbench.open();
  const whole = fixture('client.p12').octets;
  await workbench.drop([{ name: 'cut.p12', octets: whole.slice(0, whole.length - 700) }]);
  const store = file(page, 'cut.p12');
  await expect(store.getByRole('alert')).toContainText('The file is damaged');
  await expect(store.getByRole('button', { name: 'Unlock' })).toHaveCount(0);
});

test('a cipher that is not supported is named as such, and asks for no password again', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('aria.pk8.pem')]);
  const store = file(page, 'aria.pk8.pem');
  const unlock = store.getByRole('button', { name: 'Unlock' });
  await expect(store.locator('[data-problem]')).toBeVisible();
  if ((await unlock.count()) > 0) {
    await store.getByLabel(/^Password of/).fill('changeit');
    await unlock.click();
  }
  await expect(store.getByRole('alert')).toContainText('encrypted with a cipher that is not supported');
  await expect(unlock).toHaveCount(0);
});
