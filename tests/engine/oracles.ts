/** What tests share that ask other programs or the shared test data: each says so when it is absent. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

export const SHARED = resolve(import.meta.dirname, '../../../shared');

/** Whether a command is there; says so when it is not. */
export function hasTool(name: string): boolean {
  const found = spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  if (!found) console.log(`skipped: ${name} is not installed`);
  return found;
}

/** Whether shared test data is there; says so when it is not. */
export function hasShared(path: string): boolean {
  const found = existsSync(join(SHARED, path));
  if (!found) console.log(`skipped: ../shared/${path} is not present`);
  return found;
}

export function scratchFolder(): string {
  return mkdtempSync(join(tmpdir(), 'wss-test-'));
}

/** Runs a command in a folder; what it writes to stdout. */
export function run(folder: string, command: string, ...args: readonly string[]): Buffer {
  return execFileSync(command, [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

export function openssl(folder: string, ...args: readonly string[]): string {
  return run(folder, 'openssl', ...args).toString();
}
