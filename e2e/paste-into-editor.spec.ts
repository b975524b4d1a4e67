/** Pasting into the text: a whole message is the next message, a piece is an edit in its place, laid out or not. */
import type { Page } from '@playwright/test';
import { expect, sampleMessage, SIGNED, test, type WorkbenchPage } from './workbench.ts';

const signed = new TextDecoder().decode(SIGNED.message.octets);

async function pasteIntoText(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('ControlOrMeta+V');
}

async function enterText(page: Page, workbench: WorkbenchPage): Promise<void> {
  await workbench.editor('original');
  await workbench.pane('original').locator('.wss-editor').focus();
  await page.keyboard.press('Enter');
}

test('a whole message pasted into a text that is laid out is judged, as it was pasted', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([sampleMessage('pc-19dafeba51.xml')]);
  await workbench.expectHeadline('incomplete');
  for (const selectAll of [false, true]) {
    await enterText(page, workbench);
    if (selectAll) await page.keyboard.press('ControlOrMeta+A');
    const message = selectAll ? signed : signed.replace('</soap:Body>', 'x</soap:Body>');
    await pasteIntoText(page, message);
    await workbench.expectHeadline(selectAll ? 'valid-untrusted' : 'invalid');
    await expect(workbench.pane('original').locator('.pane-summary')).toContainText(
      `as received · ${new TextEncoder().encode(message).length.toLocaleString('en')} octets`,
    );
  }
});

test('a piece pasted over a selection of a text that is laid out takes its place, and nothing else changes', async ({
  page,
  workbench,
}) => {
  const message = sampleMessage('pc-75dd3ee961.xml');
  const text = new TextDecoder().decode(message.octets);
  const value =
    /<app:item[^>]*>([^<]+)</.exec(text)?.[1] ?? /<soap[^:]*:Body[^]*?>([^<>\s][^<]*)</.exec(text)?.[1] ?? '';
  expect(value).not.toBe('');
  await workbench.open();
  await workbench.drop([message]);
  await expect(workbench.pane('original')).toContainText(value);
  await workbench.selectText(value);
  await pasteIntoText(page, `${value} and more`);
  await expect(workbench.pane('original').locator('.pane-summary')).toContainText(
    `edited here · ${(message.octets.length + ' and more'.length).toLocaleString('en')} octets`,
  );
});
