/**
 * `npm test`: installs what is missing, then type check, lint, unit tests with vectors, and end-to-end in a real
 * Chromium.
 */
import { spawnSync } from 'node:child_process';
import { buildIfNeeded } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { ROOT, installPackages, requireNode } from './install.mjs';

requireNode();
installPackages();

const results = [];
let passed = 0;
let failed = 0;
let skipped = 0;

/** Runs one stage; `count` reads numbers of tests out of its output, else the stage itself is one test. */
function stage(name, command, args, env = {}, count = null) {
  const started = Date.now();
  console.log(`\n── ${name}`);
  const child = spawnSync(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 1 << 28,
    shell: process.platform === 'win32',
  });
  process.stdout.write(child.stdout ?? '');
  const ok = child.status === 0;
  const counted = count?.(child.stdout ?? '') ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  // A runner that dies without naming a failed test has failed all the same.
  if (!ok && counted.failed === 0) counted.failed = 1;
  passed += counted.passed;
  failed += counted.failed;
  skipped += counted.skipped;
  results.push(`${ok ? 'ok  ' : 'FAIL'} ${name} ${((Date.now() - started) / 1000).toFixed(0)} s`);
}

const plain = (text) => text.replace(/\u001b\[[0-9;]*m/g, '');
const number = (text, pattern) => Number(pattern.exec(text)?.[1] ?? 0);
const vitestCount = (output) => {
  const line = /^\s*Tests\s+(.*)$/m.exec(plain(output))?.[1];
  return line === undefined
    ? null
    : {
        passed: number(line, /(\d+) passed/),
        failed: number(line, /(\d+) failed/),
        skipped: number(line, /(\d+) skipped/),
      };
};
const playwrightCount = (output) => {
  const text = plain(output);
  return {
    passed: number(text, /^\s*(\d+) passed/m),
    failed: number(text, /^\s*(\d+) failed/m),
    skipped: number(text, /^\s*(\d+) skipped/m),
  };
};

const bin = (path) => [`node_modules/${path}`];
stage('type check: engine', process.execPath, [...bin('typescript/bin/tsc'), '-p', 'src/engine/tsconfig.json']);
stage('type check: everything', process.execPath, [...bin('typescript/bin/tsc'), '-p', 'tsconfig.json']);
stage('lint and boundaries', process.execPath, [...bin('oxlint/bin/oxlint'), '--deny-warnings', '--type-aware']);
buildIfNeeded();
stage(
  'unit and vectors',
  process.execPath,
  [...bin('vitest/vitest.mjs'), 'run', '--no-color'],
  { CI: '1' },
  vitestCount,
);
const chromium = await findChromium();
if (chromium === null) {
  console.error('No Chromium could be found or installed; set CHROMIUM_PATH to one.');
  failed += 1;
  results.push('FAIL end to end: no Chromium');
} else {
  stage(
    'end to end',
    process.execPath,
    [...bin('@playwright/test/cli.js'), 'test'],
    { CHROMIUM_PATH: chromium },
    playwrightCount,
  );
}

console.log(`\n${results.join('\n')}\n\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);
