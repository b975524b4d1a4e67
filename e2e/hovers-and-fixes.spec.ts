/**
 * Hovering explains what an element or algorithm is, with its clause; a URI that is nearly right is squiggled and can
 * be replaced.
 */
import { expect, SIGNED, test, textFile } from './workbench.ts';

test('an element is explained with the clause that defines it', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  const editor = await workbench.editor('original');
  await workbench.selectText('<SignedInfo>');
  await editor
    .locator('.view-line')
    .filter({ hasText: '<CanonicalizationMethod' })
    .getByText('CanonicalizationMethod')
    .hover();
  const card = page.locator('.monaco-hover:visible');
  await expect(card).toContainText('CanonicalizationMethod');
  await expect(card.locator('em')).toContainText(/§|4\./);
});

test('an algorithm is explained by its URI', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  const editor = await workbench.editor('original');
  await workbench.selectText('<SignedInfo>');
  await editor.getByText('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256').first().hover();
  await expect(page.locator('.monaco-hover:visible')).toContainText(/RSA/);
});

test('a near miss is squiggled with the right URI, and the quick fix puts it in', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('As zeep signs');
  await workbench.expectHeadline('valid');
  const wrong = new TextDecoder()
    .decode(SIGNED.message.octets)
    .replace('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha-256');
  await workbench.drop([textFile('near-miss.xml', wrong)]);
  await expect(workbench.verdict).toHaveAttribute('data-headline', /^(unsupported|invalid|incomplete)$/);
  await expect(workbench.verdict).toHaveAttribute('aria-busy', 'false');
  const editor = await workbench.editor('original');
  await workbench.selectText('xmlenc#sha-256');
  await expect(editor.locator('.squiggly-warning').first()).toBeAttached();
  await page.keyboard.press('ArrowLeft');
  // One fix there is: it is made at once.
  await page.keyboard.press('ControlOrMeta+.');
  // The message is again what its sender signed.
  await workbench.expectHeadline('valid-untrusted');
  await expect(editor.locator('.squiggly-warning')).toHaveCount(0);
});

test('what a finding says stands in the hover of its squiggle', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.chooseSample('Text changed after signing');
  await workbench.expectHeadline('invalid');
  const editor = await workbench.editor('original');
  const count = (await workbench.exportedTrace()).findings.filter((finding) => finding.ranges.length > 0).length;
  expect(count).toBeGreaterThan(0);
  await workbench.selectText('</ds:DigestValue>');
  await expect(editor.locator('.squiggly-error').first()).toBeAttached();
  // Behind the text it underlines.
  await editor
    .locator('.squiggly-error')
    .first()
    .hover({ force: true, position: { x: 200, y: 8 } });
  await expect(page.locator('.monaco-hover:visible')).toContainText(/digest|differs|changed/i);
});
