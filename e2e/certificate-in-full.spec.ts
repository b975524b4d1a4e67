/**
 * A certificate opens to everything in it, and can be taken away as PEM and DER; the worker reads it when it is asked.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, sampleKey, test } from './workbench.ts';

/** What OpenSSL makes of it. */
const ROOT = new X509Certificate(sampleKey('example-root-ca.pem').octets);
const NAME = 'Example Root CA';

async function saved(page: Page, button: string): Promise<Buffer> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  return readFileSync(await (await download).path());
}

test('a certificate opens to its names, fields and extensions, and closes again', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.leftTab('Certificates');
  const panel = page.getByRole('tabpanel', { name: 'Certificates' });
  await panel.getByRole('button', { name: `Show in full: ${NAME}` }).click();
  const full = panel.getByRole('region', { name: /^Certificate .*Example Root CA/ });
  const sha1 = Buffer.from(ROOT.fingerprint.replaceAll(':', ''), 'hex');
  await expect(full).toContainText(sha1.toString('base64'));
  await expect(full).toContainText(BigInt(`0x${ROOT.serialNumber}`).toString());
  await expect(full).toContainText(ROOT.fingerprint256.replaceAll(':', '').toLowerCase());
  await expect(full).toContainText('Basic Constraints');
  await expect(full).toContainText('CA');
  await expect(full).toContainText('2.5.29.19');
  await expect(full).toContainText('sha256WithRSAEncryption');
  await panel.getByRole('button', { name: `Close: ${NAME}` }).click();
  await expect(full).toHaveCount(0);
});

test('its text, PEM and DER can be taken', async ({ page, context, workbench }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.open();
  await workbench.leftTab('Certificates');
  await page.getByRole('button', { name: `Show in full: ${NAME}` }).click();
  expect(await saved(page, 'Save DER')).toEqual(ROOT.raw);
  expect((await saved(page, 'Save PEM')).toString()).toBe(ROOT.toString());
  await page.getByRole('button', { name: 'Copy PEM' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(ROOT.toString());
  await page.getByRole('radio', { name: 'text' }).first().click();
  const text = page.getByRole('region', { name: /^Certificate .*Example Root CA/ }).locator('pre');
  await expect(text).toContainText('Certificate:');
  await expect(text).toContainText('Basic Constraints: critical');
  await page.getByRole('button', { name: 'Copy text' }).click();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain('Basic Constraints: critical');
});
