/** Pasting a message replaces the sample and judges it: with the keys anywhere on the page, and through the dialog. */
import { expect, SIGNED, test } from './workbench.ts';

const signed = new TextDecoder().decode(SIGNED.message.octets);

test('pasting on the page judges what was pasted, without the sample’s trust anchors', async ({ workbench }) => {
  await workbench.open();
  await workbench.paste(signed.replace('</soap:Body>', 'x</soap:Body>'));
  await workbench.expectHeadline('invalid');
  await expect(workbench.pane('original').locator('.pane-summary')).toContainText('as received');
  await workbench.paste(signed);
  // The everyday sample is valid with its anchors; pasted by a stranger it has none.
  await workbench.expectHeadline('valid-untrusted');
});

test('the dialog takes an HTTP dump and a message in base64', async ({ page, workbench }) => {
  await workbench.open();
  const pasteInDialog = async (text: string) => {
    await page.keyboard.press('Alt+V');
    const dialog = page.getByRole('dialog', { name: 'Paste a message or a key' });
    await dialog.getByRole('textbox').fill(text);
    await dialog.getByRole('button', { name: 'Judge it' }).click();
    await expect(dialog).toBeHidden();
  };
  await pasteInDialog(
    `POST /order HTTP/1.1\r\nHost: example.org\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n${signed}`,
  );
  await workbench.expectHeadline('valid-untrusted');
  await pasteInDialog(Buffer.from(signed.replace('</soap:Body>', 'x</soap:Body>')).toString('base64'));
  await workbench.expectHeadline('invalid');
  await pasteInDialog(Buffer.from(signed).toString('base64'));
  await workbench.expectHeadline('valid-untrusted');
});

test('text pasted into a field stays in the field', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.showKeys();
  await page.getByRole('button', { name: 'Paste a key or secret' }).click();
  const field = page.getByLabel(/^PEM, JWK/);
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((text) => navigator.clipboard.writeText(text), '<not-a-message/>');
  await field.focus();
  await page.keyboard.press('ControlOrMeta+V');
  await expect(field).toHaveValue('<not-a-message/>');
  await workbench.expectHeadline('valid');
});
