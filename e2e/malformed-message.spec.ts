/**
 * A message that is not well-formed: the place is marked, what was expected is said, and what stands before it is still
 * shown.
 */
import { expect, SIGNED, test, textFile } from './workbench.ts';

test('a missing > is marked at its offset, and the headers before it are still listed', async ({ page, workbench }) => {
  await workbench.open();
  const text = new TextDecoder().decode(SIGNED.message.octets);
  const at = text.lastIndexOf('<soap:Body');
  const end = text.indexOf('>', at);
  const broken = text.slice(0, end) + text.slice(end + 1);
  await workbench.drop([textFile('broken.xml', broken)]);
  await workbench.expectHeadline('malformed');
  const trace = await workbench.exportedTrace();
  const [range] = trace.findings[0]?.ranges ?? [];
  // The error is seen where `<` of the next tag stands in the place of an attribute.
  expect(range?.start).toBe(broken.indexOf('<', end));
  await expect(workbench.step('parse')).toHaveClass(/step-failed/);
  for (const header of ['app:Trace', 'wsse:Security', 'Signature', 'wsse:BinarySecurityToken']) {
    await expect(workbench.pane('secured')).toContainText(`<${header}`);
  }
  await workbench.editor('original');
  const squiggle = workbench.pane('original').locator('.squiggly-error');
  await expect(squiggle.first()).toBeAttached();
  await workbench.leftTab('Findings');
  await expect(page.locator('.finding').first()).toBeVisible();
});

test('half a message: the tree before the end is shown, later steps say why they were not reached', async ({
  workbench,
}) => {
  await workbench.open();
  await workbench.chooseSample('Cut off in the middle');
  await workbench.expectHeadline('malformed');
  await expect(workbench.verdict.getByRole('status')).toContainText('Malformed.');
  await expect(workbench.pane('secured')).toContainText('Envelope');
});

test('a DOCTYPE is refused at its position', async ({ workbench }) => {
  await workbench.open();
  const octets = `<!DOCTYPE a [<!ENTITY b "c">]>${new TextDecoder().decode(SIGNED.message.octets)}`;
  await workbench.drop([textFile('doctype.xml', octets)]);
  await workbench.expectHeadline('refused');
  const trace = await workbench.exportedTrace();
  expect(trace.findings[0]?.ranges[0]?.start).toBe(0);
});
