/**
 * `npm test`: installs what is missing, then format, types, lint, unit tests with vectors and end-to-end tests in a
 * real Chromium. `npm test -- xml` runs the unit tests of one room. `--full` asks the long tests everything, `--long`
 * only them.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { ROOT, installPackages, requireNode } from './install.mjs';
import { FORM, endToEnd, runStage, summary, unit } from './stages.mjs';

const args = process.argv.slice(2);
const has = (option) => args.includes(option);
const rooms = args.filter((arg) => !arg.startsWith('--'));

/** What `npm test` asks in part: every fourth vector without WebCrypto, a part of the random messages. */
const LONG = [
  'tests/vectors/signatures.test.ts',
  'tests/vectors/decryption.test.ts',
  'tests/messages/attacks/fuzz.test.ts',
  'tests/messages/attacks/octets.test.ts',
];
const FULL = { WSS_FULL: '1', FUZZ_RUNS: '4800', OCTET_CHANGES: '160' };

/** The folders of tests with a room's name; a path or part of one stands for itself. */
function filtersOf(room) {
  const folders = readdirSync(join(ROOT, 'tests'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name === room)
    .map((entry) => `${join(entry.parentPath, entry.name)}/`);
  return folders.length > 0 ? folders : [room];
}

async function everything(env) {
  const form = [];
  for (const stage of FORM) form.push(await runStage(stage));
  buildIfNeeded();
  const chromium = await findChromium();
  if (chromium === null) console.error('No Chromium could be found or installed; set CHROMIUM_PATH to one.');
  // One after the other: both keep every core busy, and what waits for a page must not wait for digests.
  const units = await runStage(unit([], { env }));
  const pages =
    chromium === null
      ? { name: 'end to end: no Chromium', ok: false, passed: 0, failed: 1, skipped: 0, seconds: 0 }
      : await runStage(endToEnd(chromium, 2));
  return [...form, units, pages];
}

requireNode();
installPackages();

let results;
if (has('--long')) results = [await runStage(unit(LONG, { name: 'long', env: FULL }))];
else if (rooms.length > 0) results = [await runStage(unit(rooms.flatMap(filtersOf)))];
else results = await everything(has('--full') ? FULL : {});
process.exit(summary(results));
