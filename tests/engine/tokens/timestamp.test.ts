/** A Timestamp is judged against the clock with the skew on both sides (SMS §10). */
import { expect, test } from 'vitest';
import { judge, message } from './reading.ts';

const stamp = (created: string | null, expires: string | null) =>
  message(
    `<wsu:Timestamp>${created === null ? '' : `<wsu:Created>${created}</wsu:Created>`}${expires === null ? '' : `<wsu:Expires>${expires}</wsu:Expires>`}</wsu:Timestamp>`,
  );
const good = stamp('2026-11-22T06:53:25Z', '2026-11-22T06:58:25Z');

test('a timestamp of now is fresh', () => {
  expect(judge(good)).toMatchObject({ freshness: 'pass', codes: [] });
});

test('expiry counts the skew to the millisecond', () => {
  expect(judge(good, { at: '2026-11-22T06:59:25.000Z' }).freshness).toBe('pass');
  expect(judge(good, { at: '2026-11-22T06:59:25.001Z' })).toMatchObject({ freshness: 'fail', codes: ['ts-expired'] });
  expect(judge(good, { at: '2026-11-22T06:58:26Z', skewSeconds: 0 }).codes).toEqual(['ts-expired']);
});

test('creation counts the skew to the millisecond', () => {
  expect(judge(good, { at: '2026-11-22T06:52:25.000Z' }).freshness).toBe('pass');
  expect(judge(good, { at: '2026-11-22T06:52:24.999Z' })).toMatchObject({
    freshness: 'fail',
    codes: ['ts-created-in-future'],
  });
});

test('a zone offset is the same instant', () => {
  expect(judge(stamp('2026-11-22T12:23:25+05:30', '2026-11-22T12:28:25+05:30')).freshness).toBe('pass');
});

test('the accepted lifetime may be shorter than the stated one', () => {
  const long = stamp('2026-11-22T06:53:25Z', '2046-11-22T06:53:25Z');
  expect(judge(long, { at: '2026-11-22T08:00:00Z' }).freshness).toBe('pass');
  const judged = judge(long, { at: '2026-11-22T08:00:00Z', ttlSeconds: 300 });
  expect(judged.freshness).toBe('fail');
  expect(judged.findings.find((one) => one.code === 'ts-expired')?.data['by']).toBe('ttl');
});

test('local time written as UTC is likely when whole hours are between', () => {
  const judged = judge(stamp('2026-11-22T08:53:25Z', '2026-11-22T08:58:25Z'));
  expect(judged.codes).toEqual(['ts-created-in-future', 'ts-local-time-as-utc']);
  expect(judged.findings[1]).toMatchObject({ confidence: 'likely', data: { hours: 2 } });
  expect(judge(stamp('2026-11-22T08:40:25Z', '2026-11-22T08:58:25Z')).codes).toEqual(['ts-created-in-future']);
});

test.each([
  [stamp('2026-11-22T06:53:25Z', null), ['ts-missing-expires-or-order'], 'pass'],
  [stamp('2026-11-22T06:53:25Z', '2026-11-22T06:53:25Z'), ['ts-missing-expires-or-order'], 'fail'],
  [stamp('yesterday', '2026-11-22T06:58:25Z'), ['timestamp-malformed'], 'fail'],
  [
    message(
      '<wsu:Timestamp><wsu:Created>2026-11-22T06:53:25Z</wsu:Created><wsu:Created>2026-11-22T06:53:25Z</wsu:Created><wsu:Expires>2026-11-22T06:58:25Z</wsu:Expires></wsu:Timestamp>',
    ),
    ['timestamp-malformed'],
    'fail',
  ],
  [
    message(
      '<wsu:Timestamp><Created>2026-11-22T06:53:25Z</Created><wsu:Expires>2026-11-22T06:58:25Z</wsu:Expires></wsu:Timestamp>',
    ),
    ['timestamp-malformed', 'ts-missing-expires-or-order'],
    'fail',
  ],
])('faulty timestamp %#', (text, codes, freshness) => {
  expect(judge(text)).toMatchObject({ codes, freshness });
});

test('with two timestamps the worse one counts', () => {
  const one =
    '<wsu:Timestamp><wsu:Created>2026-11-22T06:53:25Z</wsu:Created><wsu:Expires>2026-11-22T06:58:25Z</wsu:Expires></wsu:Timestamp>';
  const old = one.replaceAll('2026', '2020');
  expect(judge(message(one + old))).toMatchObject({ freshness: 'fail', codes: ['R3227', 'ts-expired'] });
});

test('no timestamp, no freshness', () => {
  expect(judge(message(''))).toMatchObject({ freshness: 'absent', authentication: 'absent', codes: [] });
});
