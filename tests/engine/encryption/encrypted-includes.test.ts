/**
 * xop:Include inside encrypted content, in messages of WSS4J 4: the parts stand in the decrypted message, and
 * signatures over it verify (XOP 1.0 §4.2).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { JudgeRequest, Run } from '../../../src/engine/message/request.ts';
import { codes, judgeMessage, keyFromPem, secret } from '../judging.ts';
import { WSSE } from '../../building/names.ts';
import {
  createHash,
  encryptedData,
  envelope,
  gcm,
  keyName,
  randomBytes,
  referenceList,
} from '../../building/encryption.ts';

const FOLDER = new URL('../../fixtures/mtom-encrypted/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER));
interface Entry {
  readonly id: string;
  readonly file: string;
  readonly expect: { readonly decrypts: readonly { readonly sha256: string }[]; readonly verifies?: number };
}
const { at, entries } = JSON.parse(read('manifest.json').toString()) as {
  readonly at: string;
  readonly entries: readonly Entry[];
};
const keys = (
  await Promise.all(
    [
      ['keys/ca.crt.pem', true],
      ['keys/recipient-rsa.key.pem', false],
      ['keys/recipient-rsa.crt.pem', false],
    ].map(([name, trusted]) => keyFromPem(read(name as string).toString(), trusted as boolean)),
  )
).flat();
const judge = (octets: Uint8Array, more: Partial<JudgeRequest> = {}) =>
  judgeMessage(new Uint8Array(octets), { keys, at: Date.parse(at), ...more });

/** The generator's part. */
const picture = Buffer.from(Array.from({ length: 900 }, (_, index) => (index * 37 + Math.floor(index / 11)) & 0xff));

function decoded(run: Run): string {
  const space = run.trace.spaces.findLast((one) => one.kind === 'decoded');
  return new TextDecoder().decode(run.octets.get(space?.id ?? 'input')?.octets);
}

describe('WSS4J 4', () => {
  it.each(entries.map((entry) => [entry.id, entry] as const))('%s', async (_, { file, expect: expected }) => {
    const run = await judge(read(file));
    expect(run.trace.findings.filter((finding) => finding.severity === 'error').map((finding) => finding.code)).toEqual(
      [],
    );
    expect(run.trace.encrypted.map((part) => part.plaintextSha256)).toEqual(
      expected.decrypts.map((part) => part.sha256),
    );
    expect(run.trace.signatures.map((signature) => signature.value)).toEqual(
      expected.verifies === undefined ? [] : ['pass'],
    );
    for (const reference of run.trace.signatures.flatMap((signature) => signature.references)) {
      expect(reference.digest).toBe('pass');
    }
    expect(decoded(run)).toContain(`<o:Picture>${picture.toString('base64')}</o:Picture>`);
    expect(decoded(run)).not.toContain('xop:Include');
  });

  it('an exchanged part fails, a missing one leaves its place', async () => {
    const octets = read('mtom-signed-expanded-encrypted-include.mime');
    const exchanged = Buffer.from(octets);
    exchanged[octets.lastIndexOf(picture.subarray(0, 40)) + 20]! ^= 1;
    expect((await judge(exchanged)).trace.verdict.axes.signature).toBe('fail');
    const missing = await judge(
      Buffer.from(octets.toString('latin1').replace('<picture@interop>', '<another@interop>'), 'latin1'),
    );
    expect(codes(missing)).toContain('attachment-cid-not-found');
    expect(missing.trace.verdict.headline).not.toMatch(/^valid/);
  });
});

describe('an Include in decrypted content', () => {
  const session = randomBytes(16);
  const include = (uri: string) => `<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="${uri}"/>`;
  const sealed = (content: string) =>
    envelope(referenceList(['ED-1']), encryptedData(gcm(session, content), { keyInfo: keyName('shared') }));
  const options = {
    keys: [{ ...secret(session, 'shared') }],
    attachments: new Map([['a@b', new Uint8Array(picture)]]),
  };

  it('whose prefix is bound outside the ciphertext is found', async () => {
    const message = sealed('<d><xop:Include href="cid:a%40b"/></d>').replace(
      '<soap:Body',
      '<soap:Body xmlns:xop="http://www.w3.org/2004/08/xop/include"',
    );
    const run = await judgeMessage(message, options);
    expect(decoded(run)).toContain(`<d>${picture.toString('base64')}</d>`);
    expect(run.trace.encrypted[0]!.plaintextSha256).toBe(
      createHash('sha256').update('<d><xop:Include href="cid:a%40b"/></d>').digest('hex'),
    );
  });

  it('leaves positions those of the octets that were decrypted', async () => {
    const token = `<wsse:UsernameToken xmlns:wsse="${WSSE}"><wsse:Username>alice</wsse:Username></wsse:UsernameToken>`;
    const content = `<d>${include('cid:a@b')}</d>${token}`;
    const run = await judgeMessage(
      envelope(
        `${referenceList(['ED-1'])}${encryptedData(gcm(session, content), { keyInfo: keyName('shared') })}`,
        '<app/>',
      ),
      options,
    );
    expect(run.trace.tokens.find((one) => one.kind === 'UsernameToken')?.range).toEqual({
      space: run.trace.encrypted[0]!.space,
      start: content.indexOf(token),
      end: content.length,
    });
  });

  it('many times over one part ends at the bound', async () => {
    const run = await judgeMessage(sealed(`<d>${include('cid:a@b').repeat(2000)}</d>`), {
      ...options,
      attachments: new Map([['a@b', new Uint8Array(100_000)]]),
    });
    expect(run.trace.verdict.headline).toBe('limit');
  });

  it('of the same name in another namespace is left alone', async () => {
    const run = await judgeMessage(sealed('<Include href="cid:a@b"/>'), options);
    expect(decoded(run)).toContain('<Include href="cid:a@b"/>');
  });
});
