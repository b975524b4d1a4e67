/**
 * A sound signature over a moved Body is no protection: the wrapping is named, and the Body that is read is shown as
 * unprotected.
 */
import { expect, test } from './workbench.ts';

test('the wrapping sample is wrapped, with the verified and the consumed element', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Wrapped Body');
  await workbench.expectHeadline('wrapped');
  await expect(workbench.verdict.getByRole('status')).toContainText('Wrapped.');
  await expect(workbench.verdict.locator('[data-axis="signature"]')).toHaveAttribute('data-value', 'pass');
  await expect(workbench.verdict.locator('[data-axis="coverage"]')).not.toHaveAttribute('data-value', 'full');
  const trace = await workbench.exportedTrace();
  const wrapping = trace.findings.find((finding) => finding.code.startsWith('XSW-'));
  expect(wrapping?.severity).toBe('error');
  expect(wrapping?.ranges.length).toBe(2);
  const body = trace.coverage.find((entry) => entry.role === 'Body');
  expect(body?.signed).toBe('none');
  await workbench.editor('secured');
  await expect(workbench.pane('secured').locator('.wss-note').filter({ hasText: 'unprotected' }).first()).toBeVisible();
  await workbench.leftTab('Findings');
  await expect(page.locator(`.finding[data-code="${wrapping?.code}"]`)).toBeVisible();
});

test('a signed Body has the strip of verified octets beside it, the wrapped one has none', async ({ workbench }) => {
  await workbench.open();
  await workbench.editor('decoded');
  await expect(workbench.pane('decoded').locator('.wss-strip-signed').first()).toBeAttached();
  await workbench.chooseSample('Wrapped Body');
  await workbench.expectHeadline('wrapped');
  await expect(workbench.pane('decoded').locator('.wss-strip-signed')).toHaveCount(0);
});
