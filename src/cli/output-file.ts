/**
 * Writes what an option asks to be written; a file that cannot be written is the command line's mistake
 * (docs/command.md).
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** @throws {UsageError} where the file cannot be written */
export function writeOutput(file: string, content: string | Uint8Array): void {
  attempt(file, () => {
    writeFileSync(file, content);
  });
}

/** @throws {UsageError} where there can be no such directory */
export function makeDirectory(directory: string): void {
  attempt(directory, () => {
    mkdirSync(directory, { recursive: true });
  });
}

function attempt(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`${path}: ${systemMessage(error, 'cannot be written')}`);
  }
}

/** `ENOENT: no such file or directory, open 'x'` without its code and its repetition of the name. */
export function systemMessage(error: unknown, otherwise: string): string {
  return error instanceof Error ? error.message.replace(/^[A-Z]+: /, '').replace(/, \w+(?: '.*)?$/, '') : otherwise;
}
