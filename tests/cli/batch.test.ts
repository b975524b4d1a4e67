/** `wss batch`: one report a line, in order, failures in their place, the same from threads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES, wss } from './command.ts';

const manifest = JSON.parse(readFileSync(join(MESSAGES, 'manifest.json'), 'utf8')) as {
  entries: { id: string; file: string }[];
};
const jobs = [
  ...manifest.entries
    .slice(0, 8)
    .map((entry) =>
      JSON.stringify({ id: entry.id, file: entry.file, trust: ['keys/trust.pem'], at: '2026-11-22T06:54:00Z' }),
    ),
  JSON.stringify({ id: 'gone', file: 'gone.xml' }),
  'not json',
  JSON.stringify({ id: 'bad key', file: manifest.entries[0]!.file, keys: [{ file: 'keys/none.pem', password: 'x' }] }),
  JSON.stringify({
    id: 'last',
    file: manifest.entries[0]!.file,
    keys: [{ file: 'keys/trust.pem', name: 'ca' }],
    skew: 5,
    ttl: 60,
    diagnosis: false,
  }),
];
const run = (...more: string[]) => wss(['batch', '-', ...more], { input: jobs.join('\n') });

describe('wss batch', () => {
  it('answers every line in order', () => {
    const { status, stdout } = run();
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(status).toBe(0);
    expect(reports.map((report) => report.id)).toEqual([
      ...manifest.entries.slice(0, 8).map((entry) => entry.id),
      'gone',
      null,
      'bad key',
      'last',
    ]);
    expect(reports.slice(8, 11).map((report) => [report.headline, typeof report.error])).toEqual([
      [null, 'string'],
      [null, 'string'],
      [null, 'string'],
    ]);
    expect(reports[11].headline).not.toBe(null);
  });

  it('gives the same from three threads', () => {
    const timeless = (text: string) => text.trim().split('\n').slice(0, 11);
    expect(timeless(run('--jobs', '3').stdout)).toEqual(timeless(run().stdout));
  });

  it('refuses unusable arguments', () => {
    expect(wss(['batch', 'none.jsonl']).status).toBe(2);
    expect(run('--jobs', 'many').status).toBe(2);
  });
});
