/** KEY, SECRET and USER strings of the command line (docs/command.md, "wss verify"). */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

/** A key file, and what opens and names its keys. */
export interface KeySpecification {
  readonly name: string | null;
  readonly file: string;
  readonly password: string | null;
  readonly keyPassword: string | null;
  readonly alias: string | null;
}

/** A KEY as jobs write it: a string, or an object. */
export type KeyText =
  | string
  | {
      readonly file: string;
      readonly password?: string | null;
      readonly keyPassword?: string | null;
      readonly alias?: string | null;
      readonly name?: string | null;
    };

/** @param named whether `NAME=` may stand in front, as for `--key` */
export function parseKeyText(key: KeyText, base: string, named: boolean): KeySpecification {
  if (typeof key !== 'string') {
    return {
      name: key.name ?? null,
      file: resolve(base, key.file),
      password: key.password ?? null,
      keyPassword: key.keyPassword ?? null,
      alias: key.alias ?? null,
    };
  }
  const whole = splitPasswords(key, base);
  if (whole !== null) return { name: null, alias: null, ...whole };
  const equals = key.indexOf('=');
  const rest = named && equals > 0 ? splitPasswords(key.slice(equals + 1), base) : null;
  if (rest !== null) return { name: key.slice(0, equals), alias: null, ...rest };
  throw new UsageError(`${key}: no such file`);
}

/** `FILE[:PASSWORD[:KEYPASSWORD]]` with FILE the longest prefix that names a file; null where no prefix does. */
function splitPasswords(
  text: string,
  base: string,
): { readonly file: string; readonly password: string | null; readonly keyPassword: string | null } | null {
  for (let end = text.length; end > 0; end = text.lastIndexOf(':', end - 1)) {
    const file = resolve(base, text.slice(0, end));
    if (!isFile(file)) continue;
    if (end === text.length) return { file, password: null, keyPassword: null };
    const passwords = text.slice(end + 1);
    const colon = passwords.indexOf(':');
    return colon < 0
      ? { file, password: passwords, keyPassword: null }
      : { file, password: passwords.slice(0, colon), keyPassword: passwords.slice(colon + 1) };
  }
  return null;
}

function isFile(path: string): boolean {
  return existsSync(path) && !statSync(path).isDirectory();
}

/** A shared secret: its octets, or the file that holds them. */
export interface SecretSpecification {
  readonly name: string | null;
  readonly octets: Uint8Array | null;
  /** For `file:PATH`. */
  readonly file: string | null;
}

const SECRET = /^(?:([^=]*)=)?(base64|hex|text|file):([\s\S]*)$/;

/** `[NAME=]base64:…|hex:…|text:…|file:PATH` */
export function parseSecret(text: string, base: string): SecretSpecification {
  // The first `=` ends the name only where a known form follows it: base64 has `=` of its own.
  const match = SECRET.exec(text);
  if (match === null) throw new UsageError('--secret: write [NAME=]base64:…, hex:…, text:… or file:PATH');
  const [, name = null, form, value = ''] = match;
  switch (form) {
    case 'base64': {
      if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)) throw new UsageError('--secret base64: not base64');
      return { name, octets: new Uint8Array(Buffer.from(value, 'base64')), file: null };
    }
    case 'hex': {
      const digits = value.replace(/[\s:]/g, '');
      if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
        throw new UsageError('--secret hex: not hexadecimal');
      }
      return { name, octets: new Uint8Array(Buffer.from(digits, 'hex')), file: null };
    }
    case 'text':
      return { name, octets: new TextEncoder().encode(value), file: null };
    default:
      return { name, octets: null, file: resolve(base, value) };
  }
}

/** `NAME=PASSWORD`; the password may be empty and may hold `=`. */
export function parseUser(text: string): { readonly name: string; readonly password: string } {
  const equals = text.indexOf('=');
  if (equals < 0) throw new UsageError(`--user ${text}: write NAME=PASSWORD`);
  return { name: text.slice(0, equals), password: text.slice(equals + 1) };
}
