/**
 * Writes what an option asks to be written; a file that cannot be written is the command line's mistake
 * (docs/command.md).
 */
import { lstatSync, mkdirSync, renameSync, rmSync, writeFileSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UsageError } from './usage-error.ts';

/** What is written may be as private as the message was: for its owner only. */
const OWNERS_FILE = 0o600;
const OWNERS_FOLDER = 0o700;

/** What the process has open already, as systems name it by links: standard output, a pipe of the shell's. */
const OPEN_ALREADY = /^\/dev\/(?:stdout|stderr|fd\/\d+)$/;

/**
 * Writes a file whole or not at all: what stood there is replaced, never written into, and no symbolic link is
 * followed. A pipe, a device and what is open already are written to as they are.
 * @throws {UsageError} where the file cannot be written
 */
export function writeOutput(file: string, content: string | Uint8Array): void {
  attempt(file, () => {
    if (OPEN_ALREADY.test(file) || unlinked(file)?.isFile() === false) writeFileSync(file, content);
    else replaceFile(file, content);
  });
}

/** @throws {UsageError} where there can be no such directory, or it is a symbolic link */
export function makeDirectory(directory: string): void {
  attempt(directory, () => {
    unlinked(directory);
    mkdirSync(directory, { recursive: true, mode: OWNERS_FOLDER });
  });
}

function unlinked(path: string): Stats | null {
  const there = lstatSync(path, { throwIfNoEntry: false }) ?? null;
  if (there?.isSymbolicLink() === true) throw new UsageError(`${path}: is a symbolic link, and none is followed`);
  return there;
}

/** The new file is made beside it under a name that is not taken, and moved into its place. */
function replaceFile(file: string, content: string | Uint8Array): void {
  const made = join(dirname(file), `.${basename(file)}.${process.pid}.new`);
  try {
    writeFileSync(made, content, { flag: 'wx', mode: OWNERS_FILE });
    renameSync(made, file);
  } catch (error) {
    if (!isTaken(error)) rmSync(made, { force: true });
    throw error;
  }
}

/** The name belongs to another: it is not ours to remove. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST';
}

function attempt(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path}: ${systemMessage(error, 'cannot be written')}`);
  }
}

/** `ENOENT: no such file or directory, open 'x'` without its code and its repetition of the name. */
export function systemMessage(error: unknown, otherwise: string): string {
  return error instanceof Error ? error.message.replace(/^[A-Z]+: /, '').replace(/, \w+(?: '.*)?$/, '') : otherwise;
}
