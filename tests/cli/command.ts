/** Runs the built command; builds it first where a source is newer. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMMAND = join(ROOT, 'dist/cli/wss.mjs');

export const MESSAGES = join(ROOT, 'tests/fixtures/messages');

function newest(folder: string): number {
  return Math.max(0, ...readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

let built = false;

function build(): void {
  if (built) return;
  built = true;
  const sources = Math.max(...['src/cli', 'src/engine', 'src/content'].map((folder) => newest(join(ROOT, folder))), statSync(join(ROOT, 'scripts/build-cli.mjs')).mtimeMs);
  if (existsSync(COMMAND) && statSync(COMMAND).mtimeMs > sources) return;
  const result = spawnSync(process.execPath, [join(ROOT, 'scripts/build-cli.mjs')], { cwd: ROOT, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(result.stderr);
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function wss(args: readonly string[], options: { readonly input?: string | Uint8Array; readonly env?: Record<string, string> } = {}): Ended {
  build();
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { cwd: MESSAGES, encoding: 'utf8', env: { PATH: process.env['PATH'], ...options.env }, ...(options.input === undefined ? {} : { input: options.input }) });
  return { status, stdout, stderr };
}
