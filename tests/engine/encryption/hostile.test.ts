/**
 * Hostile and broken encryption: a finding within the bounds, and the rest of the message still judged
 * (docs/attacks.md, "Encryption").
 */
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { codes, judgeMessage, keyFromPem, secret } from '../judging.ts';
import { WSU, XENC } from '../../building/names.ts';
import {
  encryptedData,
  encryptedKey,
  envelope,
  gcm,
  gcmParts,
  keyName,
  oaep,
  ORDER,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
  referenceList,
  securityTokenReference,
} from '../../building/encryption.ts';

const session = randomBytes(16);
const keys = [secret(session, 'shared')];
const shared = keyName('shared');
const TIMESTAMP =
  '<wsu:Timestamp ' +
  `xmlns:wsu="${WSU}"><wsu:Created>2026-11-22T11:59:00Z</wsu:Created><wsu:Expires>2026-11-22T12:05:00Z</wsu:Expires></wsu:Timestamp>`;

describe('encryption made to harm', () => {
  it('keys that wait for each other are named, and nothing loops', async () => {
    const a = encryptedKey(randomBytes(24), {
      id: 'A',
      algorithm: `${XENC}kw-aes128`,
      keyInfo: securityTokenReference('B'),
    });
    const b = encryptedKey(randomBytes(24), {
      id: 'B',
      algorithm: `${XENC}kw-aes128`,
      keyInfo: securityTokenReference('A'),
      references: [],
    });
    const run = await judgeMessage(
      envelope(`${TIMESTAMP}${a}${b}`, encryptedData(gcm(session, ORDER), { keyInfo: securityTokenReference('A') })),
      { keys },
    );
    expect(codes(run)).toContain('ENC-06');
    expect(run.trace.verdict.axes).toMatchObject({ decryption: 'fail', freshness: 'pass' });
  });

  it('a key that waits for itself too', async () => {
    const run = await judgeMessage(
      envelope(
        encryptedKey(randomBytes(24), { algorithm: `${XENC}kw-aes128`, keyInfo: securityTokenReference('EK-1') }),
        encryptedData(gcm(session, ORDER)),
      ),
      { keys },
    );
    expect(codes(run)).toContain('ENC-06');
  });

  it('many layers end at the bound, those within it opened', async () => {
    let inner = ORDER;
    for (let layer = 0; layer < DEFAULT_LIMITS.decryptionLayers + 2; layer++) {
      inner = encryptedData(gcm(session, inner), { id: `ED-${layer}`, keyInfo: shared });
    }
    const run = await judgeMessage(envelope(TIMESTAMP, inner), { keys });
    expect(run.trace.verdict.headline).toBe('limit');
    expect(run.trace.findings.find((one) => one.code === 'limit')?.data).toMatchObject({ bound: 'decryptionLayers' });
    expect(run.trace.encrypted.filter((part) => part.result === 'pass').length).toBeGreaterThanOrEqual(
      DEFAULT_LIMITS.decryptionLayers,
    );
    expect(run.trace.verdict.axes.freshness).toBe('pass');
  });

  it('layers up to the bound open', async () => {
    let inner = ORDER;
    for (let layer = 0; layer < DEFAULT_LIMITS.decryptionLayers; layer++) {
      inner = encryptedData(gcm(session, inner), { id: `ED-${layer}`, keyInfo: shared });
    }
    expect((await judgeMessage(envelope('', inner), { keys })).trace.verdict.axes.decryption).toBe('pass');
  });

  it('ten thousand parts end at the bound, quickly, all listed', async () => {
    const one = encryptedData(gcm(session, '<x/>'), { keyInfo: shared });
    const parts = Array.from({ length: 10_000 }, (_, index) => one.replace('ED-1', `E${index}`)).join('');
    const began = performance.now();
    const run = await judgeMessage(envelope(TIMESTAMP, parts), { keys });
    expect(performance.now() - began).toBeLessThan(15_000);
    expect(run.trace.verdict.headline).toBe('limit');
    expect(run.trace.encrypted).toHaveLength(10_000);
    expect(run.trace.encrypted.filter((part) => part.result === 'pass')).toHaveLength(DEFAULT_LIMITS.decryptions);
    expect(run.trace.verdict.axes.freshness).toBe('pass');
  }, 60_000);

  it('a hundred parts all open', async () => {
    const one = encryptedData(gcm(session, '<x/>'), { keyInfo: shared });
    const run = await judgeMessage(
      envelope(
        referenceList(['E0']),
        Array.from({ length: DEFAULT_LIMITS.decryptions }, (_, index) => one.replace('ED-1', `E${index}`)).join(''),
      ),
      { keys },
    );
    expect(run.trace.verdict.axes.decryption).toBe('pass');
  });

  it('more plaintext than the bound is refused', async () => {
    const run = await judgeMessage(
      envelope('', encryptedData(gcm(session, `<a>${'x'.repeat(5000)}</a>`), { keyInfo: shared })),
      { keys, limits: { ...DEFAULT_LIMITS, plaintextOctets: 4096 } },
    );
    expect(run.trace.verdict.headline).toBe('limit');
  });

  it('plaintext nested deeper than the bound is refused', async () => {
    const run = await judgeMessage(
      envelope('', encryptedData(gcm(session, '<a>'.repeat(300) + '</a>'.repeat(300)), { keyInfo: shared })),
      { keys },
    );
    expect(run.trace.verdict.headline).toBe('limit');
  });

  it('a DOCTYPE in the plaintext is refused', async () => {
    const run = await judgeMessage(
      envelope('', encryptedData(gcm(session, '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), { keyInfo: shared })),
      { keys },
    );
    expect(run.trace.verdict.headline).toBe('invalid');
  });

  const { iv, tag } = gcmParts(session, '');
  it.each([
    ['nothing', ''],
    ['an IV alone', iv.toString('base64')],
    ['a tag too short', Buffer.concat([iv, tag.subarray(0, 12)]).toString('base64')],
    ['white space', ' \n'],
  ])('%s in place of ciphertext', async (_, text) => {
    const run = await judgeMessage(envelope(TIMESTAMP, encryptedData(text, { keyInfo: shared })), { keys });
    expect(codes(run)).toContain('ciphertext-truncated-or-encoded');
    expect(run.trace.verdict.axes).toMatchObject({ decryption: 'fail', freshness: 'pass' });
  });

  it('empty plaintext under GCM is empty content', async () => {
    const run = await judgeMessage(envelope('', encryptedData(gcm(session, ''), { keyInfo: shared })), { keys });
    expect(run.trace.encrypted[0]).toMatchObject({
      result: 'pass',
      plaintextSha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });

  it.each(['CipherData', 'EncryptionMethod'])('without %s the part is judged and nothing throws', async (name) => {
    const message = envelope(
      '',
      encryptedData(gcm(session, ORDER), { keyInfo: shared }).replaceAll(`xenc:${name}`, 'xenc:Other'),
    );
    expect((await judgeMessage(message, { keys })).trace.verdict.axes.decryption).not.toBe('pass');
  });

  it('one IV used twice under one key is named', async () => {
    const once = encryptedData(gcm(session, ORDER), { keyInfo: shared });
    const run = await judgeMessage(
      envelope(referenceList(['ED-1', 'ED-2']), `${once}${once.replace('ED-1', 'ED-2')}`),
      { keys },
    );
    expect(codes(run)).toContain('ENC-04');
    const fresh = await judgeMessage(
      envelope(
        referenceList(['ED-1', 'ED-2']),
        `${once}${encryptedData(gcm(session, ORDER), { id: 'ED-2', keyInfo: shared })}`,
      ),
      { keys },
    );
    expect(codes(fresh)).not.toContain('ENC-04');
  });

  it('a ciphertext outside the message is not fetched', async () => {
    const message = envelope(
      '',
      encryptedData('X', { keyInfo: shared }).replace(
        /<xenc:CipherValue>.*<\/xenc:CipherValue>/,
        '<xenc:CipherReference URI="http://example.org/cipher"/>',
      ),
    );
    const run = await judgeMessage(message, { keys });
    expect(codes(run)).toContain('external-reference-not-supplied');
    expect(run.trace.verdict.axes.decryption).toBe('unknown');
    const given = await judgeMessage(message, {
      keys,
      attachments: new Map([['http://example.org/cipher', gcm(session, ORDER)]]),
    });
    expect(given.trace.verdict.axes.decryption).toBe('pass');
  });

  it('a key that fails does not keep another part from opening', async () => {
    const damaged = oaep(RECIPIENT, session);
    damaged[50]! ^= 1;
    const message = envelope(
      `${encryptedKey(damaged)}${encryptedKey(oaep(RECIPIENT, session), { id: 'EK-2', references: ['ED-2'] })}`,
      `${encryptedData(gcm(session, ORDER))}${encryptedData(gcm(session, ORDER), { id: 'ED-2' })}`,
    );
    const run = await judgeMessage(message, { keys: await keyFromPem(PRIVATE_PEM) });
    expect(run.trace.encrypted.map((part) => [part.id, part.result])).toEqual([
      ['ED-1', 'unknown'],
      ['ED-2', 'pass'],
    ]);
    expect(run.trace.verdict.axes.decryption).toBe('fail');
  });
});
