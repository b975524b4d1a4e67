/**
 * A failed decryption ends with its cause, proven by opening it with what the sender really used (docs/faults.md,
 * "Decryption").
 */
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import { judgeMessage, keyFromPem, secret } from '../judging.ts';
import { DS, TYPE_ELEMENT, XENC, XENC11 } from '../../building/names.ts';
import {
  cbc,
  encryptedData,
  encryptedKey,
  envelope,
  gcm,
  gcmParts,
  keyName,
  keyValue,
  oaep,
  ORDER,
  OTHER,
  OTHER_PRIVATE_PEM,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
  referenceList,
  rsa15,
} from '../../building/encryption.ts';

const session = randomBytes(16);
const keys = await keyFromPem(PRIVATE_PEM);
const named = (octets: Buffer): KeyEntry => secret(octets, 'shared');
const flipped = (octets: Buffer, at: number) =>
  Buffer.from(octets.map((octet, index) => (index === at ? octet ^ 1 : octet)));

interface Expected {
  readonly code: string;
  readonly confidence?: string;
  readonly data?: Record<string, unknown>;
}

async function fails(message: string, expected: Expected, given: readonly KeyEntry[] = keys) {
  const run = await judgeMessage(message, { keys: given, explained: true });
  const finding = run.trace.findings.find((one) => one.code === expected.code);
  expect(finding, JSON.stringify(run.trace.findings.map((one) => [one.code, one.data]))).toBeDefined();
  expect(finding!.confidence).toBe(expected.confidence ?? 'proven');
  expect(finding!.data).toMatchObject(expected.data ?? {});
  expect(run.trace.verdict.axes.decryption).toBe('fail');
  expect(run.trace.verdict.headline).toBe('invalid');
}

const withKey = (octets: Buffer, options: Parameters<typeof encryptedKey>[1] = {}) =>
  envelope(encryptedKey(octets, options), encryptedData(gcm(session, ORDER)));
const withData = (octets: Buffer | string, algorithm: string) =>
  envelope(referenceList(['ED-1']), encryptedData(octets, { algorithm, keyInfo: keyName('shared') }));
const digest = (uri: string) => `<ds:DigestMethod xmlns:ds="${DS}" Algorithm="${uri}"/>`;

describe('a key that does not open', () => {
  it('was masked with another hash', () =>
    fails(withKey(oaep(RECIPIENT, session, 'sha256'), { parameters: digest(`${XENC}sha256`) }), {
      code: 'oaep-digest-mgf-mismatch',
      data: { digest: `${XENC}sha256`, mask: `${XENC11}mgf1sha256`, stated: `${XENC}rsa-oaep-mgf1p` },
    }));
  it('has another label', () =>
    fails(
      withKey(oaep(RECIPIENT, session, 'sha1', Buffer.from('one')), {
        parameters: `<xenc:OAEPparams>${Buffer.from('two').toString('base64')}</xenc:OAEPparams>`,
      }),
      { code: 'oaep-params-label', data: { labelOctets: null } },
    ));
  it('has no label although one is written', () =>
    fails(withKey(oaep(RECIPIENT, session), { parameters: '<xenc:OAEPparams>AAAA</xenc:OAEPparams>' }), {
      code: 'oaep-params-label',
      data: { labelOctets: 0 },
    }));
  it('has the padding of PKCS#1 v1.5', () =>
    fails(withKey(rsa15(RECIPIENT, session)), { code: 'oaep-vs-pkcs15', data: { opens: `${XENC}rsa-1_5` } }));
  it('has the padding of OAEP', () =>
    fails(withKey(oaep(RECIPIENT, session), { algorithm: `${XENC}rsa-1_5` }), { code: 'oaep-vs-pkcs15' }));
  it('is for another of the given keys', async () => {
    const both = [...keys, ...(await keyFromPem(OTHER_PRIVATE_PEM)).map((entry) => ({ ...entry, id: 'k2' }))];
    await fails(
      withKey(oaep(OTHER, session), { keyInfo: keyValue(RECIPIENT) }),
      { code: 'enc-wrong-recipient-cert', data: { entry: 'k2' } },
      both,
    );
  });
  it('was damaged: nothing is proven, and nothing random is taken instead', () =>
    fails(withKey(flipped(oaep(RECIPIENT, session), 40)), {
      code: 'decryption-failed-unproven',
      confidence: 'certain',
    }));
  it('was wrapped as base64 text', () =>
    fails(withKey(oaep(RECIPIENT, Buffer.from(session.toString('base64')))), {
      code: 'session-key-encoding-or-size',
      data: { reason: 'base64', needed: 16, actual: 24 },
    }));
  it('was wrapped as hexadecimal text', () =>
    fails(withKey(oaep(RECIPIENT, Buffer.from(session.toString('hex')))), {
      code: 'session-key-encoding-or-size',
      data: { reason: 'hex' },
    }));
  it('is too short for the algorithm', () =>
    fails(withKey(oaep(RECIPIENT, session.subarray(0, 8))), {
      code: 'session-key-encoding-or-size',
      confidence: 'certain',
      data: { needed: 16, actual: 8 },
    }));
});

describe('content that does not open', () => {
  const { iv, ciphertext, tag } = gcmParts(session, ORDER);
  const long = gcmParts(session, ORDER, 16);
  it.each([
    ['tag-before-ciphertext', Buffer.concat([iv, tag, ciphertext])],
    ['tag-first', Buffer.concat([tag, iv, ciphertext])],
    ['iv-16', Buffer.concat([long.iv, long.ciphertext, long.tag])],
    ['no-tag', Buffer.concat([iv, ciphertext])],
    ['tag-cut', Buffer.concat([iv, ciphertext, tag.subarray(0, 12)])],
    ['tag-wrong', Buffer.concat([iv, ciphertext, flipped(tag, 0)])],
  ])('has the layout %s', (layout, octets) =>
    fails(withData(octets, `${XENC11}aes128-gcm`), { code: 'gcm-tag-iv-layout', data: { layout } }, [named(session)]),
  );
  it('has no padding', () =>
    fails(
      withData(cbc(session, `${ORDER}${' '.repeat(16 - (ORDER.length % 16))}`, 'none'), `${XENC}aes128-cbc`),
      { code: 'cbc-padding-scheme', data: { padding: 'none' } },
      [named(session)],
    ));
  it('is padded with zeros', () =>
    fails(
      withData(cbc(session, ORDER, 'zeros'), `${XENC}aes128-cbc`),
      { code: 'cbc-padding-scheme', data: { padding: 'zeros' } },
      [named(session)],
    ));
  it('is labelled with another algorithm', () =>
    fails(
      withData(gcm(session, ORDER), `${XENC}aes128-cbc`),
      { code: 'data-algorithm-relabelled', data: { opens: `${XENC11}aes128-gcm` } },
      [named(session)],
    ));
  it('is labelled with a URI that does not exist', () =>
    fails(
      withData(gcm(session, ORDER), `${XENC}aes128-gcm`),
      { code: 'data-algorithm-relabelled', data: { opens: `${XENC11}aes128-gcm` } },
      [named(session)],
    ));
  it('was put into base64 twice', () =>
    fails(
      withData(Buffer.from(gcm(session, ORDER).toString('base64')), `${XENC11}aes128-gcm`),
      { code: 'ciphertext-truncated-or-encoded', data: { reason: 'base64-twice' } },
      [named(session)],
    ));
  it('was cut off', () =>
    fails(
      withData(cbc(session, ORDER).subarray(0, 40), `${XENC}aes128-cbc`),
      {
        code: 'ciphertext-truncated-or-encoded',
        confidence: 'certain',
        data: { reason: 'ciphertext-length', length: 40 },
      },
      [named(session)],
    ));
  it('is not base64', () =>
    fails(
      withData('AB!C', `${XENC}aes128-cbc`),
      {
        code: 'ciphertext-truncated-or-encoded',
        confidence: 'certain',
        data: { reason: 'base64-alphabet', offset: 2 },
      },
      [named(session)],
    ));
  it('was changed', () =>
    fails(
      withData(flipped(gcm(randomBytes(16), ORDER), 20), `${XENC11}aes128-gcm`),
      { code: 'decryption-failed-unproven', confidence: 'certain', data: { reason: 'tag' } },
      [named(session)],
    ));
  it('is no XML although it says so', () =>
    fails(
      withData(cbc(session, 'a < b'), `${XENC}aes128-cbc`),
      { code: 'decryption-failed-unproven', confidence: 'certain', data: { reason: 'plaintext' } },
      [named(session)],
    ));
  it('would close elements around it', () =>
    fails(
      withData(gcm(session, '</soap:Body><soap:Body>'), `${XENC11}aes128-gcm`),
      { code: 'decryption-failed-unproven', confidence: 'certain' },
      [named(session)],
    ));
});

describe('what is odd and opens', () => {
  async function warns(message: string, code: string, given: readonly KeyEntry[] = [named(session)]) {
    const run = await judgeMessage(message, { keys: given, explained: true });
    expect(run.trace.findings.find((one) => one.code === code)?.severity).toBe('warning');
    expect(run.trace.verdict.axes.decryption).toBe('pass');
  }
  it('content labelled Element', () =>
    warns(
      envelope(
        referenceList(['ED-1']),
        encryptedData(gcm(session, `${ORDER}${ORDER}`), { type: TYPE_ELEMENT, keyInfo: keyName('shared') }),
      ),
      'enc-type-content-vs-element',
    ));
  it('the element itself labelled Content', () =>
    warns(
      envelope(referenceList(['ED-1']), encryptedData(gcm(session, '<soap:Body/>'), { keyInfo: keyName('shared') })),
      'enc-type-content-vs-element',
    ));
  it('no list names it: receivers leave it encrypted', () =>
    warns(envelope('', encryptedData(gcm(session, ORDER), { keyInfo: keyName('shared') })), 'referencelist-missing', [
      named(session),
    ]));
  it('a key longer than the algorithm takes', () =>
    warns(withData(gcm(session, ORDER), `${XENC11}aes128-gcm`), 'session-key-encoding-or-size', [
      named(Buffer.concat([session, session])),
    ]));
});

it('a list that names nothing leaves the part undecrypted for receivers', () =>
  fails(
    envelope(referenceList(['ED-2']), encryptedData(gcm(session, ORDER), { keyInfo: keyName('shared') })),
    { code: 'referencelist-missing', confidence: 'certain' },
    [named(session)],
  ));
