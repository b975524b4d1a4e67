/**
 * Every way in which a message carries encrypted content and its key opens, with the octets in their place (XML
 * Encryption 1.1 §3; SMS §9).
 */
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import type { Run } from '../../../src/engine/message/request.ts';
import { codes, judgeMessage, keyFromPem, secret } from '../judging.ts';
import { DS, TYPE_ELEMENT, WSSE, WSSE11, XENC, XENC11 } from '../../building/names.ts';
import {
  cbc,
  createHash,
  encryptedData,
  encryptedKey,
  envelope,
  gcm,
  keyName,
  oaep,
  ORDER,
  OTHER,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
  referenceList,
  rsa15,
  securityTokenReference,
  wrap,
} from '../../building/encryption.ts';

const session = randomBytes(16);
const keys = await keyFromPem(PRIVATE_PEM);
const named = (name: string, octets: Buffer): KeyEntry => ({ ...secret(octets, name), id: `k-${name}` });

function decoded(run: Run): string {
  const space = run.trace.spaces.findLast((one) => one.kind === 'decoded');
  return new TextDecoder().decode(run.octets.get(space?.id ?? 'input')?.octets);
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function opens(message: string, given: readonly KeyEntry[] = keys, plain = ORDER): Promise<Run> {
  const run = await judgeMessage(message, { keys: given });
  expect(run.trace.verdict.axes.decryption, JSON.stringify(run.trace.findings)).toBe('pass');
  expect(run.trace.encrypted[0]?.plaintextSha256).toBe(sha256(plain));
  expect(decoded(run)).toContain(plain);
  expect(decoded(run)).not.toContain('EncryptedData');
  return run;
}

describe('decryption', () => {
  it('opens a Body through EncryptedKey and ReferenceList in the header', async () => {
    const run = await opens(envelope(encryptedKey(oaep(RECIPIENT, session)), encryptedData(gcm(session, ORDER))));
    expect(run.trace.encrypted[0]).toMatchObject({
      id: 'ED-1',
      method: `${XENC11}aes128-gcm`,
      keyTransport: `${XENC}rsa-oaep-mgf1p`,
      result: 'pass',
    });
    expect(run.trace.verdict.headline).toBe('valid-partial');
  });

  it.each([128, 192, 256])('takes AES-%i in CBC with any filler', async (bits) => {
    const key = randomBytes(bits / 8);
    await opens(
      envelope(
        encryptedKey(rsa15(RECIPIENT, key), { algorithm: `${XENC}rsa-1_5` }),
        encryptedData(cbc(key, ORDER), { algorithm: `${XENC}aes${bits}-cbc` }),
      ),
    );
  });

  it('follows a SecurityTokenReference to the EncryptedKey and a ReferenceList of its own', async () => {
    await opens(
      envelope(
        `${encryptedKey(oaep(RECIPIENT, session), { references: [] })}${referenceList(['ED-1'])}`,
        encryptedData(gcm(session, ORDER), { keyInfo: securityTokenReference('EK-1') }),
      ),
    );
  });

  it('takes the EncryptedKey inside the EncryptedData', async () => {
    const key = encryptedKey(oaep(RECIPIENT, session), { references: [] });
    await opens(
      envelope(
        referenceList(['ED-1']),
        encryptedData(gcm(session, ORDER), { keyInfo: `<ds:KeyInfo xmlns:ds="${DS}">${key}</ds:KeyInfo>` }),
      ),
    );
  });

  it('follows a RetrievalMethod within the document', async () => {
    const keyInfo = `<ds:KeyInfo xmlns:ds="${DS}"><ds:RetrievalMethod URI="#EK-1" Type="${XENC}EncryptedKey"/></ds:KeyInfo>`;
    await opens(
      envelope(
        `${encryptedKey(oaep(RECIPIENT, session), { references: [] })}${referenceList(['ED-1'])}`,
        encryptedData(gcm(session, ORDER), { keyInfo }),
      ),
    );
  });

  it('finds the EncryptedKey by its CarriedKeyName', async () => {
    await opens(
      envelope(
        `${encryptedKey(oaep(RECIPIENT, session), { references: [], name: 'session 7' })}${referenceList(['ED-1'])}`,
        encryptedData(gcm(session, ORDER), { keyInfo: keyName('session 7') }),
      ),
    );
  });

  it('unwraps a key with a given secret, and a key wrapped in a key', async () => {
    const kek = randomBytes(32);
    const inner = randomBytes(16);
    const header =
      encryptedKey(wrap(kek, inner), {
        id: 'EK-2',
        algorithm: `${XENC}kw-aes256`,
        keyInfo: keyName('kek'),
        references: [],
      }) +
      encryptedKey(wrap(inner, session), { algorithm: `${XENC}kw-aes128`, keyInfo: securityTokenReference('EK-2') });
    await opens(envelope(header, encryptedData(gcm(session, ORDER))), [named('kek', kek)]);
  });

  it('opens with a given session key alone', async () => {
    await opens(envelope(referenceList(['ED-1']), encryptedData(gcm(session, ORDER), { keyInfo: keyName('shared') })), [
      named('shared', session),
    ]);
  });

  it('replaces an element, and a header in an EncryptedHeader', async () => {
    const header = '<app:Secret xmlns:app="urn:example:app">7</app:Secret>';
    const block =
      '<wsse11:EncryptedHeader ' +
      `xmlns:wsse11="${WSSE11}">${encryptedData(gcm(session, header), { id: 'ED-2', type: TYPE_ELEMENT })}</wsse11:EncryptedHeader>`;
    const run = await opens(
      envelope(
        encryptedKey(oaep(RECIPIENT, session), { references: ['ED-1', 'ED-2'] }),
        encryptedData(gcm(session, ORDER), { type: TYPE_ELEMENT }),
        block,
      ),
      keys,
      header,
    );
    expect(decoded(run)).toContain(`</wsse:Security>${header}</soap:Header>`);
  });

  it('opens what is encrypted twice, layer by layer', async () => {
    const inner = encryptedData(gcm(session, ORDER), { id: 'ED-2' });
    const run = await judgeMessage(
      envelope(
        encryptedKey(oaep(RECIPIENT, session), { references: ['ED-1', 'ED-2'] }),
        encryptedData(gcm(session, inner)),
      ),
      { keys },
    );
    expect(run.trace.verdict.axes.decryption).toBe('pass');
    expect(run.trace.encrypted.map((part) => part.result)).toEqual(['pass', 'pass']);
    expect(run.trace.encrypted[1]!.target.space).toBe(run.trace.encrypted[0]!.space);
    expect(decoded(run)).toContain(ORDER);
  });

  it('judges an encrypted token as if it had stood there', async () => {
    const token =
      '<wsse:UsernameToken ' +
      `xmlns:wsse="${WSSE}"><wsse:Username>alice</wsse:Username><wsse:Password>s3cret</wsse:Password></wsse:UsernameToken>`;
    const run = await judgeMessage(
      envelope(
        `${encryptedKey(oaep(RECIPIENT, session))}${encryptedData(gcm(session, token), { type: TYPE_ELEMENT })}`,
        ORDER,
      ),
      { keys, users: [{ name: 'alice', password: 's3cret' }] },
    );
    expect(run.trace.verdict.axes).toMatchObject({ decryption: 'pass', authentication: 'pass' });
  });

  it('opens a whole document without SOAP, its XML declaration left out', async () => {
    const plain = `<?xml version="1.0"?>\n${ORDER}`;
    const key = encryptedKey(oaep(RECIPIENT, session), { references: [] });
    const run = await judgeMessage(
      encryptedData(gcm(session, plain), {
        type: TYPE_ELEMENT,
        keyInfo: `<ds:KeyInfo xmlns:ds="${DS}">${key}</ds:KeyInfo>`,
      }),
      { keys },
    );
    expect(run.trace.verdict.axes.decryption).toBe('pass');
    expect(decoded(run).trim()).toBe(ORDER);
  });

  it('keeps octets of another type beside the document', async () => {
    const run = await judgeMessage(
      encryptedData(gcm(session, 'not <XML'), { type: null, keyInfo: keyName('shared') }),
      { keys: [named('shared', session)] },
    );
    expect(run.trace.encrypted[0]).toMatchObject({ result: 'pass', plaintextSha256: sha256('not <XML') });
  });

  it('keeps positions: input for what was copied, the fragment for what was decrypted', async () => {
    const message = envelope(encryptedKey(oaep(RECIPIENT, session)), encryptedData(gcm(session, ORDER)));
    const run = await opens(message);
    const body = run.trace.coverage.find((entry) => entry.role === 'Body')!;
    expect(body.encrypted).toBe(true);
    expect(body.target.space).toBe('input');
    expect(message.slice(body.target.start, body.target.end)).toMatch(/^<soap:Body.*<\/soap:Body>$/s);
    expect(run.octets.get(run.trace.encrypted[0]!.space!)!.octets).toEqual(new TextEncoder().encode(ORDER));
  });

  it('never writes a key or a password into the trace', async () => {
    const run = await opens(envelope(encryptedKey(oaep(RECIPIENT, session)), encryptedData(gcm(session, ORDER))));
    const text = JSON.stringify(run.trace);
    expect(text).not.toContain(session.toString('hex'));
    expect(text).not.toContain(session.toString('base64'));
  });

  it('leaves what is for another receiver to that one', async () => {
    const foreign =
      `<wsse:Security xmlns:wsse="${WSSE}" ` +
      `soap:actor="urn:other">${encryptedKey(rsa15(OTHER, session), { id: 'EK-2', algorithm: `${XENC}rsa-1_5`, keyInfo: keyName('other'), references: ['ED-2'] })}</wsse:Security>`;
    const block =
      '<wsse11:EncryptedHeader ' +
      `xmlns:wsse11="${WSSE11}">${encryptedData(gcm(randomBytes(16), '<x/>'), { id: 'ED-2', type: TYPE_ELEMENT, keyInfo: securityTokenReference('EK-2') })}</wsse11:EncryptedHeader>`;
    const message = envelope(
      encryptedKey(oaep(RECIPIENT, session)),
      encryptedData(gcm(session, ORDER)),
      `${foreign}${block}`,
    );
    const certificateless = keys.map((entry) => ({ ...entry, name: 'mine' }));
    const run = await judgeMessage(message, { keys: certificateless });
    expect(run.trace.encrypted.map((part) => part.result).toSorted()).toEqual(['pass', 'unknown']);
    expect(run.trace.verdict.axes.decryption).toBe('pass');
  });

  it('says what would help where the key is missing', async () => {
    const run = await judgeMessage(
      envelope(encryptedKey(oaep(RECIPIENT, session)), encryptedData(gcm(session, ORDER))),
    );
    expect(run.trace.verdict).toMatchObject({ headline: 'incomplete', axes: { decryption: 'unknown' } });
    expect(codes(run)).toContain('private-key-not-found');
  });
});
