/**
 * Members of a job (docs/command.md, "wss batch"): paths relative to the jobs file, KEY objects, every option, one line
 * a job.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MESSAGES, wss } from './command.ts';
import { EXCLUSIVE } from '../building/names.ts';
import { signedBySecret } from '../building/secret-signed.ts';

const SECRET = 'thirty-two octets of a secret...';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wss-jobs-'));
  mkdirSync(join(folder, 'in'));
  for (const [name, from] of [
    ['in/good.xml', 'messages/pc-08637472b9.xml'],
    ['in/trust.pem', 'keys/trust.pem'],
    ['in/client.pem', 'keys/client-rsa2048.crt.pem'],
    ['in/ca.crl.pem', 'keys/ca.crl.pem'],
  ] as const) {
    writeFileSync(join(folder, name), readFileSync(join(MESSAGES, from)));
  }
  for (const name of ['modern.p12', 'end.jks']) {
    writeFileSync(join(folder, 'in', name), readFileSync(join(MESSAGES, '../keystore', name)));
  }
  writeFileSync(join(folder, 'in/part.bin'), 'octets');
  writeFileSync(join(folder, 'in/secret.bin'), SECRET);
  const common = { secret: SECRET, keyName: 'ours' };
  writeFileSync(
    join(folder, 'in/part.xml'),
    signedBySecret({ ...common, uri: 'cid:p', octets: 'octets', wrap: (signature) => `<a>${signature}</a>` }),
  );
  writeFileSync(
    join(folder, 'in/id.xml'),
    signedBySecret({
      ...common,
      uri: '#x',
      octets: '<b Key="x"></b>',
      transforms: [EXCLUSIVE],
      wrap: (signature) => `<a><b Key="x"/>${signature}</a>`,
    }),
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function batch(jobs: readonly unknown[]) {
  const file = join(folder, 'jobs.jsonl');
  writeFileSync(file, `${jobs.map((job) => JSON.stringify(job)).join('\n')}\n`);
  const { status, stdout } = wss(['batch', file]);
  expect(status).toBe(0);
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const at = '2026-11-22T06:54:00Z';

it('takes paths relative to the jobs file', () => {
  const [report] = batch([{ id: 'a', file: 'in/good.xml', trust: ['in/trust.pem'], crls: ['in/ca.crl.pem'], at }]);
  expect(report).toMatchObject({ schema: 1, id: 'a', headline: 'valid' });
});

it('takes KEY objects with password and alias, and says what is wrong with one', () => {
  const reports = batch([
    { id: 1, file: 'in/good.xml', trust: [{ file: 'in/client.pem' }], at },
    { id: 2, file: 'in/good.xml', keys: [{ file: 'in/modern.p12', password: 'certainly not' }], at },
    { id: 3, file: 'in/good.xml', keys: [{ file: 'in/none.p12', password: 'x' }], at },
    {
      id: 4,
      file: 'in/good.xml',
      keys: [{ file: 'in/modern.p12', password: 'secret1', alias: 'end', name: 'n' }],
      trust: ['in/trust.pem'],
      at,
    },
  ]);
  expect(reports.map((report) => report.id)).toEqual(['1', '2', '3', '4']);
  expect(reports.map((report) => report.headline)).toEqual(['valid', null, null, 'valid']);
  expect(reports[1].error).toContain('the password is wrong');
  expect(reports[2].error).toContain('none.p12');
});

it('takes attachments, idAttributes, secrets, skew, ttl and diagnosis', () => {
  const secrets = ['ours=file:in/secret.bin'];
  const reports = batch([
    { id: 'part', file: 'in/part.xml', secrets, attachments: { p: 'in/part.bin' } },
    { id: 'no part', file: 'in/part.xml', secrets },
    { id: 'id', file: 'in/id.xml', secrets, idAttributes: ['Key'] },
    { id: 'no id', file: 'in/id.xml', secrets, diagnosis: false },
    { id: 'ttl', file: 'in/good.xml', at: '2026-11-22T08:00:00Z', ttl: 600 },
    { id: 'skew', file: 'in/good.xml', at: '2026-11-22T06:53:00Z', skew: 0 },
    { id: 'made', file: 'in/good.xml', at: 'made', ttl: 600 },
    { id: 'now', file: 'in/good.xml', at: 'now', ttl: 600 },
  ]);
  expect(reports.map((report) => [report.id, report.axes.signature, report.axes.freshness])).toEqual([
    ['part', 'pass', 'absent'],
    ['no part', 'unknown', 'absent'],
    ['id', 'pass', 'absent'],
    ['no id', 'fail', 'absent'],
    ['ttl', 'pass', 'fail'],
    ['skew', 'pass', 'fail'],
    ['made', 'pass', 'pass'],
    ['now', 'pass', 'fail'],
  ]);
});

it('answers what is no job in its place', () => {
  const reports = batch([
    { id: 'no file' },
    [],
    'text',
    { id: 'wrong', file: 'in/good.xml', at: 'noon' },
    { id: 'types', file: 'in/good.xml', keys: 'in/client.pem' },
    { id: 'deep', file: 'in/good.xml', users: [7] },
    { id: 'ok', file: 'in/good.xml' },
  ]);
  expect(
    reports
      .slice(0, 6)
      .every(
        (report) =>
          report.headline === null && typeof report.error === 'string' && !report.error.includes('internal error'),
      ),
  ).toBe(true);
  expect(reports.map((report) => report.id)).toEqual(['no file', null, null, 'wrong', 'types', 'deep', 'ok']);
  expect(reports[6].headline).not.toBe(null);
});
