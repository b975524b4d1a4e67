/**
 * Finds a Chromium for the end-to-end tests: one that is there, else Playwright's, else the system's package manager.
 */
import { existsSync } from 'node:fs';
import { ROOT, run } from './install.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function onPath() {
  for (const name of NAMES) {
    const found = run(process.platform === 'win32' ? 'where' : 'which', [name], { tolerate: true, stdio: 'pipe' });
    const path = found.status === 0 ? found.stdout.toString().split('\n')[0].trim() : '';
    if (path && works(path)) return path;
  }
  return PLACES.find((path) => existsSync(path)) ?? null;
}

function works(path) {
  return run(path, ['--version'], { tolerate: true, stdio: 'pipe' }).status === 0;
}

async function playwrights() {
  const { chromium } = await import('playwright');
  return existsSync(chromium.executablePath()) ? chromium.executablePath() : null;
}

/** Path of a Chromium that starts, installing one where none is; null where every way failed. */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given && works(given)) return given;
  const there = onPath() ?? (await playwrights());
  if (there) return there;
  console.log('No Chromium found: installing one …');
  run(process.execPath, [`${ROOT}/node_modules/playwright/cli.js`, 'install', 'chromium'], { tolerate: true });
  const downloaded = await playwrights();
  if (downloaded) {
    run(process.execPath, [`${ROOT}/node_modules/playwright/cli.js`, 'install-deps', 'chromium'], { tolerate: true });
    if (works(downloaded)) return downloaded;
  }
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const managers = [
    [
      'apt-get',
      [
        ['apt-get', 'update', '-qq'],
        ['apt-get', 'install', '-y', '-qq', 'chromium'],
      ],
    ],
    ['dnf', [['dnf', 'install', '-y', 'chromium']]],
    ['pacman', [['pacman', '-S', '--noconfirm', 'chromium']]],
    ['apk', [['apk', 'add', 'chromium']]],
    ['brew', [['brew', 'install', '--cask', 'chromium']]],
  ];
  for (const [manager, commands] of managers) {
    if (run('which', [manager], { tolerate: true, stdio: 'pipe' }).status !== 0) continue;
    for (const command of commands) {
      const [program, ...args] = manager === 'brew' ? command : [...sudo, ...command];
      run(program, args, { tolerate: true, env: { DEBIAN_FRONTEND: 'noninteractive' } });
    }
    const installed = onPath();
    if (installed) return installed;
  }
  return null;
}
