/**
 * Private keys that nothing in the message names may prove and never disprove (docs/command.md, "How the axes are
 * judged").
 */
import { describe, expect, it } from 'vitest';
import { findingMessage } from '../../../src/content/findings/index.ts';
import { judgeMessage, keyFromPem } from '../judging.ts';
import { DS, WSSE, XENC11 } from '../../building/names.ts';
import {
  encryptedData,
  encryptedKey,
  envelope,
  gcm,
  oaep,
  ORDER,
  OTHER_PRIVATE_PEM,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
} from '../../building/encryption.ts';

const session = randomBytes(16);
const keyIdentifier = (value: string) =>
  `<ds:KeyInfo xmlns:ds="${DS}"><wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:KeyIdentifier ` +
  `ValueType="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier">${value}</wsse:KeyIdentifier>` +
  '</wsse:SecurityTokenReference></ds:KeyInfo>';
const SOMEBODY = keyIdentifier(Buffer.alloc(20, 7).toString('base64'));
const judged = async (octets: Buffer, keyInfo: string, pem: string) => {
  const message = envelope(encryptedKey(octets, { keyInfo }), encryptedData(gcm(session, ORDER)));
  const { trace } = await judgeMessage(message, { keys: await keyFromPem(pem), explained: true });
  const finding = (code: string) => trace.findings.find((one) => one.code === code);
  return { trace, finding, codes: trace.findings.map(({ code }) => code) };
};

describe('an encrypted key without KeyInfo', () => {
  it('opens with the right key', async () => {
    expect((await judged(oaep(RECIPIENT, session), '', PRIVATE_PEM)).trace.verdict.axes.decryption).toBe('pass');
  });

  it('stays open where the given key is another', async () => {
    const { trace, finding } = await judged(oaep(RECIPIENT, session), '', OTHER_PRIVATE_PEM);
    expect(trace.verdict).toMatchObject({ headline: 'incomplete', axes: { decryption: 'unknown' } });
    expect(findingMessage(finding('private-key-not-found')!)).toContain('does not say for whom');
  });
});

describe('a private key without certificate, where the message names one', () => {
  it('opens it, which is told', async () => {
    const { trace, codes } = await judged(oaep(RECIPIENT, session), SOMEBODY, PRIVATE_PEM);
    expect(trace.verdict.axes.decryption).toBe('pass');
    expect(codes).toContain('recipient-not-compared');
  });

  it('proves another digest than the message says', async () => {
    const { trace, finding } = await judged(oaep(RECIPIENT, session, 'sha256'), SOMEBODY, PRIVATE_PEM);
    expect(trace.verdict.headline).toBe('incomplete');
    expect(finding('oaep-digest-mgf-mismatch')).toMatchObject({
      confidence: 'proven',
      data: { mask: `${XENC11}mgf1sha256` },
    });
    expect(finding('private-key-not-found')?.confidence).not.toBe('proven');
  });

  it('may be the right one or not, where nothing opens', async () => {
    const { trace, finding } = await judged(oaep(RECIPIENT, session), SOMEBODY, OTHER_PRIVATE_PEM);
    expect(trace.verdict.headline).toBe('incomplete');
    const text = findingMessage(finding('private-key-not-found')!);
    expect(text).toContain('nothing says whether it is the one');
    expect(text).not.toContain('not among what was given');
  });
});
