/** The coverage step's status says how much is signed: `passed` stands for all of it only. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { axisDetail } from '../../../src/content/axis-words.ts';
import { TYPE_ELEMENT } from '../../building/names.ts';
import { encryptedData, encryptedKey, envelope, gcm, oaep, randomBytes, RECIPIENT } from '../../building/encryption.ts';
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

it('an xsi:type whose prefix nobody declares is told once, with how many there are', async () => {
  const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
  const block = `<urn:a xmlns:urn="urn:a" ${xsi} xsi:type="xs:string"><urn:b xsi:type="xs:int"/><urn:c xsi:type="urn:t"/></urn:a>`;
  const { trace } = await judgeMessage(WHOLE.replace('<wsse:Security', `${block}<wsse:Security`), { keys, at });
  const found = trace.findings.filter(({ code }) => code === 'qname-prefix-unbound');
  expect(found).toMatchObject([{ severity: 'warning', data: { name: 'xs:string', prefix: 'xs', count: 2 } }]);
  expect(found[0]?.ranges).toHaveLength(2);
});

const WITH_TOKEN = file('messages/pc-021639bde7.xml');

const note = async (message: string) =>
  (await judgeMessage(message, { keys, at })).trace.findings.find(({ code }) => code === 'token-not-signed');

it("a token outside the signature carries the signer's key only where one verifies with it", async () => {
  expect((await note(WITH_TOKEN))?.data).toMatchObject({ used: true });
  const spare = /<wsse:BinarySecurityToken[^>]*>/.exec(WITH_TOKEN)?.[0].replace(/(Id=")[^"]*/, '$1spare') ?? '';
  const other = WITH_TOKEN.replace(
    '<wsse:BinarySecurityToken',
    `${spare}AAAA</wsse:BinarySecurityToken><wsse:BinarySecurityToken`,
  );
  expect((await note(other))?.data).toMatchObject({ used: false });
});

it('where a signature may stand in what stayed encrypted in our header, nothing is called unsigned', async () => {
  const closed = encryptedData(gcm(randomBytes(16), '<x/>'), { id: 'ED-SIG', type: TYPE_ELEMENT });
  const header = `${encryptedKey(oaep(RECIPIENT, randomBytes(16)), { references: ['ED-SIG'] })}${closed}`;
  const { trace } = await judgeMessage(envelope(header, '<app:Order xmlns:app="urn:app"/>'), { keys: [], at });
  expect(trace.verdict).toMatchObject({ headline: 'incomplete', axes: { coverage: 'none', decryption: 'unknown' } });
  expect(trace.coverage.find(({ role }) => role === 'Body')?.signed).toBe('unknown');
  expect(trace.findings.map(({ code }) => code)).not.toContain('required-part-not-signed');
  expect(axisDetail(trace, 'coverage')).toBe('Body not judged');
});
