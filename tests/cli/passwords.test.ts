/** Passwords come from the command line, a file, the environment or the terminal, and are never told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askAt } from '../../src/cli/ask-password.ts';
import { readPassword, splitPasswords, withoutPasswords } from '../../src/cli/passwords.ts';
import { MESSAGES, wss } from './command.ts';

const CANARY = 'cAnArY-7';
const folder = mkdtempSync(join(tmpdir(), 'wss-passwords-'));
const at = (name: string) => join(folder, name);
for (const [name, text] of [
  ['pass', 'changeit\nsecond line\n'],
  ['pass:word', 'p\r\n'],
  ['empty', ''],
  ['broken.pem', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'],
  ['broken.p12', '0\u0003junk'],
  ['not-a-key.txt', 'nothing'],
] as const) {
  writeFileSync(at(name), text, 'latin1');
}
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('a password', () => {
  const sources = { base: folder, ask: async (what: string) => `asked for ${what}` };
  it.each([
    ['secret', 'secret'],
    ['text:env:x', 'env:x'],
    ['file:pass', 'changeit'],
    ['file:pass:word', 'p'],
    ['file:empty', ''],
    ['prompt:', 'asked for k.p12'],
  ])('%s', async (text, expected) => {
    expect(await readPassword(text, 'k.p12', sources)).toBe(expected);
  });

  it('comes from the environment, where an empty one is one', async () => {
    process.env['WSS_TEST_PASSWORD'] = '';
    expect(await readPassword('env:WSS_TEST_PASSWORD', 'k', sources)).toBe('');
    delete process.env['WSS_TEST_PASSWORD'];
    await expect(readPassword('env:WSS_TEST_PASSWORD', 'k', sources)).rejects.toThrow('no such variable');
    await expect(readPassword('file:none', 'k', sources)).rejects.toThrow('file:none: no such file');
    await expect(readPassword('prompt:', 'k', { base: folder, ask: null })).rejects.toThrow('in a batch');
  });

  it.each([
    ['a:b:c', 'a', 'b:c'],
    ['a', 'a', null],
    ['env:A:env:B', 'env:A', 'env:B'],
    ['file:pass:word:key', 'file:pass:word', 'key'],
    ['file:pass', 'file:pass', null],
    ['prompt:', 'prompt:', null],
    ['prompt::prompt:', 'prompt:', 'prompt:'],
    ['text:a:b', 'text:a', 'b'],
    [':key', '', 'key'],
  ])('beside that of a key: %s', (text, password, keyPassword) => {
    expect(splitPasswords(text, folder)).toEqual({ password, keyPassword });
  });

  it('is what follows the first colon of a name', () => {
    expect(withoutPasswords(`k.p12:${CANARY}`)).toBe('k.p12');
    expect(withoutPasswords(`C:\\k.p12:${CANARY}`)).toBe('C:\\k.p12');
  });
});

describe('the terminal', () => {
  function terminal(isTTY: boolean) {
    const raw: boolean[] = [];
    let listener: ((chunk: string) => void) | null = null;
    const input = {
      isTTY,
      setRawMode: (mode: boolean) => raw.push(mode),
      setEncoding: () => input,
      on: (_: string, read: (chunk: string) => void) => {
        listener = read;
        return input;
      },
      off: () => input,
      resume: () => input,
      pause: () => input,
    };
    const shown: string[] = [];
    const ask = askAt(input as unknown as Parameters<typeof askAt>[0], { write: (text) => shown.push(text) });
    return { ask, raw, shown, type: (chunk: string) => listener?.(chunk) };
  }

  it('shows nothing of what is typed', async () => {
    const { ask, raw, shown, type } = terminal(true);
    const asked = ask('k.p12');
    type('wr');
    type('\u007f\bsecrèt\r');
    expect(await asked).toBe('secrèt');
    expect(raw).toEqual([true, false]);
    expect(shown.join('')).toBe('Password of k.p12: \n');
  });

  it('takes a break for no password', async () => {
    const { ask, raw, type } = terminal(true);
    const asked = ask('k.p12');
    type('abc\u0003');
    await expect(asked).rejects.toThrow('no password was given for k.p12');
    expect(raw).toEqual([true, false]);
  });

  it('must be there', async () => {
    await expect(terminal(false).ask('k.p12')).rejects.toThrow('standard input is no terminal');
    const user = wss(['verify', '--user', 'carol=prompt:', 'messages/pc-08637472b9.xml'], { input: '' });
    expect(user).toMatchObject({ status: 2, stderr: expect.stringContaining('is no terminal') });
  });
});

describe('the command', () => {
  const message = (password: string) =>
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><wsse:Security ' +
    `xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><wsse:UsernameToken><wsse:Username>carol</wsse:Username><wsse:Password>${password}</wsse:Password></wsse:UsernameToken></wsse:Security></s:Header><s:Body/></s:Envelope>`;
  const authentication = (user: string, env: Record<string, string> = {}) => {
    const { stdout } = wss(['verify', '--json', '--user', user, '-'], { input: message('changeit'), env });
    return (JSON.parse(stdout) as { axes: { authentication: string } }).axes.authentication;
  };

  it('takes the password of a user from each source', () => {
    expect(authentication(`carol=file:${at('pass')}`)).toBe('pass');
    expect(authentication('carol=env:PW', { PW: 'changeit' })).toBe('pass');
    expect(authentication('carol=env:PW', { PW: 'another' })).toBe('fail');
    expect(authentication('carol=text:changeit')).toBe('pass');
  });

  const broken = ['broken.pem', 'broken.p12', 'not-a-key.txt', 'missing.p12', 'missing:more.p12'].map(at);
  const files = [...broken, folder];
  const KEY_OPTIONS = ['--key', '--trust', '--crl'];
  const GOOD = join(MESSAGES, 'messages/pc-08637472b9.xml');
  const CASES: readonly (readonly string[])[] = [
    ...files.flatMap((file) => KEY_OPTIONS.map((option) => ['verify', option, `${file}:${CANARY}:${CANARY}`, GOOD])),
    ...files.map((file) => ['verify', '--key', `name=${file}:${CANARY}`, GOOD]),
    ...files.map((file) => ['keys', `${file}:${CANARY}`]),
    ...files.map((file) => ['keys', '--json', `${file}:${CANARY}`]),
    ...files.map((file) => ['keys', '--text', `${file}:${CANARY}`]),
    ['verify', '--key', `${at('broken.p12')}:file:${at('none')}:${CANARY}`, GOOD],
    ['verify', '--key', `${at('broken.p12')}:env:NONE:${CANARY}`, GOOD],
    ['verify', '--key', `${at('broken.p12')}:prompt::${CANARY}`, GOOD],
    ['verify', '--key', `:${CANARY}`, GOOD],
    ['verify', '--user', `carol:${CANARY}`, GOOD],
    ['verify', '--user', `carol=${CANARY}`, 'missing.xml'],
    ['verify', GOOD, '--user', 'carol', CANARY],
    ['verify', '--secret', CANARY, GOOD],
    ['verify', '--secret', `base64:${CANARY}!`, GOOD],
    ['verify', '--secret', `hex:${CANARY}`, GOOD],
    ['verify', '--secret', `k=rot13:${CANARY}`, GOOD],
    ['verify', '--secret', `text:${CANARY}`, '--request', 'missing.xml', GOOD],
    ['verify', '--user', `carol=${CANARY}`, '--json', '-'],
    ['verify', '--user', `carol=${CANARY}`, '--trace', '-'],
    ['verify', '--user', `carol=${CANARY}`, '-v', '-'],
    ['verify', '--user', `carol=other`, '-v', '-'],
    ['verify', '--user', `carol=other`, '--trace', '-'],
    ['batch', at('jobs.jsonl')],
    ['batch', '--jobs', '2', at('jobs.jsonl')],
  ];
  writeFileSync(at('message.xml'), message(CANARY));
  writeFileSync(
    at('jobs.jsonl'),
    [
      ...files.flatMap((file) => [
        { file: GOOD, keys: [`${file}:${CANARY}`] },
        { file: GOOD, keys: [{ file, password: CANARY }] },
      ]),
      { file: GOOD, users: [CANARY] },
      { file: GOOD, keys: [`${at('broken.p12')}:prompt::${CANARY}`] },
      { file: at('message.xml'), users: [`carol=${CANARY}`] },
    ]
      .map((job) => JSON.stringify(job))
      .join('\n'),
  );

  it.each(CASES.map((args) => [args.join(' ').replaceAll(folder, ''), args] as const))('%s', (_, args) => {
    const html = at('report.html');
    const more = args[0] === 'verify' ? ['--html', html] : [];
    const { stdout, stderr, status } = wss([...args, ...more], { input: message(CANARY) });
    expect(status).not.toBeNull();
    expect(stdout + stderr).not.toBe('');
    const written = args.at(-1) === '-' ? readFileSync(html, 'utf8') : '';
    expect(stdout + stderr + written).not.toContain(CANARY);
  });

  it.each([
    ['text', '', CANARY],
    [
      'a digest that is none',
      ' Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest"',
      CANARY,
    ],
    ['a digest that can be base64', ' Type="x#PasswordDigest"', 'cAnArY77'],
    ['an unknown type, in CDATA', ' Type="x"', `<![CDATA[${CANARY}]]>`],
    ['a nested message', '', `&lt;wsse:Password&gt;${CANARY}&lt;/wsse:Password&gt;`],
  ])('shows no password of the message: %s', (_, type, text) => {
    const input = message('@').replace('<wsse:Password>@', () => `<wsse:Password${type}>${text}`);
    for (const shape of [['-v'], ['--json'], ['--trace'], ['--html', at('shown.html')]]) {
      for (const users of [[], ['--user', 'carol=x'], ['--user', 'other=x']]) {
        const { stdout, stderr } = wss(['verify', ...shape, ...users, '-'], { input });
        const written = shape[0] === '--html' ? readFileSync(at('shown.html'), 'utf8') : '';
        expect(stdout + stderr + written).not.toMatch(/cAnArY/);
      }
    }
  });
});
