/**
 * `npm run check`: format, types, lint, and the unit tests that a change can touch, by the import graph, without those
 * that take long. Changes are what is not committed; `npm run check -- main` takes all since that commit.
 */
import { installPackages, requireNode } from './install.mjs';
import { FORM, runStage, summary, unit } from './stages.mjs';

requireNode();
installPackages();
const [since] = process.argv.slice(2);
const changed = unit(
  ['--project=pure', '--project=apart', since === undefined ? '--changed' : `--changed=${since}`, '--passWithNoTests'],
  { name: 'unit tests of what changed', env: { WSS_QUICK: '1' } },
);
process.exit(summary(await Promise.all([...FORM, changed].map(runStage))));
