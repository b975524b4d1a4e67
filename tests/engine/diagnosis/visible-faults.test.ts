/** What other receivers refuse and this one does not: shown as a note, and the verdict stays as it is. */
import { describe, expect, it } from 'vitest';
import { diagnosed } from './diagnosing.ts';
import { message } from '../../building/wrong-message.ts';
import { DS, EXCLUSIVE } from '../../building/names.ts';

/** Base64 as a MIME encoder writes it and a DOM serializes it. */
const mime = (value: Uint8Array) =>
  Buffer.from(value)
    .toString('base64')
    .replace(/(.{76})/g, '$1&#13;\n');
const ENVELOPED =
  `<ds:Transforms><ds:Transform Algorithm="${DS}enveloped-signature"></ds:Transform><ds:Transform ` +
  `Algorithm="${EXCLUSIVE}"></ds:Transform></ds:Transforms>`;

const note = (run: Awaited<ReturnType<typeof diagnosed>>, code: string) =>
  run.trace.findings.find((finding) => finding.code === code);

describe('sigvalue-base64-entities', () => {
  it('is proven harmless where the value verifies without them', async () => {
    const text = message({ value: mime });
    const run = await diagnosed(text);
    expect(run.trace.signatures[0]!.value).toBe('pass');
    expect(note(run, 'sigvalue-base64-entities')).toMatchObject({
      severity: 'note',
      confidence: 'proven',
      data: { count: 4, elements: ['ds:SignatureValue'], signatureHolds: true },
    });
    const range = note(run, 'sigvalue-base64-entities')!.ranges[0]!;
    expect(Buffer.from(text).subarray(range.start, range.end).toString()).toMatch(/^<ds:SignatureValue>/);
  });

  it('is no cause where the value does not verify', async () => {
    const run = await diagnosed(message({ value: mime, signedInfo: () => 'something else' }));
    expect(note(run, 'sigvalue-base64-entities')).toMatchObject({ severity: 'note', confidence: 'certain' });
    expect(run.trace.findings.map((finding) => finding.code)).toContain('signature-mismatch-unproven');
  });

  it('is not said of line feeds', async () => {
    const run = await diagnosed(
      message({
        value: (value) =>
          Buffer.from(value)
            .toString('base64')
            .replace(/(.{76})/g, '$1\n'),
      }),
    );
    expect(run.trace.signatures[0]!.value).toBe('pass');
    expect(note(run, 'sigvalue-base64-entities')).toBeUndefined();
  });
});

describe('enveloped-on-detached', () => {
  it('is said of a Body, whose digest holds all the same', async () => {
    const run = await diagnosed(message({ transforms: ENVELOPED }));
    expect(run.trace.signatures[0]!.references[0]!.digest).toBe('pass');
    expect(note(run, 'enveloped-on-detached')).toMatchObject({
      severity: 'note',
      confidence: 'certain',
      data: { uri: '#body', element: 'soap:Body' },
    });
  });

  it('is not said of an element that holds the Signature', async () => {
    const run = await diagnosed(
      message({
        transforms: ENVELOPED,
        uri: '#head',
        afterwards: (text) => text.replace('<soap:Header>', '<soap:Header wsu:Id="head">'),
      }),
    );
    expect(note(run, 'enveloped-on-detached')).toBeUndefined();
  });

  it('changes no verdict', async () => {
    const [plain, noted] = [
      await diagnosed(message()),
      await diagnosed(message({ transforms: ENVELOPED, value: mime })),
    ];
    expect(noted.trace.verdict.headline).toBe(plain.trace.verdict.headline);
    expect(noted.trace.verdict.axes).toEqual(plain.trace.verdict.axes);
  });
});
