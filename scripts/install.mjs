/** Installs what is missing: the packages of package-lock.json, when node_modules does not match it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Runs a command with its output on the terminal. Ends the process with its status when it fails, unless `tolerate`.
 */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, {
    cwd: ROOT,
    stdio: options.stdio ?? 'inherit',
    env: { ...process.env, ...options.env },
    shell: process.platform === 'win32' && command === 'npm',
  });
  if (result.error && !options.tolerate) {
    console.error(`${command}: ${result.error.message}`);
    process.exit(1);
  }
  if (result.status !== 0 && !options.tolerate) process.exit(result.status ?? 1);
  return result;
}

/** SHA-256 over the files that decide what is installed or built. */
export function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(existsSync(file) ? readFileSync(file) : '').update('\0');
  return hash.digest('hex');
}

export function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    console.error(`Node 20 or newer is needed; this is ${process.version}.`);
    process.exit(1);
  }
}

/**
 * `npm ci` unless the last one was for this very lock file. Development packages are always wanted: they build and
 * test.
 */
export function installPackages() {
  const marker = join(ROOT, 'node_modules', '.installed');
  const wanted = fingerprint([join(ROOT, 'package.json'), join(ROOT, 'package-lock.json')]);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  console.log('Installing packages …');
  run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(marker, wanted);
}
