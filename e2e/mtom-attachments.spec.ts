/** An MTOM dump: judged with its parts in place, and the attachments shown beside the Body. */
import { expect, fixture, test } from './workbench.ts';

test('the dump is judged as one message, its parts are listed', async ({ workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('mtom.mime'), fixture('mtom-ca.pem'), fixture('mtom-recipient.pem')]);
  await workbench.expectHeadline('valid-untrusted');
  await workbench.trustFile('mtom-ca.pem');
  await workbench.expectHeadline('valid-weak');
  for (const axis of ['signature', 'decryption', 'trust']) {
    await expect(workbench.verdict.locator(`[data-axis="${axis}"]`)).toHaveAttribute('data-value', 'pass');
  }
  await expect(workbench.pane('original').locator('.pane-summary')).toContainText('multipart');
  await expect(workbench.pane('decoded').locator('.pane-aside')).toContainText(/1 part decrypted · \d+ attachments/);
  await expect(workbench.pane('decoded')).toContainText(/attachment\s·\sapplication\/\S+\s·\s[\d,]+\soctets\s·\s\S+/);
  await expect(workbench.step('attachment')).toContainText(/\d+ of \d+ put in place of xop:Include/);
});

test('without its key it says so, and still lists the attachments', async ({ workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('mtom.mime')]);
  await workbench.expectHeadline('incomplete');
  await expect(workbench.pane('decoded').locator('.pane-aside')).toContainText(/still encrypted · \d+ attachments/);
});
