/** `wss verify`: exit statuses, every output, and options that must change the verdict. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES, wss } from './command.ts';

const AT = ['--at', '2026-11-22T06:54:00Z'];
const TRUST = ['--trust', 'keys/trust.pem', '--key', 'keys/client-rsa2048.crt.pem'];
const GOOD = 'messages/pc-42969ed03e.xml';
const json = (args: readonly string[]) => JSON.parse(wss(['verify', '--json', ...args]).stdout);

describe('wss verify', () => {
  it('ends with 0 for a valid message, 1 for another verdict', () => {
    expect(wss(['verify', ...AT, ...TRUST, GOOD]).status).toBe(0);
    expect(wss(['verify', ...AT, GOOD]).status).toBe(1);
    expect(wss(['verify', '--at', '2099-01-01T00:00:00Z', ...TRUST, GOOD]).status).toBe(1);
  });

  it.each([
    [['verify']],
    [['verify', '--no-such-option', GOOD]],
    [['verify', 'missing.xml']],
    [['verify', '--key', 'missing.pem', GOOD]],
    [['verify', '--key', 'keys/PASSWORDS.txt', GOOD]],
    [['verify', '--at', 'yesterday', GOOD]],
    [['verify', '--skew', '-1', GOOD]],
    [['verify', '--user', 'alice', GOOD]],
    [['nonsense']],
  ])('ends with 2 and says why for %j', (args) => {
    const { status, stdout, stderr } = wss(args);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr.length).toBeGreaterThan(10);
    expect(stderr).not.toContain('    at ');
  });

  it('reports by the schema', () => {
    const report = json([...AT, ...TRUST, GOOD]);
    expect(report).toMatchObject({
      schema: 1,
      id: null,
      headline: 'valid',
      axes: {
        structure: 'pass',
        signature: 'pass',
        decryption: 'absent',
        coverage: 'full',
        authentication: 'absent',
        trust: 'pass',
        freshness: 'pass',
      },
      encrypted: [],
    });
    const [signature] = report.signatures;
    expect(signature).toMatchObject({ value: 'pass', key: { kind: 'RSA' } });
    const octets = readFileSync(join(MESSAGES, GOOD));
    for (const reference of signature.references) {
      expect(reference).toMatchObject({ digest: 'pass', target: { space: 'input' } });
      expect(octets.subarray(reference.target.start, reference.target.end).toString()).toMatch(
        /^<[^>]*(?:Body|Timestamp)/,
      );
    }
  });

  it('judges by the clock given', () => {
    expect(json(['--at', '2099-01-01T00:00:00Z', ...TRUST, GOOD]).headline).toBe('valid-stale');
    expect(
      json(['--at', '2026-11-22T06:00:00Z', ...TRUST, GOOD]).findings.map((finding: { code: string }) => finding.code),
    ).toContain('ts-created-in-future');
  });

  it('asks for the password of a UsernameToken', () => {
    const message = 'messages/pc-1629e5e819.xml';
    expect(json([...AT, message]).axes.authentication).toBe('unknown');
    expect(json([...AT, '--user', 'alice=s3cret', message]).axes.authentication).toBe('pass');
    expect(json([...AT, '--user', 'alice=wrong', message]).axes.authentication).toBe('fail');
    expect(
      json([...AT, '--user', 'bob=s3cret', message]).findings.map((finding: { code: string }) => finding.code),
    ).toContain('user-unknown');
  });

  it('takes a secret from a file, as hex and as base64', () => {
    const octets = readFileSync(join(MESSAGES, 'keys/hmac32.bin'));
    const message = 'messages/pc-52b8f427ca.xml';
    expect(json([...AT, message]).axes.signature).toBe('unknown');
    for (const form of [
      'file:keys/hmac32.bin',
      `hex:${octets.toString('hex')}`,
      `base64:${octets.toString('base64')}`,
    ]) {
      expect(json([...AT, '--secret', `hmac32=${form}`, message]).axes.signature).toBe('pass');
    }
    expect(json([...AT, '--secret', 'hmac32=text:no', message]).axes.signature).toBe('fail');
  });

  it('reads standard input, an HTTP dump or base64 there', () => {
    const octets = readFileSync(join(MESSAGES, GOOD));
    const verify = (input: Uint8Array) =>
      JSON.parse(wss(['verify', '--json', ...AT, ...TRUST, '-'], { input }).stdout).headline;
    expect(verify(octets)).toBe('valid');
    expect(verify(Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nContent-Type: text/xml\r\n\r\n'), octets]))).toBe(
      'valid',
    );
    expect(verify(Buffer.from(octets.toString('base64')))).toBe('valid');
  });

  it('gives the envelope out of its wrapping', () => {
    const octets = readFileSync(join(MESSAGES, GOOD));
    const directory = mkdtempSync(join(tmpdir(), 'wss-test-'));
    try {
      wss(['verify', ...AT, '--decoded', join(directory, 'decoded.xml'), '-'], {
        input: Buffer.concat([Buffer.from('POST / HTTP/1.1\r\nHost: x\r\n\r\n'), octets]),
      });
      expect(readFileSync(join(directory, 'decoded.xml')).equals(octets)).toBe(true);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('writes the octets of every stage, the decoded envelope and a page that loads nothing', () => {
    const directory = mkdtempSync(join(tmpdir(), 'wss-test-'));
    try {
      wss([
        'verify',
        ...AT,
        ...TRUST,
        '--canonical',
        join(directory, 'stages'),
        '--decoded',
        join(directory, 'decoded.xml'),
        '--html',
        join(directory, 'report.html'),
        GOOD,
      ]);
      expect(readFileSync(join(directory, 'decoded.xml')).equals(readFileSync(join(MESSAGES, GOOD)))).toBe(true);
      const stages = readdirSync(join(directory, 'stages'));
      expect(stages.filter((name) => name.includes('canonicalize')).length).toBe(2);
      expect(
        readFileSync(
          join(
            directory,
            'stages',
            stages.find((name) => name.includes('signed-info'))!,
          ),
          'utf8',
        ),
      ).toMatch(/^<ds:SignedInfo /);
      const page = readFileSync(join(directory, 'report.html'), 'utf8');
      expect(page).toContain('<h1 class="pass">Valid</h1>');
      expect(page).not.toMatch(/<script|<link|<img|src=|url\(/i);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('shows hostile characters and never sends them', () => {
    const hostile = `<a xmlns="urn:a">\u202e<b Id="x&#27;[31m">\u0085</b><x:y/></a>`;
    const { stdout } = wss(['verify', '-'], { input: hostile });
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it('colours a terminal only where colour is wanted', () => {
    expect(wss(['verify', ...AT, GOOD]).stdout).not.toContain('\u001b');
    expect(wss(['verify', ...AT, GOOD], { env: { FORCE_COLOR: '1' } }).stdout).toContain('\u001b[');
    expect(wss(['verify', ...AT, GOOD], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }).stdout).not.toContain('\u001b');
  });

  it('opens what failed and folds what passed', () => {
    const broken = readFileSync(join(MESSAGES, GOOD), 'utf8').replace('</soap:Body>', ' </soap:Body>');
    const { stdout } = wss(['verify', ...AT, ...TRUST, '-'], { input: broken });
    expect(stdout.split('\n')[0]).toContain('✗ Invalid');
    expect(stdout).toMatch(/▾ ✗ Reference #/);
    expect(stdout).toMatch(/▸ ✓ Reference #/);
    expect(stdout).toMatch(/\^{3}/);
  });
});
