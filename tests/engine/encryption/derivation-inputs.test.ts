/**
 * What a key was derived from stands in the trace, as the message has it; a password that serves as a key does not, nor
 * its fingerprint.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseJob } from '../../../src/cli/batch-job.ts';
import { runJob } from '../../../src/cli/job.ts';
import { judgeMessage } from '../judging.ts';

const INTEROP = fileURLToPath(new URL('../../fixtures/interop/', import.meta.url));
const hexOf = (base64: string) => Buffer.from(base64, 'base64').toString('hex');

test('HKDF: salt and info as Santuario wrote them', async () => {
  const file = `${INTEROP}agreement-p256-hkdf-sha512-info.xml`;
  const text = readFileSync(file, 'utf8');
  const written = (name: string) => new RegExp(`<(?:[\\w-]+:)?${name}[^>]*>([^<]+)<`).exec(text)?.[1] ?? '';
  const parsed = parseJob(
    JSON.stringify({ id: 'm', file, keys: [`${INTEROP}keys/recipient-p256.key.pem`], at: '2026-11-22T15:43:14Z' }),
  );
  if ('failed' in parsed) throw new Error(parsed.failed);
  const { trace } = await runJob(parsed.job, INTEROP);
  const step = trace.steps.find((one) => one.kind === 'derive-key');
  expect(hexOf(written('Salt'))).toHaveLength(50);
  expect(step?.data).toMatchObject({ salt: hexOf(written('Salt')), info: hexOf(written('Info')) });
});

const WSSE = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const signed = (
  token: string,
  key: string,
) => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><wsse:Security xmlns:wsse="${WSSE}" xmlns:wsu="${WSU}">
<wsse:UsernameToken wsu:Id="ut"><wsse:Username>alice</wsse:Username>${token}</wsse:UsernameToken>${key}
<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/><ds:Reference URI="#b"><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>
<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#${key === '' ? 'ut' : 'dk'}"/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature></wsse:Security></s:Header><s:Body wsu:Id="b" xmlns:wsu="${WSU}"/></s:Envelope>`;

test('a UsernameToken without Salt: the password is tried, and nothing of it is kept or fingerprinted', async () => {
  const run = await judgeMessage(signed('', ''), { users: [{ name: 'alice', password: 's3cret' }] });
  const step = run.trace.steps.find((one) => one.kind === 'derive-key');
  expect(step?.data['how']).toBe('username-token');
  expect(step?.data['fingerprint']).toBeUndefined();
  expect([...run.stepKeys.values()]).toEqual([]);
  expect(JSON.stringify(run.trace)).not.toContain(createHash('sha256').update('s3cret').digest('hex').slice(0, 16));
});

test('a DerivedKeyToken: nonce, label, offset, length and generation stand there', async () => {
  const nonce = Buffer.from('0123456789abcdef').toString('base64');
  const token =
    '<c:DerivedKeyToken xmlns:c="http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512" ' +
    'wsu:Id="dk"><wsse:SecurityTokenReference><wsse:Reference ' +
    `URI="#ut"/></wsse:SecurityTokenReference><c:Offset>4</c:Offset><c:Length>20</c:Length><c:Label>label</c:Label><c:Nonce>${nonce}</c:Nonce></c:DerivedKeyToken>`;
  const run = await judgeMessage(signed('', token), { users: [{ name: 'alice', password: 's3cret' }] });
  const data = run.trace.steps
    .filter((one) => one.kind === 'derive-key')
    .map((one) => one.data)
    .find((one) => one['how'] === 'derived-key');
  expect(data).toMatchObject({
    nonce: Buffer.from('0123456789abcdef').toString('hex'),
    label: 'label',
    offset: 4,
    length: 20,
    generation: null,
  });
  expect(JSON.stringify(run.trace)).not.toContain(createHash('sha256').update('s3cret').digest('hex').slice(0, 16));
});
