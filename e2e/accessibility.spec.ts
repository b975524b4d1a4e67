/** No violation by axe on the wide page in the light, in each view, state and dialog. */
import { walk } from './accessibility-walk.ts';
import { test } from './workbench.ts';

test('wide, light', async ({ page, workbench }) => {
  test.slow();
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await walk(page, workbench, true);
});
