/**
 * KEY strings: FILE is the longest prefix that names a file, whatever colons and equals signs stand in names and
 * passwords.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseKeyText, parseSecret, parseUser, secretOctets } from '../../src/cli/key-specification.ts';

const base = mkdtempSync(join(tmpdir(), 'wss-keys-'));
for (const name of ['k.p12', 'k.p12:x', 'a=b.pem']) writeFileSync(join(base, name), '');
afterAll(() => {
  rmSync(base, { recursive: true });
});

const parse = (text: string, named = true) => {
  const { file, ...rest } = parseKeyText(text, base, named);
  return { ...rest, file: file.slice(base.length + 1) };
};

describe('a KEY string', () => {
  it.each([
    ['k.p12', { file: 'k.p12', password: null, keyPassword: null, name: null }],
    ['k.p12:secret', { file: 'k.p12', password: 'secret', keyPassword: null }],
    ['k.p12:secret:other:more', { file: 'k.p12', password: 'secret', keyPassword: 'other:more' }],
    ['k.p12:x:secret', { file: 'k.p12:x', password: 'secret' }],
    ['k.p12:', { file: 'k.p12', password: '' }],
    ['signer=k.p12:p=w', { name: 'signer', file: 'k.p12', password: 'p=w' }],
    ['a=b.pem', { name: null, file: 'a=b.pem' }],
  ])('%s', (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });

  it('says which file is not there', () => {
    expect(() => parse('none.pem:x')).toThrow(/^none.pem: no such file/);
    expect(() => parse('n=k.p12', false)).toThrow('no such file');
  });
});

describe('secrets and users', () => {
  it('decode each form', () => {
    expect(parseSecret('base64:AAE=', base)).toMatchObject({ name: null, octets: Uint8Array.of(0, 1) });
    expect(parseSecret('k=hex:0a:FF', base)).toMatchObject({ name: 'k', octets: Uint8Array.of(10, 255), file: null });
    expect(parseSecret('k=text:a=b', base).octets).toEqual(new TextEncoder().encode('a=b'));
    expect(parseSecret('k=env:A=B', base)).toEqual({ name: 'k', octets: null, file: null, source: 'env:A=B' });
    expect(secretOctets('hex:00ff')).toEqual(Uint8Array.of(0, 255));
    expect(secretOctets('00ff')).toEqual(new TextEncoder().encode('00ff'));
    expect(() => parseSecret('hex:0', base)).toThrow();
    expect(() => parseSecret('rot13:x', base)).toThrow();
    expect(parseUser('bob=')).toEqual({ name: 'bob', password: '' });
    expect(parseUser('bob=a=b')).toEqual({ name: 'bob', password: 'a=b' });
  });
});
