/** Editing the original judges it anew: soon, and never with the result of an older text. */
import { expect, test } from './workbench.ts';

test('one character in the Body turns the verdict within half a second', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.selectText('</soap:Body>');
  await page.keyboard.press('ArrowLeft');
  await page.evaluate(() => {
    const verdict = document.querySelector('section.verdict')!;
    const times = { pressed: 0, turned: 0 };
    (globalThis as unknown as { times: typeof times }).times = times;
    addEventListener('keydown', () => { times.pressed ||= performance.now(); }, true);
    new MutationObserver(() => {
      if (verdict.getAttribute('data-headline') === 'invalid') times.turned ||= performance.now();
    }).observe(verdict, { attributes: true });
  });
  await page.keyboard.type('x');
  await workbench.expectHeadline('invalid');
  const times = await page.evaluate(() => (globalThis as unknown as { times: { pressed: number; turned: number } }).times);
  expect(times.turned - times.pressed).toBeLessThan(500);
  await expect(workbench.pane('original').locator('.pane-summary')).toContainText('edited here');
  await page.keyboard.press('Backspace');
  await workbench.expectHeadline('valid');
});

test('fast typing ends with the verdict on the last text, never with one on an older', async ({ page, workbench }) => {
  await workbench.open();
  await workbench.selectText('</soap:Body>');
  await page.keyboard.press('ArrowLeft');
  // Every verdict that claims to speak of the screen, with the length it spoke of.
  await page.evaluate(() => {
    const verdict = document.querySelector('section.verdict')!;
    const seen: string[] = [];
    (globalThis as unknown as { seen: string[] }).seen = seen;
    new MutationObserver(() => {
      const headline = verdict.getAttribute('data-headline');
      if (headline) seen.push(`${headline} ${document.querySelector('[data-pane="original"] .pane-summary')?.textContent ?? ''}`);
    }).observe(verdict, { attributes: true });
  });
  await page.keyboard.type('abcdefghijklmnopqrstuvwxyz', { delay: 15 });
  for (let index = 0; index < 26; index++) await page.keyboard.press('Backspace');
  await workbench.expectHeadline('valid');
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  const size = (entry: string) => Number(/([\d,]+) octets/.exec(entry)?.[1]?.replaceAll(',', ''));
  const full = size(seen.at(-1) ?? '');
  expect(full).toBeGreaterThan(0);
  for (const entry of seen) expect(entry.startsWith(size(entry) === full ? 'valid ' : 'invalid '), entry).toBe(true);
  const trace = await workbench.exportedTrace();
  expect(trace.input.size).toBe(full);
});
