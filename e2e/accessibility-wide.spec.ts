/** No violation by axe on the wide page, in each view, state and dialog, and on the narrow one in the dark. */
import { narrowWalk, walk } from './accessibility-walk.ts';
import { test } from './workbench.ts';

for (const scheme of ['light', 'dark'] as const) {
  test(`wide, ${scheme}`, async ({ page, workbench }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await walk(page, workbench, scheme === 'light');
  });
}

test('390 wide, dark', async ({ page, workbench }) => {
  await narrowWalk(page, workbench, 'dark');
});
