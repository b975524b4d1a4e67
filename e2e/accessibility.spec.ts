/** No violation by axe on the narrow page in the light; the wide one and the dark: accessibility-wide.spec.ts. */
import { narrowWalk } from './accessibility-walk.ts';
import { test } from './workbench.ts';

test('390 wide, light', async ({ page, workbench }) => {
  await narrowWalk(page, workbench, 'light');
});
