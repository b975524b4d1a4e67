/** xsd:dateTime is read as XML Schema Part 2 §3.2.7 has it. Instants are those of GNU date. */
import { parseDateTime } from '../../../src/engine/xml/date-time.ts';
import { expect, test } from 'vitest';

test.each([
  ['2026-11-22T06:53:25Z', 1795330405000],
  ['2026-11-22T06:53:25.164Z', 1795330405164],
  ['2026-11-22T06:53:25.164999999999999999Z', 1795330405164],
  ['2026-11-22T06:53:25.1Z', 1795330405100],
  ['2026-11-22T08:53:25+02:00', 1795330405000],
  ['2026-11-21T21:23:25-09:30', 1795330405000],
  ['2026-11-22T06:53:25', 1795330405000],
  ['2026-11-21T24:00:00Z', 1795305600000],
  ['2024-02-29T00:00:00Z', 1709164800000],
  ['0099-01-01T00:00:00Z', -59042995200000],
  [' \n2026-11-22T06:53:25Z\t', 1795330405000],
])('%s', (text, time) => {
  expect(parseDateTime(text)?.time).toBe(time);
});

test.each([
  '',
  '2026-11-22',
  '2026-11-22 06:53:25Z',
  '2026-13-01T00:00:00Z',
  '2026-02-29T00:00:00Z',
  '2100-02-29T00:00:00Z',
  '2026-11-22T25:00:00Z',
  '2026-11-22T24:00:01Z',
  '2026-11-22T06:60:00Z',
  '2026-11-22T06:53:60Z',
  '2026-11-22T06:53:25z',
  '2026-11-22T06:53:25+15:00',
  '2026-11-22T06:53:25+0200',
  '2026-11-22T06:53:25.Z',
  '26-11-22T06:53:25Z',
  '2026-11-22T06:53Z',
  'Sun, 22 Nov 2026 06:53:25 GMT',
  '2026-11-22T06:53:25Z2026',
])('is no dateTime: %s', (text) => {
  expect(parseDateTime(text)).toBeNull();
});

test('zone and precision are kept', () => {
  expect(parseDateTime('2026-11-22T06:53:25.1640Z')).toMatchObject({ fractionDigits: 4, zulu: true, offsetMinutes: 0 });
  expect(parseDateTime('2026-11-22T06:53:25+05:30')).toMatchObject({ zulu: false, offsetMinutes: 330 });
  expect(parseDateTime('2026-11-22T06:53:25')).toMatchObject({ offsetMinutes: null });
});
