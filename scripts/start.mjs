/** `npm start`: installs what is missing, builds, serves the page on loopback and prints the address. */
import { join } from 'node:path';
import { buildIfNeeded } from './build.mjs';
import { ROOT, installPackages, requireNode, run } from './install.mjs';

requireNode();
installPackages();
buildIfNeeded();
run(process.execPath, [join(ROOT, 'dist', 'cli', 'wss.mjs'), 'serve', ...process.argv.slice(2)]);
