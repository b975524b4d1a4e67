/**
 * Content that was signed, then written out of its place before it was encrypted: proven on what decrypts. Encrypted
 * with Node's own crypto.
 */
import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyFromPem, secret } from '../judging.ts';
import { diagnosed, proven, signedOctets } from './diagnosing.ts';
import { canonicalBody, message, pem, rsa, sha256 } from '../../building/wrong-message.ts';

const KEY = Buffer.from('0123456789abcdef');
const XENC = 'http://www.w3.org/2001/04/xmlenc#';

/** EncryptedData by AES-128-CBC in the place of the content of the Body. */
function encrypted(plaintext: string): string {
  const iv = Buffer.from('an IV of 16 octs');
  const cipher = createCipheriv('aes-128-cbc', KEY, iv);
  const value = Buffer.concat([iv, cipher.update(plaintext), cipher.final()]).toString('base64');
  return (
    `<xenc:EncryptedData xmlns:xenc="${XENC}" Id="ed" Type="${XENC}Content"><xenc:EncryptionMethod ` +
    `Algorithm="${XENC}aes128-cbc"/><ds:KeyInfo ` +
    `xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:KeyName>session</ds:KeyName></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>${value}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>`
  );
}

const ORDER = '<app:Order xmlns:app="urn:app"><item>1</item><item>2</item></app:Order>';
const DEFAULTED = '<Order xmlns="urn:app"><item>1</item></Order>';
const run = async (signed: string, written: string) =>
  diagnosed(message({ content: signed, afterwards: (text) => text.replace(signed, encrypted(written)) }), [
    ...(await keyFromPem(pem(rsa), true)),
    secret(KEY, 'session'),
  ]);

describe('decrypted-content-reserialised', () => {
  it('is not said where the plaintext is what was signed', async () => {
    const result = await run(ORDER, ORDER);
    expect(
      result.trace.signatures[0]!.references[0]!.digest,
      result.trace.findings.map((finding) => finding.code).join(', '),
    ).toBe('pass');
    expect(proven(result)).toEqual([]);
  });

  it.each([
    ['ws-pretty-print-after-sign', ORDER, ORDER.replace(/></g, '>\n  <')],
    ['xmlns-empty-spurious', DEFAULTED, DEFAULTED.replace('<item>', '<item xmlns="">')],
  ])('is proven together with %s', async (also, signed, written) => {
    const result = await run(signed, written);
    const cause = proven(result).find((finding) => finding.code === 'decrypted-content-reserialised');
    expect(
      cause,
      result.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', '),
    ).toBeDefined();
    expect(proven(result).map((finding) => finding.code)).toContain(also);
    expect(sha256(signedOctets(result, cause!)!)).toBe(sha256(Buffer.from(canonicalBody(signed))));
  });

  it('is not said where the plaintext says something else', async () => {
    const result = await run(ORDER, ORDER.replace('1', '9'));
    expect(proven(result)).toEqual([]);
    expect(result.trace.findings.map((finding) => finding.code)).toContain('digest-mismatch-unproven');
  });

  it('is not said of white space in what was never encrypted', async () => {
    const result = await diagnosed(
      message({ content: ORDER, afterwards: (text) => text.replace(ORDER, ORDER.replace(/></g, '>\n  <')) }),
    );
    expect(proven(result).map((finding) => finding.code)).toContain('ws-pretty-print-after-sign');
    expect(proven(result).map((finding) => finding.code)).not.toContain('decrypted-content-reserialised');
  });
});
