/**
 * Runs the built command; builds it first, once for each state of the sources, apart from dist/, where others may build
 * meanwhile.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILDS = join(ROOT, 'node_modules/.cache/wss-cli');

export const MESSAGES = join(ROOT, 'tests/fixtures/messages');

function newest(folder: string): number {
  return Math.max(
    0,
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  );
}

let command: string | null = null;

/**
 * Path of the command as the sources are now. Test files run beside each other: each builds in a folder of its own, the
 * first to be done names it.
 */
export function builtCommand(): string {
  if (command !== null) return command;
  const sources = Math.max(
    ...['src/cli', 'src/engine', 'src/content', 'src/second-opinion'].map((folder) => newest(join(ROOT, folder))),
    statSync(join(ROOT, 'scripts/build-cli.mjs')).mtimeMs,
  );
  const folder = join(BUILDS, String(Math.round(sources)));
  command = join(folder, 'wss.mjs');
  if (existsSync(command)) return command;
  const own = `${folder}-${process.pid}`;
  const result = spawnSync(process.execPath, [join(ROOT, 'scripts/build-cli.mjs')], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, WSS_CLI_OUT: own },
  });
  if (result.status !== 0) throw new Error(result.stderr);
  try {
    renameSync(own, folder);
  } catch {
    rmSync(own, { recursive: true });
  }
  for (const other of readdirSync(BUILDS)) {
    if (/^\d+$/.test(other) && Date.now() - statSync(join(BUILDS, other)).mtimeMs > 3_600_000) {
      rmSync(join(BUILDS, other), { recursive: true, force: true });
    }
  }
  return command;
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function wss(
  args: readonly string[],
  options: { readonly input?: string | Uint8Array; readonly env?: Record<string, string> } = {},
): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [builtCommand(), ...args], {
    cwd: MESSAGES,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...options.env },
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  return { status, stdout, stderr };
}
