/** What the key file tests share: the tools that serve as oracles, a scratch folder, and reading with a fresh budget. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import type { KeyFileContents } from '../../../src/engine/keystore/key-entry.ts';
import { readKeyFile } from '../../../src/engine/keystore/read-key-file.ts';
import type { ReadKeyFileOptions } from '../../../src/engine/keystore/read-key-file.ts';

export const SHARED = resolve(import.meta.dirname, '../../../../shared');

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
  return mkdtempSync(join(tmpdir(), 'wss-keys-'));
}

export function run(folder: string, command: string, ...args: readonly string[]): Buffer {
  return execFileSync(command, [...args], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
}

export function octetsOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

export function readOctets(octets: Uint8Array, options: Partial<ReadKeyFileOptions> = {}): Promise<KeyFileContents> {
  return readKeyFile(octets, { file: 'test', budget: new Budget(), ...options });
}

export function readPath(path: string, options: Partial<ReadKeyFileOptions> = {}): Promise<KeyFileContents> {
  return readOctets(octetsOf(path), options);
}

export const hex = (octets: Uint8Array | undefined | null): string => Buffer.from(octets ?? []).toString('hex');
