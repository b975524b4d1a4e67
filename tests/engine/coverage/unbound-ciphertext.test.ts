/**
 * Signed ciphertext whose EncryptedKey nobody signed (docs/attacks.md ENC-11): under CBC it opens with another key to
 * other text, and the signature still holds.
 */
import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import { codes, judgeMessage, keyFromPem, secret } from '../judging.ts';
import { DS, SOAP, WSU, XENC } from '../../building/names.ts';
import {
  cbc,
  encryptedData,
  encryptedKey,
  envelope,
  gcm,
  keyName,
  oaep,
  ORDER,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
  wrap,
} from '../../building/encryption.ts';
import { hmacSigner, signatureXml, type Reference } from '../../building/signature.ts';

const session = randomBytes(16);
const mac = randomBytes(32);
const kek = randomBytes(16);
const given: readonly KeyEntry[] = [
  ...(await keyFromPem(PRIVATE_PEM)),
  { ...secret(mac, 'mac'), id: 'k9' },
  { ...secret(kek, 'kek'), id: 'k10' },
];

const long = (xml: string) => xml.replaceAll(/<([\w:]+)([^<>]*)\/>/g, '<$1$2></$1>');
const body = (content: string): Reference => ({
  uri: '#Body',
  octets: `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="Body">${long(content)}</soap:Body>`,
});
const signed = (...references: Reference[]) =>
  signatureXml({ references, signer: hmacSigner(mac), keyInfo: keyName('mac').replace(` xmlns:ds="${DS}"`, '') });

const inCbc = (plain: string) => encryptedData(cbc(session, plain), { algorithm: `${XENC}aes128-cbc` });
const key = encryptedKey(oaep(RECIPIENT, session));
const judged = (header: string, content: string) => judgeMessage(envelope(header, content), { keys: given });

/** Another key under which the same octets end in a whole block of padding: they open, to less than was there. */
function keyOpeningTo(octets: Buffer, padding: number): Buffer {
  for (;;) {
    const other = randomBytes(16);
    const decipher = createDecipheriv('aes-128-cbc', other, octets.subarray(0, 16)).setAutoPadding(false);
    if (Buffer.concat([decipher.update(octets.subarray(16)), decipher.final()]).at(-1) === padding) return other;
  }
}

describe('ciphertext of CBC, signed', () => {
  it('opens to other text under another EncryptedKey, and is not called valid with either', async () => {
    const octets = cbc(session, 'pay alice 10');
    const content = encryptedData(octets, { algorithm: `${XENC}aes128-cbc` });
    const signature = signed(body(content));
    const own = await judged(`${signature}${key}`, content);
    const swapped = await judged(`${signature}${encryptedKey(oaep(RECIPIENT, keyOpeningTo(octets, 16)))}`, content);
    for (const run of [own, swapped]) {
      const { axes, headline } = run.trace.verdict;
      expect(axes).toMatchObject({ signature: 'pass', decryption: 'pass', coverage: 'partial' });
      expect(headline).toBe('valid-partial');
      expect(run.trace.findings[0]).toMatchObject({ code: 'ENC-11', severity: 'warning' });
      expect(codes(run)).not.toContain('required-part-not-signed');
    }
    expect(own.trace.encrypted[0]?.plaintextSha256).not.toBe(swapped.trace.encrypted[0]?.plaintextSha256);
  });

  it('is covered where the EncryptedKey is signed as well', async () => {
    const content = inCbc(ORDER);
    const once = key.replace(
      '<xenc:ReferenceList xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">',
      '<xenc:ReferenceList>',
    );
    const run = await judged(`${signed(body(content), { uri: '#EK-1', octets: long(once) })}${once}`, content);
    expect(codes(run)).not.toContain('ENC-11');
    expect(run.trace.verdict.axes).toMatchObject({ signature: 'pass', decryption: 'pass', coverage: 'full' });
  });

  it('is covered where its key came under a secret that the receiver shares', async () => {
    const content = inCbc(ORDER);
    const wrapped = encryptedKey(wrap(kek, session), { algorithm: `${XENC}kw-aes128`, keyInfo: keyName('kek') });
    const run = await judged(`${signed(body(content))}${wrapped}`, content);
    expect(codes(run)).not.toContain('ENC-11');
    expect(run.trace.verdict.axes).toMatchObject({ decryption: 'pass', coverage: 'full' });
  });

  it('is covered where the plaintext is signed', async () => {
    const run = await judged(`${key}${signed(body(ORDER))}`, inCbc(ORDER));
    expect(codes(run)).not.toContain('ENC-11');
    expect(run.trace.verdict.axes.coverage).toBe('full');
  });

  it('is covered where the signature itself is made with the key that opens it', async () => {
    const content = inCbc(ORDER);
    const signature = signatureXml({
      references: [body(content)],
      signer: hmacSigner(session),
      keyInfo:
        '<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#EK-1"></wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo>',
    });
    const run = await judged(`${signature}${key}`, content);
    expect(run.trace.verdict.axes).toMatchObject({ signature: 'pass', coverage: 'full' });
    expect(codes(run)).not.toContain('ENC-11');
  });
});

it('ciphertext of GCM opens with no key but its own', async () => {
  const content = encryptedData(gcm(session, ORDER));
  const signature = signed(body(content));
  const own = await judged(`${signature}${key}`, content);
  expect(own.trace.verdict).toMatchObject({ headline: 'valid', axes: { coverage: 'full' } });
  const swapped = await judged(`${signature}${encryptedKey(oaep(RECIPIENT, randomBytes(16)))}`, content);
  expect(swapped.trace.verdict).toMatchObject({ headline: 'invalid', axes: { decryption: 'fail' } });
});
