/** A session key is shown by length and fingerprint; its octets leave the worker only when its user asks. */
import { constants, createHash, privateDecrypt } from 'node:crypto';
import { expect, sampleKey, sampleMessage, test } from './workbench.ts';

/** What OpenSSL makes of the message's EncryptedKey. */
function sessionKey(): Buffer {
  const text = Buffer.from(sampleMessage('pc-19dafeba51.xml').octets).toString('utf8');
  const cipher = /<xenc:EncryptedKey[\s\S]*?<xenc:CipherValue>([^<]+)</.exec(text)?.[1] ?? '';
  const key = Buffer.from(sampleKey('server-rsa2048.pkcs8.pem').octets).toString('utf8');
  return privateDecrypt(
    { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(cipher.replaceAll(/\s|&#13;/g, ''), 'base64'),
  );
}

test('the key is revealed on demand, hidden again, and forgotten by Wipe', async ({ page, workbench }) => {
  const key = sessionKey();
  await workbench.open();
  await workbench.chooseSample('Signed and encrypted');
  await workbench.expectSettled('valid-partial');
  await workbench.step('encrypted-key').first().click();
  await workbench.evidenceTab('Explain');
  const panel = page.getByRole('tabpanel', { name: 'Explain' });
  await expect(panel).toContainText(createHash('sha256').update(key).digest('hex').slice(0, 16));
  await expect(panel).toContainText('128');
  expect(await page.content()).not.toContain(key.toString('base64'));
  expect((await workbench.export('Trace as JSON')).toString('utf8')).not.toContain(key.toString('hex'));
  await panel.getByRole('button', { name: 'Reveal the key' }).click();
  const shown = panel.getByRole('region', { name: 'Key octets' });
  await expect(shown).toContainText(key.toString('base64'));
  await expect(shown).toContainText(key.toString('hex').replaceAll(/(.{8})(?=.)/g, '$1 '));
  await shown.getByRole('button', { name: 'Hide the key' }).click();
  await expect(shown).toHaveCount(0);
  await panel.getByRole('button', { name: 'Reveal the key' }).click();
  await expect(shown).toBeVisible();
  await page.getByRole('button', { name: /^Wipe/ }).click();
  await expect(shown).toHaveCount(0);
  expect(await page.content()).not.toContain(key.toString('base64'));
});
