/**
 * HMACs: the floor under HMACOutputLength, and the confusion of public keys with secrets (CVE-2009-0217;
 * docs/attacks.md KEY-03).
 */
import { describe, expect, it } from 'vitest';
import { codes, judgeMessage, keyFromPem, secret } from '../judging.ts';
import { HMAC_SHA256 } from '../../building/names.ts';
import { document, PUBLIC_PEM, SECRET, TARGET } from '../../building/signed-document.ts';

const keys = [secret(SECRET)];
const truncated = (bits: number | string, sent: number) =>
  document({
    target: TARGET,
    method: HMAC_SHA256,
    parameters: `<ds:HMACOutputLength>${bits}</ds:HMACOutputLength>`,
    hmacBits: sent,
  });

describe('HMAC signatures', () => {
  it('verify with the secret, which is trusted by that', async () => {
    const { trace } = await judgeMessage(document({ target: TARGET, method: HMAC_SHA256 }), { keys });
    expect(trace.verdict.headline).toBe('valid');
    expect(trace.verdict.axes.trust).toBe('pass');
  });

  it.each([
    [0, 0],
    [8, 8],
    [40, 40],
    [80, 80],
    [120, 120],
  ])('of %i bits are refused although they match', async (bits, sent) => {
    const run = await judgeMessage(truncated(bits, sent), { keys });
    expect(run.trace.verdict.headline).toBe('refused');
    expect(codes(run)).toContain('SIG-07');
  });

  it.each(['-8', '1e2', '129', '264', 'x', ''])('of the length "%s" are refused', async (bits) => {
    expect((await judgeMessage(truncated(bits, 256), { keys })).trace.verdict.headline).toBe('refused');
  });

  it('of 128 bits, half the hash, are weak; of 256 whole', async () => {
    expect((await judgeMessage(truncated(128, 128), { keys })).trace.verdict.headline).toBe('valid-weak');
    expect((await judgeMessage(truncated(256, 256), { keys })).trace.verdict.headline).toBe('valid');
  });

  it('are not verified with a public key, and the attempt is named', async () => {
    const der = PUBLIC_PEM.replace(/-----[A-Z ]+-----|\s/g, '');
    const keyInfo =
      '<ds:KeyInfo><dsig11:DEREncodedKeyValue ' +
      `xmlns:dsig11="http://www.w3.org/2009/xmldsig11#">${der}</dsig11:DEREncodedKeyValue></ds:KeyInfo>`;
    const run = await judgeMessage(document({ target: TARGET, method: HMAC_SHA256, keyInfo }), {
      keys: await keyFromPem(PUBLIC_PEM, true),
    });
    expect(run.trace.verdict.headline).toBe('invalid');
    expect(codes(run)).toContain('KEY-03');
  });
});
