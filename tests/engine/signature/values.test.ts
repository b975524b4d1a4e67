/** SignatureValue is judged apart from each DigestValue, and each for what it is. */
import { createPublicKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { codes, judgeMessage, keyFromPem } from '../judging.ts';
import { withModulus } from '../../building/irregular-key.ts';
import { document, PUBLIC_PEM, TARGET } from '../../building/signed-document.ts';

const trusted = await keyFromPem(PUBLIC_PEM, true);
const judged = (message: string | Uint8Array) => judgeMessage(message, { keys: trusted });

describe('values of a signature', () => {
  it('verifies what Node signed', async () => {
    const { trace } = await judged(document({ target: TARGET }));
    expect(trace.verdict.headline).toBe('valid');
    expect(trace.signatures[0]).toMatchObject({
      value: 'pass',
      references: [{ digest: 'pass', octets: TARGET.length }],
    });
  });

  it('verifies by a key whose modulus lacks its sign octet, and says so', async () => {
    const octets = Uint8Array.from(createPublicKey(PUBLIC_PEM).export({ type: 'spki', format: 'der' }));
    const base64 = Buffer.from(withModulus(octets, (n) => n)).toString('base64');
    const keys = await keyFromPem(`-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`, true);
    const run = await judgeMessage(document({ target: TARGET }), { keys });
    expect(run.trace.verdict.headline).toBe('valid');
    const told = run.trace.findings.find((finding) => finding.code === 'key-integer-not-der');
    expect(told).toMatchObject({ severity: 'note', data: { form: 'negative' } });
  });

  it.each([
    ['ISO-8859-2', 'Łódź', 'a3f364bc'],
    ['Shift_JIS', '日本', '93fa967b'],
  ])('verifies what was signed in UTF-8 and sent in %s', async (encoding, text, hex) => {
    const [before = '', after = ''] = document({ target: TARGET.replace('text', text) }).split(text);
    const sent = Buffer.concat([
      Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>${before}`),
      Buffer.from(hex, 'hex'),
      Buffer.from(after),
    ]);
    const run = await judged(Uint8Array.from(sent));
    expect(run.trace.verdict.headline).toBe('valid');
    expect(codes(run)).toContain('xml-encoding-transcoded');
  });

  it('keeps a good value where the content was changed', async () => {
    const run = await judged(document({ target: TARGET }).replace('text', 'tezt'));
    expect(run.trace.signatures[0]).toMatchObject({ value: 'pass', references: [{ digest: 'fail' }] });
    expect(run.trace.verdict.headline).toBe('invalid');
    expect(codes(run)).toContain('digest-mismatch-unproven');
  });

  it('keeps good digests where SignedInfo was changed', async () => {
    const run = await judged(document({ target: TARGET }).replace('URI="#a"', 'Id="new" URI="#a"'));
    expect(run.trace.signatures[0]).toMatchObject({ value: 'fail', references: [{ digest: 'pass' }] });
    expect(codes(run)).toContain('signature-mismatch-unproven');
  });

  it.each([
    ['empty', () => '', 'signature-template-empty', 'invalid'],
    ['not base64', (text: string) => `${text.slice(0, -4)}*===`, 'sigvalue-base64-damaged', 'malformed'],
    ['base64 of base64', (text: string) => Buffer.from(text).toString('base64'), 'sigvalue-base64-damaged', 'invalid'],
  ])('names a SignatureValue that is %s', async (_name, valueText, code, headline) => {
    const run = await judged(document({ target: TARGET, valueText }));
    expect(codes(run)).toContain(code);
    expect(run.trace.verdict.headline).toBe(headline);
  });

  it.each([
    ['hexadecimal', (text: string) => Buffer.from(text, 'base64').toString('hex')],
    [
      'base64 of hexadecimal',
      (text: string) => Buffer.from(Buffer.from(text, 'base64').toString('hex')).toString('base64'),
    ],
  ])('proves a DigestValue written as %s', async (_name, digestText) => {
    const { trace } = await judged(document({ target: TARGET, digestText }));
    expect(trace.verdict.headline).toBe('invalid');
    expect(trace.findings.find((finding) => finding.code === 'digest-hex-base64')).toMatchObject({
      confidence: 'proven',
      data: { same: true },
    });
  });

  it('takes white space around and inside DigestValue', async () => {
    const run = await judged(
      document({ target: TARGET, digestText: (text) => `\n ${text.slice(0, 20)}\n${text.slice(20)} \n` }),
    );
    expect(run.trace.verdict.headline).toBe('valid');
    expect(codes(run)).toContain('digestvalue-ws-or-linebreak');
  });

  it('tells of a line feed before its end tag, which others compare as text', async () => {
    const run = await judged(document({ target: TARGET, digestText: (text) => `${text}\n` }));
    expect(run.trace.verdict.headline).toBe('valid');
    expect(codes(run)).toContain('digestvalue-ws-or-linebreak');
    expect(codes(await judged(document({ target: TARGET })))).not.toContain('digestvalue-ws-or-linebreak');
  });

  it('warns of a comment inside DigestValue, which others read only in part', async () => {
    const run = await judged(
      document({ target: TARGET, edit: (text) => text.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->') }),
    );
    expect(run.trace.signatures[0]?.value).toBe('pass');
    expect(run.trace.verdict.headline).toBe('valid-weak');
    expect(codes(run)).toContain('SIG-02');
  });

  it('warns of a comment that splits signed text', async () => {
    const run = await judged(document({ target: TARGET }).replace('text', 'te<!---->xt'));
    expect(run.trace.verdict.headline).toBe('valid-weak');
    expect(codes(run)).toContain('SIG-08');
  });
});
