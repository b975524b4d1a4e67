/**
 * `npm run check`: format, types, lint, and the unit tests of the rooms that a change is in, without those that take
 * long. Changes are what is not committed; `npm run check -- main` takes all since that commit.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT, installPackages, requireNode } from './install.mjs';
import { FORM, runStage, summary, unit } from './stages.mjs';

function git(...args) {
  const { status, stdout } = spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' });
  return status === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
}

/** Tests of a changed file: itself, or the folder of its room. Null where it has none. */
function testsOf(file) {
  if (file.endsWith('.test.ts')) return existsSync(join(ROOT, file)) ? file : null;
  if (file.startsWith('tests/fixtures/') || !/^(?:src|tests)\//.test(file)) return null;
  const folder = dirname(file).replace(/^src/, 'tests');
  // Beside the rooms, as tests/building: every room has part in it.
  if (folder === 'tests/engine' || folder === 'tests') return null;
  return existsSync(join(ROOT, folder)) ? `${folder}/` : testsOf(`${dirname(file)}.ts`);
}

requireNode();
installPackages();
const [since = 'HEAD'] = process.argv.slice(2);
const changed = [...git('diff', '--name-only', since), ...git('ls-files', '--others', '--exclude-standard')];
const rooms = [...new Set(changed.map(testsOf))].filter((tests) => tests !== null);
const tests = unit(['--project=pure', '--project=apart', '--passWithNoTests', ...rooms, 'tests/architecture/'], {
  name: 'unit tests of what changed',
  env: { WSS_QUICK: '1' },
});
process.exit(summary(await Promise.all([...FORM, tests].map(runStage))));
