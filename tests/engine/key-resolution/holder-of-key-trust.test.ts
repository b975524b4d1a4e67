/**
 * Keys that nothing but a holder-of-key assertion stands for: trusted with its issuer, as WSS4J trusts them, and in no
 * other way (STP 1.1 §3.5.1).
 */
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import { codes, judgeMessage, keyFromPem } from '../judging.ts';

const FOLDER = new URL('../../fixtures/interop/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');
const { at } = JSON.parse(read('manifest-saml.json')) as { readonly at: string };
const anchor = (name: string) => keyFromPem(read(`keys/${name}.crt.pem`), true);
const judge = (message: string, keys: readonly KeyEntry[]) => judgeMessage(message, { keys, at: Date.parse(at) });
const present = spawnSync('xmlsec1', ['--version']).status === 0;
if (!present) console.log('skipped in part: xmlsec1 is not installed');

describe.each(['saml20-holder-of-key-key-value.xml', 'saml11-holder-of-key-key-value.xml'])('%s', (file) => {
  it('is trusted where the issuer is', async () => {
    const run = await judge(read(file), await anchor('ca'));
    expect(run.trace.verdict.axes).toMatchObject({ signature: 'pass', authentication: 'pass', trust: 'pass' });
    expect(run.trace.verdict.headline).toBe('valid');
    expect(codes(run)).toContain('trust-by-assertion');
  });

  it('is not where the issuer is not, and unknown where nobody is asked', async () => {
    expect((await judge(read(file), await anchor('signer-ed25519'))).trace.verdict.axes.trust).toBe('fail');
    expect((await judge(read(file), [])).trace.verdict.axes.trust).toBe('unknown');
  });

  it('is not where the assertion has lost its signature', async () => {
    const run = await judge(
      read(file).replace(
        /<ds:Signature[^s](?:(?!<\/ds:Signature>).)*<ds:X509Data>(?:(?!<\/ds:Signature>).)*<\/ds:Signature>/s,
        '',
      ),
      await anchor('ca'),
    );
    expect(run.trace.signatures).toHaveLength(1);
    expect(codes(run)).not.toContain('trust-by-assertion');
    expect(run.trace.verdict.headline).not.toBe('valid');
  });
});

it('with the X.509 certificate of the subject, whose authority nobody trusts, is trusted too', async () => {
  const run = await judge(read('saml20-holder-of-key.xml'), await anchor('issuer-rsa'));
  expect(run.trace.verdict.axes).toMatchObject({ signature: 'pass', authentication: 'pass', trust: 'pass' });
  expect(codes(run)).toContain('trust-by-assertion');
});

describe.skipIf(!present)("an assertion of the attacker's own around the issuer's signature", () => {
  const whole = read('saml20-holder-of-key-key-value.xml');
  const original = /<saml2:Assertion .*<\/saml2:Assertion>/s.exec(whole)![0];
  const id = / ID="([^"]*)"/.exec(original)![1]!;

  /** The Body signed again with the attacker's key, its other digests in place. */
  function signedAgain(message: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'wss-hok-'));
    try {
      const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const { n } = pair.publicKey.export({ format: 'jwk' });
      const modulus = Buffer.from(n!, 'base64url').toString('base64');
      const text = message.replaceAll('ATTACKER', modulus);
      writeFileSync(join(folder, 'message.xml'), text);
      writeFileSync(join(folder, 'key.pem'), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const done = spawnSync('xmlsec1', [
        '--sign',
        '--privkey-pem',
        join(folder, 'key.pem'),
        '--id-attr:Id',
        'http://schemas.xmlsoap.org/soap/envelope/:Body',
        '--id-attr:Id',
        'http://www.w3.org/2003/05/soap-envelope:Body',
        '--node-xpath',
        "//*[local-name()='Security']/*[local-name()='Signature']",
        join(folder, 'message.xml'),
      ]);
      expect(done.status, done.stderr.toString()).toBe(0);
      return done.stdout.toString().replace(/^<\?xml[^>]*\?>\s*/, '');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  const emptied = (message: string) => {
    const at_ = message.lastIndexOf('<ds:Signature ');
    return (
      message.slice(0, at_) +
      message
        .slice(at_)
        .replace(/(<ds:DigestValue>)[^<]*/g, '$1')
        .replace(/(<ds:SignatureValue>)[^<]*/, '$1')
    );
  };
  const evil = (newId: string) =>
    original.replace(/(<ds:KeyValue>.*?<ds:Modulus>)[^<]*/s, '$1ATTACKER').replace(` ID="${id}"`, ` ID="${newId}"`);

  it.each([
    ['another Id', 'evil'],
    ['the same Id', id],
  ])('with %s is never valid', async (_, newId) => {
    const message = whole
      .replace(original, `<w:Wrapper xmlns:w="urn:wrapper">${original}</w:Wrapper>${evil(newId)}`)
      .replaceAll(new RegExp(`>${id}</wsse:KeyIdentifier>`, 'g'), `>${newId}</wsse:KeyIdentifier>`);
    const run = await judge(signedAgain(emptied(message)), await anchor('ca'));
    // The attacker's signature itself verifies: nothing but trust stands against it.
    if (newId !== id) {
      expect(run.trace.signatures.map((one) => [one.value, one.key?.how])).toContainEqual(['pass', 'key-value']);
    }
    expect(codes(run)).not.toContain('trust-by-assertion');
    expect(run.trace.verdict.headline).not.toBe('valid');
  });
});
