/**
 * What the URI of a block cipher that nobody has comes to (XML Encryption 1.1 §5.2; docs/command.md, "The headline").
 */
import { describe, expect, it } from 'vitest';
import { findingMessage } from '../../../src/content/findings/index.ts';
import { judgeMessage, keyFromPem, secret } from '../judging.ts';
import { XENC } from '../../building/names.ts';
import {
  cbc,
  encryptedData,
  encryptedKey,
  envelope,
  oaep,
  ORDER,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
} from '../../building/encryption.ts';

const session = randomBytes(16);
const keys = await keyFromPem(PRIVATE_PEM);
const carried = encryptedKey(oaep(RECIPIENT, session));
const under = (algorithm: string, octets = cbc(session, ORDER), given = keys) =>
  judgeMessage(envelope(given === keys ? carried : '', encryptedData(octets, { algorithm })), { keys: given });

describe('a URI that is no block cipher of ours', () => {
  it.each([
    ['in a namespace of W3C that has no such name', 'http://www.w3.org/2009/xmlenc#aes128-cbc'],
    ['misspelt', `${XENC}AES128_CBC`],
  ])('%s is the fault of the message', async (_, algorithm) => {
    const { trace } = await under(algorithm);
    expect(trace.verdict.headline).toBe('invalid');
    expect(trace.encrypted[0]?.result).toBe('fail');
    const finding = trace.findings.find((one) => one.code === 'algorithm-unsupported');
    expect(finding?.data).toMatchObject({ why: 'no-such-name', meant: `${XENC}aes128-cbc` });
    expect(finding === undefined ? '' : findingMessage(finding)).not.toContain('not judged');
  });

  it.each([
    ['of somebody else, by the same last part', 'http://example.com/ciphers#aes128-cbc'],
    ['of somebody else, as a URN', 'urn:example:aes128-cbc'],
    ['of W3C, by another name', 'http://www.w3.org/2030/xmlenc#aes128-siv'],
  ])('%s is not supported', async (_, algorithm) => {
    const { trace } = await under(algorithm);
    expect(trace.verdict.headline).toBe('unsupported');
    expect(trace.findings.find((one) => one.code === 'algorithm-unsupported')?.data).toMatchObject({ why: null });
  });

  it('proves nothing with octets that no block cipher gives', async () => {
    const { trace } = await under('http://www.w3.org/2009/xmlenc#aes128-cbc', randomBytes(27));
    expect(trace.verdict.headline).toBe('unsupported');
  });

  it('proves nothing with a key that nobody named', async () => {
    const { trace } = await under('http://www.w3.org/2009/xmlenc#aes128-cbc', cbc(session, ORDER), [secret(session)]);
    expect(trace.verdict.headline).toBe('unsupported');
  });
});
