/**
 * `npm test`: installs what is missing, then format, types, lint, unit tests with vectors and end-to-end tests in a
 * real Chromium. `npm test -- xml` runs the unit tests of one room. `--full` adds the long ones, `--long` runs only what
 * it adds.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { ROOT, installPackages, requireNode } from './install.mjs';
import { ASKED_MORE, LONG_PAGES, LONG_UNIT } from './long-tests.mjs';
import { FORM, endToEnd, runStage, summary, unit } from './stages.mjs';

const args = process.argv.slice(2);
const has = (option) => args.includes(option);
const rooms = args.filter((arg) => !arg.startsWith('--'));

/** Long tests with the others, and everything asked of those that are asked in part. */
const FULL = { WSS_LONG: '1', WSS_FULL: '1', FUZZ_RUNS: '4800', OCTET_CHANGES: '160' };

/** The folders of tests with a room's name; a path or part of one stands for itself. */
function filtersOf(room) {
  const folders = readdirSync(join(ROOT, 'tests'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name === room)
    .map((entry) => `${join(entry.parentPath, entry.name)}/`);
  return folders.length > 0 ? folders : [room];
}

/** End to end, or one failed test where nothing can run them. */
async function pages(files, env) {
  buildIfNeeded();
  const chromium = await findChromium();
  if (chromium !== null) return runStage(endToEnd(chromium, 2, files, env));
  console.error('No Chromium could be found or installed; set CHROMIUM_PATH to one.');
  return { name: 'end to end: no Chromium', ok: false, passed: 0, failed: 1, skipped: 0, seconds: 0 };
}

async function everything(env) {
  const form = await Promise.all(FORM.map(runStage));
  // One after the other: both keep every core busy, and what waits for a page must not wait for digests.
  buildIfNeeded();
  const units = await runStage(unit([], { env }));
  return [...form, units, await pages([], env)];
}

async function onlyLong() {
  const units = await runStage(unit([...LONG_UNIT, ...ASKED_MORE], { name: 'long', env: FULL }));
  return [units, await pages(LONG_PAGES, FULL)];
}

requireNode();
installPackages();

let results;
if (has('--long')) results = await onlyLong();
else if (rooms.length > 0) results = [await runStage(unit(rooms.flatMap(filtersOf), { env: { WSS_LONG: '1' } }))];
else results = await everything(has('--full') ? FULL : {});
process.exit(summary(results));
