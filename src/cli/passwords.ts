/**
 * Where a password on the command line comes from: it stands there, or `env:NAME`, `file:PATH` or `prompt:` says where.
 * `text:…` is for one that begins like these. No error here repeats a password.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Ask } from './ask-password.ts';
import { UsageError } from './usage-error.ts';

/** Where passwords are looked up. */
export interface PasswordSources {
  /** What relative paths are relative to. */
  readonly base: string;
  /** Null where nobody can be asked: a batch has no one at its terminal. */
  readonly ask: Ask | null;
}

/** `PASSWORD[:KEYPASSWORD]`, as written: neither is looked up yet. */
export interface PasswordPair {
  readonly password: string;
  readonly keyPassword: string | null;
}

/** Whether there is a file, or a pipe, of that name. */
function isFile(path: string): boolean {
  return existsSync(path) && !statSync(path).isDirectory();
}

/** The longest beginning of `text` that ends before a colon or with it and names a file; null where none does. */
export function longestFile(text: string, base: string): string | null {
  for (let end = text.length; end > 0; end = text.lastIndexOf(':', end - 1)) {
    const name = text.slice(0, end);
    if (isFile(resolve(base, name))) return name;
  }
  return null;
}

/** Up to the first colon: what may follow it is a password. A drive's letter is none. */
export function withoutPasswords(text: string): string {
  const from = /^[A-Za-z]:[\\/]/.test(text) ? 2 : 0;
  const colon = text.indexOf(':', from);
  return colon < 0 ? text : text.slice(0, colon);
}

/** Splits two passwords; the colon of a source does not part them. */
export function splitPasswords(text: string, base: string): PasswordPair {
  const [, form = '', rest = ''] = /^(env:|file:|prompt:|text:)?([\s\S]*)$/.exec(text) ?? [];
  const file = form === 'file:' ? longestFile(rest, base) : null;
  const own = form === 'prompt:' ? '' : (file ?? rest.slice(0, colonOrEnd(rest)));
  const after = rest.slice(own.length);
  // Nothing stands between `prompt:` and the key's password but that colon.
  if (form === 'prompt:') {
    const key = after.startsWith(':') ? after.slice(1) : after;
    return { password: form, keyPassword: key === '' ? null : key };
  }
  return { password: form + own, keyPassword: after === '' ? null : after.slice(1) };
}

function colonOrEnd(text: string): number {
  const colon = text.indexOf(':');
  return colon < 0 ? text.length : colon;
}

/**
 * The password that `text` gives or says where to find.
 * @param what it opens, for whoever is asked
 * @throws {UsageError} where it is not there
 */
export async function readPassword(text: string, what: string, { base, ask }: PasswordSources): Promise<string> {
  const [, form, rest = ''] = /^(env|file|prompt|text):([\s\S]*)$/.exec(text) ?? [];
  switch (form) {
    case 'env':
      return ofEnvironment(rest);
    case 'file':
      return firstLine(rest, base);
    case 'prompt':
      if (ask === null) throw new UsageError(`prompt: the password of ${what} cannot be asked for in a batch`);
      return ask(what);
    case 'text':
      return rest;
    default:
      return text;
  }
}

function ofEnvironment(name: string): string {
  const value = process.env[name];
  if (value !== undefined) return value;
  throw new UsageError(
    /^\w+$/.test(name) ? `env:${name}: no such variable in the environment` : 'env: not the name of a variable',
  );
}

function firstLine(path: string, base: string): string {
  if (!isFile(resolve(base, path))) throw new UsageError(`file:${withoutPasswords(path)}: no such file`);
  try {
    return (/^[^\r\n]*/.exec(readFileSync(resolve(base, path), 'utf8')) ?? [''])[0];
  } catch {
    throw new UsageError(`file:${basename(path)}: cannot be read`);
  }
}
