/** Several files at once: the message, a key store and the request it answers are told apart by their octets. */
import { expect, fixture, sampleMessage, SIGNED, test } from './workbench.ts';

test('message, key store and related request dropped together each find their place', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([fixture('client.p12'), fixture('request.xml'), fixture('response.xml')]);
  await expect(page.getByRole('log')).toContainText('message response.xml');
  await expect(page.getByRole('log')).toContainText('request request.xml');
  await expect(page.getByRole('log')).toContainText('key file client.p12');
  // The key store asks for its password in place: the page shows it.
  await expect(page.locator('article[data-file="client.p12"]')).toBeVisible();
  await workbench.showWorkbench();
  await expect(workbench.pane('original')).toContainText('RelatesTo');
  const trace = await workbench.exportedTrace();
  const confirmation = trace.steps.find((step) => step.kind === 'signature-confirmation');
  expect(confirmation?.status).toBe('passed');
});

test('names say nothing: a message without its extension and a key with a wrong one', async ({ workbench }) => {
  await workbench.open();
  await workbench.drop([
    { name: 'data', octets: SIGNED.message.octets },
    { name: 'anchors.xml', octets: SIGNED.trust.octets },
  ]);
  await workbench.expectHeadline('valid-untrusted');
  await workbench.trustFile('anchors.xml');
  await workbench.expectHeadline('valid');
});

test('a second message without a place is named, not swallowed', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.drop([sampleMessage('pc-7bd10367a1.xml'), SIGNED.message]);
  await expect(page.getByRole('log')).toContainText('Left aside: signed.xml');
  await workbench.expectHeadline('invalid');
});

test('the browser’s own chooser takes several files', async ({ workbench }) => {
  await workbench.open();
  await workbench.openFiles([sampleMessage('pc-a48826c361.xml'), fixture('client.crt.pem')]);
  await workbench.expectHeadline('invalid');
});
