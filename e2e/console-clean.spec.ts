/** A whole session leaves the console empty and violates no policy: `watched` of every test fails on one line. */
import { SAMPLES } from '../src/content/samples/entries.ts';
import { expect, fixture, SIGNED, test } from './workbench.ts';

test('a session through every view, tab, dialog, export and theme says nothing on the console', async ({
  page,
  workbench,
  watched,
}) => {
  await workbench.open();
  for (const sample of SAMPLES.slice(0, 6)) {
    await workbench.chooseSample(sample.title);
    await workbench.expectHeadline(sample.headline);
  }
  await workbench.drop([SIGNED.message, SIGNED.trust, fixture('client.crt.pem')]);
  await workbench.expectHeadline('valid-untrusted');
  for (const tab of ['Findings', 'Tokens', 'Certificates', 'Trace'] as const) await workbench.leftTab(tab);
  for (const tab of ['Octets', 'Origin', 'Explain'] as const) await workbench.evidenceTab(tab);
  await workbench.selectText('<SignedInfo>');
  await workbench.pane('original').getByText('CanonicalizationMethod').first().hover();
  await expect(page.locator('.monaco-hover:visible')).toBeVisible();
  for (const item of ['Report as JSON', 'Printable report', 'Trace as JSON'] as const) await workbench.export(item);
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.getByRole('button', { name: /^Theme/ }).click();
  await page.setViewportSize({ width: 700, height: 800 });
  await expect(page.getByRole('tablist', { name: 'Workbench' })).toBeVisible();
  await page.setViewportSize({ width: 1440, height: 900 });
  await workbench.showKeys();
  await page.getByRole('button', { name: 'Wipe', exact: true }).click();
  await expect(workbench.verdict.getByRole('status')).toContainText('No message.');
  expect(watched.problems).toEqual([]);
});

test('the watch itself works: an error, a warning and a violation are each seen', async ({
  page,
  workbench,
  watched,
}) => {
  await workbench.open();
  watched.expected.push(/./);
  await page.evaluate(() => {
    console.warn('planted warning');
  });
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('planted error');
    });
  });
  await page.evaluate(() => fetch('https://example.org/').catch(() => undefined));
  await expect.poll(() => watched.problems.join('\n')).toMatch(/planted warning[^]*/);
  await expect.poll(() => watched.problems.some((problem) => problem.startsWith('uncaught: planted error'))).toBe(true);
  await expect
    .poll(() => watched.problems.some((problem) => problem.includes('policy violation: connect-src')))
    .toBe(true);
});
