/** Runs the stages of a test: their output as it comes, each line under the stage's name, and what they counted. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ROOT } from './install.mjs';

/**
 * A stage: `args` for node; `count`, where it has a report of its own to read numbers of tests from, else the stage
 * itself is one test.
 *
 * @typedef {{ name: string, args: string[], env?: Record<string, string>, count?: (report: object) => Count }} Stage
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 * @typedef {Count & { name: string, ok: boolean, seconds: number }} Result
 */

/** Numbers of vitest's JSON report. */
export const countVitest = ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests }) => ({
  passed: numPassedTests,
  failed: numFailedTests,
  skipped: numPendingTests + numTodoTests,
});

/** Numbers of Playwright's JSON report. A test that passed when run once more has passed; its line says so. */
export const countPlaywright = ({ stats }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected,
  skipped: stats.skipped,
});

function readCount(file, count) {
  if (count === undefined || !existsSync(file)) return null;
  return count(JSON.parse(readFileSync(file, 'utf8')));
}

/** @param {Stage} stage @returns {Promise<Result>} */
export async function runStage({ name, args, env = {}, count }) {
  const started = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'wss-test-'));
  const report = join(folder, 'report.json');
  const child = spawn(
    process.execPath,
    args.map((arg) => arg.replace('REPORT', report)),
    {
      cwd: ROOT,
      env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => console.log(`${name} │ ${line}`));
  }
  const status = await new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('close', resolve);
  });
  const ok = status === 0;
  const counted = readCount(report, count) ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  rmSync(folder, { recursive: true });
  // A runner that dies without naming a failed test has failed all the same.
  if (!ok && counted.failed === 0) counted.failed = 1;
  return { ...counted, name, ok, seconds: (Date.now() - started) / 1000 };
}

/** Prints a line a stage and the sum; gives the status to end with. @param {Result[]} results */
export function summary(results) {
  const sum = (member) => results.reduce((total, result) => total + result[member], 0);
  console.log();
  for (const { name, ok, seconds } of results) console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} ${seconds.toFixed(0)} s`);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return sum('failed') === 0 ? 0 : 1;
}

const bin = (path) => `node_modules/${path}`;

/** Types of a project; what has not changed since the last time is not looked at again. @returns {Stage} */
const types = (name, project) => ({
  name,
  args: [bin('typescript/bin/tsc'), '-p', project, '--incremental', '--tsBuildInfoFile', buildInfo(name)],
});
const buildInfo = (name) => join('node_modules/.cache/types', `${name.replaceAll(' ', '-')}.tsbuildinfo`);

/** What a change must pass before anything runs. @type {Stage[]} */
export const FORM = [
  { name: 'format', args: [bin('oxfmt/bin/oxfmt'), '--check'] },
  types('types of the engine', 'src/engine/tsconfig.json'),
  types('types', 'tsconfig.json'),
  { name: 'lint', args: [bin('oxlint/bin/oxlint'), '--deny-warnings', '--type-aware'] },
];

/** Unit tests: those of `filters`, or all. @returns {Stage} */
export const unit = (filters = [], { name = 'unit', env = {} } = {}) => ({
  name,
  args: [
    bin('vitest/vitest.mjs'),
    'run',
    '--no-color',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=REPORT',
    ...filters,
  ],
  env: { CI: '1', ...env },
  count: countVitest,
});

/** End-to-end tests in this Chromium: those of `files`, or all. @returns {Stage} */
export const endToEnd = (chromium, workers, files = [], env = {}) => ({
  name: 'end to end',
  args: [bin('@playwright/test/cli.js'), 'test', '--reporter=list,json', `--workers=${workers}`, ...files],
  env: { CHROMIUM_PATH: chromium, ...env },
  count: countPlaywright,
});
