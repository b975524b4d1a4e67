/** The coverage step's status says how much is signed: `passed` stands for all of it only. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { judgeMessage, keyFromPem } from '../judging.ts';

const file = (name: string) => readFileSync(new URL(`../../fixtures/messages/${name}`, import.meta.url), 'utf8');
const WHOLE = file('messages/pc-42969ed03e.xml');
const keys = await keyFromPem(file('keys/client-rsa2048.crt.pem'));
const at = Date.parse('2026-11-22T06:54:00Z');

const UNSIGNED_HEADER = '<wsa:To xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:somebody</wsa:To>';

it.each([
  ['all is signed', WHOLE, 'passed', 'full'],
  [
    'one element is not signed',
    WHOLE.replace('<wsse:Security', `${UNSIGNED_HEADER}<wsse:Security`),
    'warned',
    'partial',
  ],
  ['the signature value is wrong', WHOLE.replace(/(<ds:SignatureValue>)(..)/, '$1AA'), 'failed', 'none'],
  ['the key is missing', WHOLE.replace(/<ds:KeyInfo[^]*?<\/ds:KeyInfo>/, ''), 'unknown', 'none'],
  ['nothing is signed', WHOLE.replace(/<ds:Signature[ >][^]*<\/ds:Signature>/, ''), 'warned', 'none'],
])('%s', async (_what, message, status, axis) => {
  const { trace } = await judgeMessage(message, { keys: status === 'unknown' ? [] : keys, at });
  expect(trace.steps.find((step) => step.kind === 'coverage')).toMatchObject({ status });
  expect(trace.verdict.axes.coverage).toBe(axis);
});
