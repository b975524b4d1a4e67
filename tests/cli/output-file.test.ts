/** What the command writes is for its owner only, and never goes through a symbolic link. */
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeDirectory, writeOutput } from '../../src/cli/output-file.ts';
import { wss } from './command.ts';

const folder = mkdtempSync(join(tmpdir(), 'wss-output-'));
const at = (...names: readonly string[]) => join(folder, ...names);
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const mode = (path: string) => statSync(path).mode & 0o777;

it('is made with mode 0600, whatever stood there', () => {
  writeOutput(at('new'), 'a');
  writeFileSync(at('old'), 'long before');
  chmodSync(at('old'), 0o644);
  writeOutput(at('old'), 'b');
  for (const [name, content] of [
    ['new', 'a'],
    ['old', 'b'],
  ] as const) {
    expect(readFileSync(at(name), 'utf8')).toBe(content);
    expect(mode(at(name))).toBe(0o600);
  }
  expect(readdirSync(folder).toSorted()).toEqual(['new', 'old']);
});

it('is not written through a link, to a file that is there or not', () => {
  writeFileSync(at('victim'), 'mine');
  symlinkSync(at('victim'), at('link'));
  symlinkSync(at('none'), at('dangling'));
  for (const name of ['link', 'dangling']) {
    expect(() => writeOutput(at(name), 'x')).toThrow(`${at(name)}: is a symbolic link`);
    expect(lstatSync(at(name)).isSymbolicLink()).toBe(true);
  }
  expect(readFileSync(at('victim'), 'utf8')).toBe('mine');
  expect(existsSync(at('none'))).toBe(false);
});

it('is not put into a folder that is a link, nor through links in one', () => {
  mkdirSync(at('real'));
  symlinkSync(at('real'), at('folder-link'));
  expect(() => makeDirectory(at('folder-link'))).toThrow('is a symbolic link');
  makeDirectory(at('made', 'deep'));
  expect(mode(at('made', 'deep'))).toBe(0o700);
});

it('goes to what is open already', () => {
  const open = openSync(at('opened'), 'w');
  writeOutput(`/dev/fd/${open}`, 'x');
  closeSync(open);
  expect(readFileSync(at('opened'), 'utf8')).toBe('x');
});

it('goes to a device as it is', () => {
  writeOutput('/dev/null', 'x');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

it('every option that writes keeps to it', () => {
  const message = 'messages/pc-08637472b9.xml';
  const { status } = wss([
    'verify',
    '--html',
    at('r.html'),
    '--decoded',
    at('d.xml'),
    '--canonical',
    at('stages'),
    message,
  ]);
  expect(status).not.toBe(2);
  const stages = readdirSync(at('stages')).map((name) => at('stages', name));
  expect(stages.length).toBeGreaterThan(2);
  for (const file of [at('r.html'), at('d.xml'), ...stages]) expect(mode(file), file).toBe(0o600);
  const [stage = ''] = stages;
  rmSync(stage);
  symlinkSync(at('victim'), stage);
  for (const args of [
    ['--html', at('link')],
    ['--decoded', at('link')],
    ['--canonical', at('folder-link')],
    ['--canonical', at('stages')],
  ]) {
    const ended = wss(['verify', ...args, message]);
    expect(ended, args.join(' ')).toMatchObject({ status: 2, stderr: expect.stringContaining('is a symbolic link') });
  }
  expect(readFileSync(at('victim'), 'utf8')).toBe('mine');
});
