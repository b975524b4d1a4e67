/**
 * A defect of the engine is said to be ours: the message stays, a report can be copied without it, and the page goes
 * on.
 */
import { expect, SIGNED, test, textFile } from './workbench.ts';

test.use({ fresh: true });

const SECRET_WORD = 'do-not-copy-this-word';

test('the engine’s own error is called our bug, and the next message is judged as ever', async ({
  page,
  workbench,
}) => {
  // A defect planted in the worker's script: one size of message makes an operation throw that never throws.
  const planted = new TextEncoder().encode(
    '<soap:Envelope ' +
      `xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>${SECRET_WORD}</soap:Body></soap:Envelope>`,
  );
  await page.route(/\/worker\/worker-[\w-]+\.js/, async (route) => {
    const response = await route.fetch();
    const body =
      '{ const { subarray } = Uint8Array.prototype; Uint8Array.prototype.subarray = function (...bounds) { if ' +
      `(this.length === ${planted.length}) throw new RangeError('planted defect'); return subarray.apply(this, ` +
      `bounds); }; }\n${await response.text()}`;
    await route.fulfill({ response, body });
  });
  await workbench.open();
  await workbench.drop([{ name: 'trap.xml', octets: planted }]);
  const status = workbench.verdict.getByRole('status');
  await expect(status).toContainText('This is our bug.');
  await expect(workbench.pane('original')).toContainText(SECRET_WORD);
  await expect(workbench.verdict).not.toHaveAttribute('data-headline');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await workbench.verdict.getByRole('button', { name: 'Copy report' }).click();
  await expect(workbench.verdict.getByRole('button', { name: 'Copied' })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('planted defect');
  expect(report).toContain(`${planted.length} octets (not included)`);
  expect(report).not.toContain(SECRET_WORD);
  await workbench.drop([SIGNED.message, SIGNED.trust]);
  await workbench.expectHeadline('valid-untrusted');
});

test('a worker that does not start is told, not waited for', async ({ page, workbench, watched }) => {
  watched.expected.push(/./);
  await page.route(/\/worker\/worker-[\w-]+\.js/, (route) => route.abort());
  await page.goto('/');
  await expect(workbench.verdict.getByRole('status')).toContainText('This is our bug.');
  await workbench.drop([textFile('any.xml', '<a/>')]);
  await expect(workbench.verdict.getByRole('status')).toContainText('This is our bug.');
});
