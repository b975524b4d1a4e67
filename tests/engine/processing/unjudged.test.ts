/**
 * A message that stops being well-formed still shows what stands before the error: listed, and nothing of it judged.
 */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { judgeMessage } from '../judging.ts';

/** Signed by a live stack: a BinarySecurityToken, a Timestamp and one signature over Body and Timestamp. */
const WHOLE = readFileSync(new URL('../../fixtures/messages/messages/pc-004043bf21.xml', import.meta.url), 'utf8');
const certificate = new X509Certificate(
  Buffer.from(/<wsse:BinarySecurityToken[^>]*>([^<]+)</.exec(WHOLE)![1]!, 'base64'),
);
const algorithms = (element: string) =>
  [...WHOLE.matchAll(new RegExp(`<ds:${element} Algorithm="([^"]+)"`, 'g'))].map((found) => found[1]);
const cutInBody = WHOLE.slice(0, WHOLE.indexOf('Body', WHOLE.indexOf('</wsse:Security>')) + 60);

describe('a SOAP message that is cut inside its Body', () => {
  it('lists header, tokens, certificate and signature, and judges none', async () => {
    const { trace } = await judgeMessage(cutInBody);
    expect(trace.verdict.headline).toBe('malformed');
    expect(trace.verdict.axes).toMatchObject({
      structure: 'fail',
      signature: 'unknown',
      trust: 'unknown',
      coverage: 'absent',
    });
    expect(trace.headers).toMatchObject([{ ours: true, judged: false }]);
    expect(cutInBody.slice(trace.headers[0]!.range.start, trace.headers[0]!.range.end)).toMatch(
      /^<wsse:Security[^]*<\/wsse:Security>$/,
    );
    expect(trace.tokens.map((token) => token.kind).sort()).toEqual(['BinarySecurityToken', 'Timestamp']);
    expect(trace.tokens.every((token) => token.judged === false && token.data['cut'] === undefined)).toBe(true);
    expect(trace.certificates.map((one) => one.id)).toEqual([
      certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    ]);
    expect(trace.tokens.find((token) => token.kind === 'BinarySecurityToken')!.certificates).toEqual([
      trace.certificates[0]!.id,
    ]);
    const [signature, ...others] = trace.signatures;
    expect(others).toEqual([]);
    expect(signature).toMatchObject({
      judged: false,
      value: 'unknown',
      key: null,
      method: algorithms('SignatureMethod')[0],
      canonicalization: algorithms('CanonicalizationMethod')[0],
    });
    expect(signature!.references.map((reference) => reference.digestMethod)).toEqual(algorithms('DigestMethod'));
    expect(
      signature!.references.every((reference) => reference.digest === 'unknown' && reference.computed === null),
    ).toBe(true);
  });

  it('says of every step that it could not be judged because of the parse', async () => {
    const { trace } = await judgeMessage(cutInBody);
    const parse = trace.steps.find((step) => step.kind === 'parse')!;
    const later = trace.steps.filter((step) => !['decode', 'parse', 'verdict', 'diagnosis'].includes(step.kind));
    expect(parse.status).toBe('failed');
    expect(new Set(later.map((step) => step.kind))).toEqual(
      new Set(['locate-headers', 'header', 'read-token', 'signature', 'reference']),
    );
    expect(later.every((step) => step.status === 'unknown' && step.because === parse.id)).toBe(true);
    expect(trace.findings.map((finding) => finding.severity)).toEqual(['error']);
  });
});

it.each([
  ['SignedInfo', '<ds:DigestValue>', 1],
  ['KeyInfo', '<ds:KeyInfo', 2],
  ['the start tag of the signature', '<ds:SignedInfo', 0],
])('lists a signature that is cut in %s as far as it goes', async (_where, at, references) => {
  const { trace } = await judgeMessage(WHOLE.slice(0, WHOLE.indexOf(at) + 5));
  expect(trace.verdict.headline).toBe('malformed');
  expect(trace.signatures).toHaveLength(1);
  expect(trace.signatures[0]!.references).toHaveLength(references);
  expect(trace.steps.find((step) => step.kind === 'signature')!.data['cut']).toBe(true);
});

it('lists a token whose content is cut, and says that it is', async () => {
  const { trace } = await judgeMessage(WHOLE.slice(0, WHOLE.indexOf('MII') + 100));
  expect(trace.tokens.find((token) => token.kind === 'BinarySecurityToken')!.data['cut']).toBe(true);
  expect(trace.certificates).toEqual([]);
});

it('lists what stands before an error in the middle, and nothing after it', async () => {
  const broken = WHOLE.replace(
    /<\/wsse:Security>/,
    '</wsse:Security><broken attribute></broken><wsse:Security xmlns:wsse="urn:x"/>',
  );
  const { trace } = await judgeMessage(broken);
  expect(trace.verdict.headline).toBe('malformed');
  expect(trace.headers).toHaveLength(1);
  expect(trace.signatures).toHaveLength(1);
});

it('lists encrypted parts', async () => {
  const { trace } = await judgeMessage(
    '<a><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" Id="e"><xenc:EncryptionMethod ' +
      'Algorithm="http://www.w3.org/2009/xmlenc11#aes128-gcm"/></xenc:EncryptedData></b>',
  );
  expect(trace.encrypted).toMatchObject([
    { id: 'e', method: 'http://www.w3.org/2009/xmlenc11#aes128-gcm', result: 'unknown', judged: false },
  ]);
  expect(trace.verdict).toMatchObject({ headline: 'malformed', axes: { decryption: 'unknown' } });
});

it('keeps what it listed where a bound is hit', async () => {
  const { trace } = await judgeMessage(cutInBody, { limits: { ...DEFAULT_LIMITS, signatures: 0 } });
  expect(trace.verdict.headline).toBe('malformed');
  expect(trace.headers).toHaveLength(1);
  expect(trace.findings.map((finding) => finding.code)).toContain('limit');
});

it('lists nothing of a message that is no XML', async () => {
  const { trace } = await judgeMessage('this is not XML at all');
  expect(trace).toMatchObject({ headers: [], tokens: [], signatures: [], verdict: { axes: { signature: 'absent' } } });
});
