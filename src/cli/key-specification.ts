/** KEY, SECRET and USER strings of the command line (docs/command.md, "wss verify"). */
import { resolve } from 'node:path';
import { longestFile, splitPasswords, withoutPasswords } from './passwords.ts';
import { UsageError } from './usage-error.ts';

/** A key file, and what opens and names its keys; passwords as written (`env:NAME` and the like are not read yet). */
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
  const whole = fileWithPasswords(key, base);
  if (whole !== null) return { name: null, alias: null, ...whole };
  const equals = key.indexOf('=');
  const rest = named && equals > 0 ? fileWithPasswords(key.slice(equals + 1), base) : null;
  if (rest !== null) return { name: key.slice(0, equals), alias: null, ...rest };
  throw new UsageError(`${withoutPasswords(key)}: no such file`);
}

/** `FILE[:PASSWORD[:KEYPASSWORD]]` with FILE the longest prefix that names a file; null where no prefix does. */
function fileWithPasswords(
  text: string,
  base: string,
): { readonly file: string; readonly password: string | null; readonly keyPassword: string | null } | null {
  const name = longestFile(text, base);
  if (name === null) return null;
  const file = resolve(base, name);
  if (name.length === text.length) return { file, password: null, keyPassword: null };
  return { file, ...splitPasswords(text.slice(name.length + 1), base) };
}

/** A shared secret: its octets, or the file that holds them. */
export interface SecretSpecification {
  readonly name: string | null;
  readonly octets: Uint8Array | null;
  /** For `file:PATH`. */
  readonly file: string | null;
  /** `env:NAME` or `prompt:`: there stands what an option could give, or the text of the secret. */
  readonly source: string | null;
}

const SECRET = /^(?:([^=]*)=)?(base64|hex|text|file|env|prompt):([\s\S]*)$/;

/** `[NAME=]base64:…|hex:…|text:…|file:PATH|env:NAME|prompt:` */
export function parseSecret(text: string, base: string): SecretSpecification {
  // The first `=` ends the name only where a known form follows it: base64 has `=` of its own.
  const match = SECRET.exec(text);
  if (match === null) {
    throw new UsageError('--secret: write [NAME=]base64:…, hex:…, text:…, file:PATH, env:NAME or prompt:');
  }
  const [, name = null, form, value = ''] = match;
  switch (form) {
    case 'file':
      return { name, octets: null, file: resolve(base, value), source: null };
    case 'env':
    case 'prompt':
      return { name, octets: null, file: null, source: `${form}:${value}` };
    default:
      return { name, octets: secretOctets(`${form}:${value}`), file: null, source: null };
  }
}

/** The octets of `base64:…`, `hex:…` or `text:…`; any other text is its own. @throws {UsageError} */
export function secretOctets(text: string): Uint8Array {
  const [, form, value = ''] = /^(base64|hex|text):([\s\S]*)$/.exec(text) ?? [];
  switch (form) {
    case 'base64': {
      if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)) throw new UsageError('--secret base64: not base64');
      return new Uint8Array(Buffer.from(value, 'base64'));
    }
    case 'hex': {
      const digits = value.replace(/[\s:]/g, '');
      if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]*$/.test(digits)) {
        throw new UsageError('--secret hex: not hexadecimal');
      }
      return new Uint8Array(Buffer.from(digits, 'hex'));
    }
    case 'text':
      return new TextEncoder().encode(value);
    default:
      return new TextEncoder().encode(text);
  }
}

/** `NAME=PASSWORD`; the password, as written, may be empty and may hold `=`. */
export function parseUser(text: string): { readonly name: string; readonly password: string } {
  const equals = text.indexOf('=');
  if (equals < 0) throw new UsageError('--user: write NAME=PASSWORD');
  return { name: text.slice(0, equals), password: text.slice(equals + 1) };
}
