/** A Signature that is not by the schema, refers to nothing, or to two things, is never valid. */
import { describe, expect, it } from 'vitest';
import { codes, judgeMessage, keyFromPem } from '../judging.ts';
import { RSA_SHA256 } from '../../building/names.ts';
import { document, PUBLIC_PEM, TARGET } from '../../building/signed-document.ts';

const keys = await keyFromPem(PUBLIC_PEM, true);
const judged = (message: string) => judgeMessage(message, { keys });
const good = document({ target: TARGET });

describe('structure of a signature', () => {
  it('refuses a second SignedInfo, before or after the genuine one', async () => {
    const signedInfo = /<ds:SignedInfo>.*<\/ds:SignedInfo>/.exec(good)![0];
    const evil = signedInfo.replace(/<ds:DigestValue>.{4}/, '<ds:DigestValue>AAAA');
    for (const both of [evil + signedInfo, signedInfo + evil]) {
      const run = await judged(good.replace(signedInfo, both));
      expect(run.trace.verdict.headline).toBe('malformed');
      expect(codes(run)).toContain('SIG-01');
    }
  });

  it('does not take a signature over nothing', async () => {
    const run = await judged(good.replace(/<ds:Reference .*<\/ds:Reference>/, ''));
    expect(run.trace.verdict.headline).toBe('invalid');
    expect(codes(run)).toContain('XSW-07');
  });

  it('calls a dangling reference wrong', async () => {
    const run = await judged(good.replace('Id="a"', 'Id="b"'));
    expect(run.trace.signatures[0]?.references[0]?.digest).toBe('fail');
    expect(codes(run)).toContain('id-not-found');
  });

  it('refuses an Id in use that stands twice', async () => {
    const { trace } = await judged(good.replace('<root>', '<root><evil xmlns="urn:e" Id="a"></evil>'));
    expect(trace.verdict.headline).toBe('refused');
  });

  it('says which method was probably meant', async () => {
    const run = await judged(good.replace(RSA_SHA256, 'http://www.w3.org/2000/09/xmldsig#rsa-sha256'));
    expect(run.trace.verdict.headline).toBe('unsupported');
    expect(run.trace.findings.find((finding) => finding.code === 'digestmethod-uri-invalid')?.data['meant']).toBe(
      RSA_SHA256,
    );
  });

  it('does not run a transform named as canonicalization', async () => {
    const run = await judged(
      good.replace(
        'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"',
        'CanonicalizationMethod Algorithm="http://www.w3.org/2000/09/xmldsig#base64"',
      ),
    );
    expect(run.trace.verdict.headline).not.toMatch(/^valid/);
    expect(codes(run)).toContain('SIG-05');
  });

  it("judges each of two signatures once, one inside the other's Object too", async () => {
    const inner = document({ target: TARGET });
    const outer = good.replace(
      '</ds:Signature>',
      `<ds:Object>${/<ds:Signature.*<\/ds:Signature>/.exec(inner)![0]}</ds:Object></ds:Signature>`,
    );
    const { trace } = await judged(outer);
    expect(trace.signatures.map((signature) => signature.value)).toEqual(['pass', 'pass']);
  });
});
