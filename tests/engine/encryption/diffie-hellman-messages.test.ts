/**
 * Documents of the JDK and of xmlsec 1.3 under agreed Diffie-Hellman keys (interop/README.md), whole and tampered with
 * (XML Encryption 1.1 §5.6.2).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codes, judgeMessage, keyFromPem } from '../judging.ts';

const FOLDER = new URL('../../fixtures/diffie-hellman/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
interface Manifest {
  readonly by: string;
  readonly key: string;
  readonly entries: readonly { readonly id: string; readonly file: string; readonly plaintextSha256: string }[];
}
const manifest = (name: string) => JSON.parse(read(name)) as Manifest;

describe.each([manifest('manifest-jdk.json'), manifest('manifest-xmlsec.json')])('$by', ({ key, entries }) => {
  it.each(entries)('$id', async ({ file, plaintextSha256 }) => {
    const run = await judgeMessage(read(file), { keys: await keyFromPem(read(key)) });
    expect(
      run.trace.encrypted.map((part) => [part.result, part.plaintextSha256]),
      JSON.stringify(run.trace.findings),
    ).toEqual([['pass', plaintextSha256]]);
    expect(run.trace.findings.filter((finding) => finding.severity === 'error')).toEqual([]);
  });
});

describe('an altered agreement', () => {
  const whole = read('jdk-legacy-kw.xml');
  const judge = async (message: string, key = 'recipient-jdk.key.pem') =>
    judgeMessage(message, { keys: await keyFromPem(read(key)) });
  const withPublic = (base64: string) => whole.replace(/(<xenc:Public>)[^<]*/, `$1${base64}`);

  it('with another nonce does not open', async () => {
    expect(
      (await judge(whole.replace(Buffer.from('a nonce').toString('base64'), Buffer.from('another').toString('base64'))))
        .trace.verdict.axes.decryption,
    ).toBe('fail');
  });

  it('without a digest method is malformed', async () => {
    const run = await judge(whole.replace(/<ds:DigestMethod[^>]*>/, ''));
    expect(run.trace.verdict.axes.decryption).toBe('fail');
    expect(run.trace.findings.find((finding) => finding.code === 'key-derivation-malformed')?.data).toMatchObject({
      what: 'DigestMethod',
    });
  });

  it.each([
    ['AQ==', 'dh-public-value-range'],
    [Buffer.alloc(257, 0xff).toString('base64'), 'dh-public-value-range'],
  ])('with a public value of %s is refused', async (base64, reason) => {
    const run = await judge(withPublic(base64));
    expect(run.trace.findings.find((finding) => finding.code === 'ENC-09')?.data).toMatchObject({ reason });
    expect(run.trace.verdict.headline).not.toMatch(/^valid/);
  });

  it('with a prime of a million bits is refused at once', async () => {
    const started = performance.now();
    const run = await judge(whole.replace(/(<xenc:P>)[^<]*/, `$1${Buffer.alloc(125_000, 0xff).toString('base64')}`));
    expect(performance.now() - started).toBeLessThan(2000);
    expect(run.trace.findings.find((finding) => finding.code === 'key-value-malformed')?.data).toMatchObject({
      reason: 'key-value-too-large',
    });
    expect(JSON.stringify(run.trace).length).toBeLessThan(20_000);
  });

  it('with thousands of originators ends at the bound', async () => {
    const value = /<ds:KeyValue>.*?<\/ds:KeyValue>/s.exec(whole)![0];
    const others = Array.from({ length: 2000 }, (_, index) =>
      value.replace(
        /(<xenc:Public>)[^<]*/,
        `$1${Buffer.from((BigInt(index) + (1n << 2000n)).toString(16), 'hex').toString('base64')}`,
      ),
    );
    const started = performance.now();
    const run = await judge(whole.replace(value, others.join('')));
    expect(run.trace.verdict.headline).toBe('limit');
    expect(performance.now() - started).toBeLessThan(60_000);
  }, 90_000);

  it('in another group says so', async () => {
    const run = await judge(whole, 'recipient-xmlsec.key.pem');
    expect(codes(run)).toContain('agreement-key-unusable');
    expect(run.trace.findings.find((finding) => finding.code === 'agreement-key-unusable')?.data).toMatchObject({
      reason: 'groups-differ',
    });
    expect(run.trace.verdict.axes.decryption).toBe('unknown');
  });
});
