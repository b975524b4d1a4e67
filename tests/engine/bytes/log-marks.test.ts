/** Marks of logs in the place of data, and data that is only damaged. */
import { expect, test } from 'vitest';
import { isMark, markInData } from '../../../src/engine/bytes/log-marks.ts';

test.each([
  ['MIIDRDCCAiyg...REDACTED...', '...REDACTED...'],
  ['SltlAauwtAWN/...', '...'],
  ['MIID…', '…'],
  ['*****', '*****'],
  ['HERE COMES THE TOKEN', 'HERE COMES THE TOKEN'],
  ['[certificate removed]', 'removed]'],
  ['(masked by log)', '(masked'],
])('%s is masked', (text, mark) => {
  expect(markInData(text)).toBe(mark);
});

test.each([
  'MIID-RDC',
  'AA BB CC DD',
  'Slt lAauwt AWNUU8Cqpg/jVIY3uAfUbT3OrUa77gHz5SEA0 82z8g7scVURDDObI3bq',
  'AAA',
  '',
  'no?',
])('%j is only damaged', (text) => {
  expect(markInData(text)).toBeNull();
});

test.each([' Redacted ', '***', '[...]', '…', 'XXXX', '...masked...'])('%j is nothing but a mark', (text) => {
  expect(isMark(text)).toBe(true);
});

test.each(['The account was removed.', 'a...b', '12.50', 'xxx', '', 'masked ball'])('%j is content', (text) => {
  expect(isMark(text)).toBe(false);
});
