/** The report for people keeps to the terminal's width, and says once what it says. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MESSAGES, wss } from './command.ts';

const { entries } = JSON.parse(readFileSync(join(MESSAGES, 'manifest.json'), 'utf8')) as {
  entries: readonly { file: string; fault: { kind: string } | null }[];
};
/** One message of each kind of fault. */
const files = [...new Map(entries.map((entry) => [entry.fault?.kind ?? '', entry.file])).values()].slice(0, 12);

it.each([80, 120])('keeps to %d columns but for words that are longer', (columns) => {
  for (const file of files) {
    const { stdout } = wss(['verify', '--at', '2026-11-22T06:54:00Z', '--trust', 'keys/trust.pem', file], {
      env: { COLUMNS: String(columns) },
    });
    const long = stdout
      .split('\n')
      .slice(1)
      .filter((line) => [...line].length > columns && /\S\s+\S/.test(line.trim()));
    expect(long, file).toEqual([]);
  }
});

it('names a step that kept others from being judged once for a group of them', () => {
  const whole = readFileSync(join(MESSAGES, 'messages/pc-004043bf21.xml'));
  const { stdout, status } = wss(['verify', '-'], {
    input: whole.subarray(0, whole.length - 150),
    env: { COLUMNS: '120' },
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^✗ Malformed/);
  expect(stdout).toMatch(/Signature SIG-[0-9a-f]+: RSA-SHA256, not judged: see Parse/);
  expect(stdout).toMatch(/ {6}\? Reference #id-[0-9a-f]+\n/);
  expect(stdout).toContain('Token: BinarySecurityToken');
});
