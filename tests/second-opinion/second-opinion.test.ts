/**
 * xmldsigjs as a second verifier: it agrees where it can, and each disagreement is traced to the measured defect behind
 * it.
 */
import { Crypto } from '@peculiar/webcrypto';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  secondOpinion,
  SECOND_OPINION_LIMIT,
  type OwnOpinion,
  type SignatureOpinion,
} from '../../src/second-opinion/second-opinion.ts';

/** Signed by xmlsec1 1.2.37, which verifies each; the altered ones (plain-tampered, d1, d2, d3) it refuses. */
const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'second-opinion');
const spki = new Uint8Array(
  createPublicKey(readFileSync(join(FOLDER, 'public-key.pem'))).export({ type: 'spki', format: 'der' }),
);
const crypto = new Crypto() as unknown as globalThis.Crypto;

async function ask(
  name: string,
  digest: OwnOpinion['references'][number]['digest'] = 'pass',
  uri = '#b',
): Promise<SignatureOpinion> {
  const octets = new Uint8Array(readFileSync(join(FOLDER, `${name}.xml`)));
  const start = Buffer.from(octets).indexOf('<ds:Signature ');
  const opinion = await secondOpinion(
    octets,
    [{ step: 's1', start, value: 'pass', references: [{ uri, digest }], key: { spki } }],
    crypto,
  );
  if (opinion.status !== 'given' || opinion.signatures[0] === undefined) throw new Error(JSON.stringify(opinion));
  return opinion.signatures[0];
}
const codes = (opinion: SignatureOpinion) => opinion.explanations.map((trigger) => trigger.code);

describe('agreement', () => {
  it('on a plain signature', async () => {
    expect(await ask('plain')).toMatchObject({
      value: 'pass',
      agrees: true,
      references: [{ uri: '#b', digest: 'pass' }],
      explanations: [],
      workedAround: [],
    });
  });
  it('on a tampered one', async () => {
    expect(await ask('plain-tampered', 'fail')).toMatchObject({
      value: 'pass',
      agrees: true,
      references: [{ digest: 'fail' }],
    });
  });
  it('on wsu:Id, which it cannot find by itself', async () => {
    const opinion = await ask('wsu-id');
    expect(opinion).toMatchObject({ value: 'pass', agrees: true, references: [{ digest: 'pass' }] });
    expect(opinion.workedAround.map((trigger) => trigger.code)).toEqual(['D5']);
  });
});

describe('disagreement', () => {
  it.each([
    ['d7-default-in-prefix-list', 'D7'],
    ['d8-xml-lang', 'D8'],
    ['d9-undeclared-default', 'D9'],
    ['d10-attribute-order', 'D10'],
  ])('%s: it refuses a right digest', async (name, code) => {
    const opinion = await ask(name);
    expect(opinion).toMatchObject({ agrees: false, unexplained: false, references: [{ digest: 'fail' }] });
    expect(codes(opinion)).toContain(code);
    expect(opinion.explanations.every((trigger) => trigger.range.end > trigger.range.start)).toBe(true);
  });
  it('d6: it refuses a right signature value', async () => {
    const opinion = await ask('d6-prefix-list-in-signedinfo');
    expect(opinion).toMatchObject({
      agrees: false,
      unexplained: false,
      value: 'fail',
      references: [{ digest: 'pass' }],
    });
    expect(codes(opinion)).toEqual(['D6']);
  });
  it('d14: it leaves the signature in what it digests', async () => {
    const opinion = await ask('d14-enveloped-in-header', 'pass', '');
    expect(opinion).toMatchObject({ agrees: false, unexplained: false });
    expect(codes(opinion)).toContain('D14');
  });
  it.each([
    ['d1-attribute-added', 'D1', '#b'],
    ['d2-enveloped', 'D2', ''],
    ['d3-processing-instruction', 'D3', ''],
  ])('%s: it takes an altered message', async (name, code, uri) => {
    const opinion = await ask(name, 'fail', uri);
    expect(opinion).toMatchObject({
      value: 'pass',
      agrees: false,
      unexplained: false,
      references: [{ digest: 'pass' }],
    });
    expect(codes(opinion)).toContain(code);
  });
  it('says where it merely lacks an algorithm', async () => {
    const opinion = await ask('sha224');
    expect(opinion).toMatchObject({ agrees: false, unexplained: false, references: [{ digest: 'cannot' }] });
    expect(opinion.explanations).toMatchObject([
      { code: 'not-implemented', detail: 'http://www.w3.org/2001/04/xmldsig-more#sha224' },
    ]);
  });
  it('without a known cause stays unexplained', async () => {
    expect(await ask('plain', 'fail')).toMatchObject({ agrees: false, unexplained: true, explanations: [] });
  });
});

describe('declined', () => {
  const own: OwnOpinion = { step: 's1', start: 0, value: 'pass', references: [], key: null };
  it('what is too large, malformed or unsigned', async () => {
    expect(await secondOpinion(new Uint8Array(SECOND_OPINION_LIMIT + 1), [own], crypto)).toEqual({
      status: 'declined',
      reason: 'too-large',
    });
    expect(await secondOpinion(Buffer.from('<a><b></a>'), [own], crypto)).toEqual({
      status: 'declined',
      reason: 'malformed',
    });
    expect(await secondOpinion(Buffer.from('<a/>'), [], crypto)).toEqual({
      status: 'declined',
      reason: 'no-signature',
    });
  });
  it('a signature without content is answered, not thrown', async () => {
    const octets = Buffer.from('<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>');
    const opinion = await secondOpinion(octets, [{ ...own, value: 'fail' }], crypto);
    expect(opinion).toMatchObject({ status: 'given', signatures: [{ value: 'cannot' }] });
  });
});
