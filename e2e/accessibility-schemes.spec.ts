/** No violation by axe in the dark, and on a narrow page in both schemes. */
import { expectNone, walk } from './accessibility-walk.ts';
import { test } from './workbench.ts';

test('wide, dark', async ({ page, workbench }) => {
  test.slow();
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await walk(page, workbench, false);
});

for (const scheme of ['light', 'dark'] as const) {
  test(`390 wide, ${scheme}`, async ({ page, workbench }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 844 });
    await workbench.open();
    for (const tab of ['Message', 'Trace', 'Octets', 'Keys']) {
      await page.getByRole('tablist', { name: 'Workbench' }).getByRole('tab', { name: tab }).click();
      await expectNone(page, tab);
    }
    await page.getByRole('button', { name: 'More' }).click();
    await expectNone(page, 'menu');
  });
}
