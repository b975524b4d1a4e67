/** The message is judged as of a time that the user sets, with a tolerance; the verdict follows at once. */
import { expect, sampleMessage, test } from './workbench.ts';

/** A message with five minutes to live, made on 22 November 2026. */
const MESSAGE = sampleMessage('order-signed.xml');

test('an expired message is current at the time it was made, and expired again as of now', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.chooseSample('Expired Timestamp');
  await workbench.expectHeadline('valid-stale');
  const created = (await workbench.exportedTrace()).tokens.find((token) => token.kind === 'Timestamp')?.data['created'];
  await workbench.setClock(String(created).slice(0, 19));
  await workbench.expectHeadline('valid');
  await expect(workbench.verdict.locator('[data-axis="freshness"]')).toHaveAttribute('data-value', 'pass');
  await page.getByRole('button', { name: /^Judged as of/ }).click();
  await page.getByRole('radio', { name: 'now' }).check();
  await page.keyboard.press('Escape');
  await workbench.expectHeadline('valid-stale');
});

test('the tolerance decides at the edge', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Expired Timestamp');
  await workbench.expectHeadline('valid-stale');
  const expires = Date.parse(
    String((await workbench.exportedTrace()).tokens.find((token) => token.kind === 'Timestamp')?.data['expires']),
  );
  await workbench.setClock(new Date(expires + 100_000).toISOString().slice(0, 19));
  await expect(workbench.verdict.locator('[data-axis="freshness"]')).toHaveAttribute('data-value', 'fail');
  await page.getByRole('button', { name: /^Judged as of/ }).click();
  await page.getByLabel('Tolerance for clocks, in seconds').fill('101');
  await expect(workbench.verdict.locator('[data-axis="freshness"]')).toHaveAttribute('data-value', 'pass');
  await page.getByLabel('Tolerance for clocks, in seconds').fill('99');
  await expect(workbench.verdict.locator('[data-axis="freshness"]')).toHaveAttribute('data-value', 'fail');
});

test('a message of one’s own is judged as of when it was made, and the choice of another time stays', async ({
  page,
  workbench,
}) => {
  await workbench.open();
  await workbench.openFiles([MESSAGE]);
  const clock = page.getByRole('button', { name: /^Judged as of/ });
  const freshness = workbench.verdict.locator('[data-axis="freshness"]');
  await expect(clock).toContainText('when made');
  await expect(freshness).toHaveAttribute('data-value', 'pass');
  await expect(freshness).toContainText(/in time when made, \d+ \w+ late by now/);
  await clock.click();
  await expect(page.getByRole('radio', { name: /when the message was made \(2026-11-22T09:30:00Z\)/ })).toBeChecked();
  await page.getByRole('radio', { name: 'now' }).check();
  await page.keyboard.press('Escape');
  await expect(freshness).toHaveAttribute('data-value', 'fail');
  await workbench.openFiles([MESSAGE]);
  await expect(clock).toHaveAccessibleName('Judged as of now');
  await expect(freshness).toHaveAttribute('data-value', 'fail');
});
