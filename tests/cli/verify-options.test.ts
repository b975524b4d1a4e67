/** Each option of `wss verify` (docs/command.md) changes what it must change, through the built command. */
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MESSAGES, wss } from './command.ts';
import { EXCLUSIVE } from '../building/names.ts';
import { signedBySecret } from '../building/secret-signed.ts';

const AT = ['--at', '2026-11-22T06:54:00Z'];
const SECRET = 'thirty-two octets of a secret...';
/** Its certificate stands in it. */
const GOOD = 'messages/pc-08637472b9.xml';
const KEYSTORES = join(MESSAGES, '../keystore');
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wss-options-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const json = (args: readonly string[], input?: string | Uint8Array) => {
  const ended = wss(['verify', '--json', ...args], input === undefined ? {} : { input });
  expect(ended.stderr).toBe('');
  return JSON.parse(ended.stdout);
};
const codes = (report: { findings: { code: string }[] }) => report.findings.map((finding) => finding.code);
const file = (name: string, content: string | Uint8Array) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const certificate = (name: string) => new X509Certificate(readFileSync(join(MESSAGES, `keys/${name}.crt.pem`)));

describe('--trust', () => {
  it('takes a bare public key or an end certificate as trusted itself', () => {
    const key = file(
      'client.pub.pem',
      certificate('client-rsa2048').publicKey.export({ type: 'spki', format: 'pem' }) as string,
    );
    const other = file(
      'other.pub.pem',
      certificate('other-rsa2048').publicKey.export({ type: 'spki', format: 'pem' }) as string,
    );
    expect(json([...AT, '--trust', key, GOOD])).toMatchObject({ headline: 'valid', axes: { trust: 'pass' } });
    expect(json([...AT, '--trust', other, GOOD]).axes.trust).toBe('fail');
    expect(json([...AT, '--trust', 'keys/client-rsa2048.crt.pem', GOOD])).toMatchObject({
      headline: 'valid',
      axes: { trust: 'pass' },
    });
    expect(json([...AT, '--trust', 'keys/other-rsa2048.crt.pem', GOOD]).axes.trust).toBe('fail');
  });

  it('is not what --key does', () => {
    expect(json([...AT, '--key', 'keys/trust.pem', GOOD])).toMatchObject({
      headline: 'valid-untrusted',
      axes: { trust: 'unknown' },
    });
  });
});

describe('--key', () => {
  it('opens stores with a password, however many colons stand in it', () => {
    expect(
      wss(['verify', ...AT, '--trust', 'keys/trust.pem', '--key', join(KEYSTORES, 'modern.p12'), GOOD]).status,
    ).toBe(2);
    const ended = wss([
      'verify',
      ...AT,
      '--trust',
      'keys/trust.pem',
      '--key',
      `${join(KEYSTORES, 'modern.p12')}:wrong:password`,
      GOOD,
    ]);
    expect(ended).toMatchObject({ status: 2, stdout: '' });
    expect(ended.stderr).toContain('modern.p12: ');
    expect(ended.stderr).toContain('the password is wrong');
  });

  it('answers a KeyName by NAME', () => {
    const message = signedBySecret({
      uri: '',
      octets: '<a></a>',
      transforms: ['http://www.w3.org/2000/09/xmldsig#enveloped-signature', EXCLUSIVE],
      secret: SECRET,
      keyName: 'ours',
      wrap: (signature) => `<a>${signature}</a>`,
    });
    expect(json(['--secret', `ours=text:${SECRET}`, '-'], message)).toMatchObject({
      headline: 'valid',
      axes: { signature: 'pass', trust: 'pass' },
    });
    expect(json(['--secret', 'ours=text:wrong', '-'], message).axes.signature).toBe('fail');
    expect(json(['-'], message).axes.signature).toBe('unknown');
  });
});

describe('--crl', () => {
  it('tells a revoked certificate', () => {
    const message = 'messages/pc-06378b7528.xml';
    expect(json([...AT, '--trust', 'keys/trust.pem', message]).axes.trust).toBe('pass');
    const report = json([...AT, '--trust', 'keys/trust.pem', '--crl', 'keys/ca.crl.pem', message]);
    expect(report.axes.trust).toBe('fail');
    expect(codes(report)).toContain('cert-revoked');
    expect(wss(['verify', '--crl', 'keys/trust.pem', message])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('no certificate revocation list'),
    });
  });
});

describe('--user', () => {
  const token = (name: string, password: string) =>
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><wsse:Security ' +
    `xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><wsse:UsernameToken><wsse:Username>${name}</wsse:Username><wsse:Password>${password}</wsse:Password></wsse:UsernameToken></wsse:Security></s:Header><s:Body/></s:Envelope>`;

  it('takes an empty password, and = in a password', () => {
    expect(json(['--user', 'carol=', '-'], token('carol', '')).axes.authentication).toBe('pass');
    expect(json(['--user', 'carol=', '-'], token('carol', 'x')).axes.authentication).toBe('fail');
    expect(json(['--user', 'carol=a=b', '-'], token('carol', 'a=b')).axes.authentication).toBe('pass');
    expect(json(['--user', 'bob=x', '--user', 'carol=y', '-'], token('carol', 'y')).axes.authentication).toBe('pass');
  });
});

describe('--at, --skew and --ttl', () => {
  const created = Date.parse('2026-11-22T06:53:25.235Z');
  const before = (seconds: number) => ['--at', new Date(created - seconds * 1000).toISOString()];

  it('forgive a clock by 60 seconds, or by what is asked', () => {
    expect(json([...before(50), GOOD]).axes.freshness).toBe('pass');
    expect(json([...before(70), GOOD]).axes.freshness).toBe('fail');
    expect(json([...before(50), '--skew', '10', GOOD]).axes.freshness).toBe('fail');
    expect(json([...before(70), '--skew', '100', GOOD]).axes.freshness).toBe('pass');
  });

  it('take the message’s own time, and say what is now', () => {
    const report = json(['--at', 'made', '--ttl', '300', GOOD]);
    expect(report).toMatchObject({
      axes: { freshness: 'pass' },
      at: {
        instant: '2026-11-22T06:53:25.235Z',
        from: 'made',
        made: { signed: true },
        until: '2026-11-22T06:58:25.235Z',
      },
    });
    expect(Math.abs(Date.parse(report.at.now ?? '') - Date.now())).toBeLessThan(60_000);
    expect(wss(['verify', '--at', 'made', '--ttl', '300', GOOD]).stdout).toMatch(
      /judged as of 2026-11-22T06:53:25\.235Z, when it was made; .* late by now/,
    );
    for (const args of [[], ['--at', 'now']]) expect(json([...args, GOOD]).at.from).toBe('now');
    expect(json([...before(0), GOOD]).at).toEqual({ instant: '2026-11-22T06:53:25.235Z', from: 'given' });
    expect(wss(['verify', '--at', 'yesterday', GOOD])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('or now, or made'),
    });
  });

  it('judge by the longest lifetime accepted', () => {
    expect(json([...before(-4000), GOOD]).axes.freshness).toBe('pass');
    expect(json([...before(-4000), '--ttl', '3600', GOOD]).axes.freshness).toBe('fail');
    expect(json([...before(-3000), '--ttl', '3600', GOOD]).axes.freshness).toBe('pass');
    expect(wss(['verify', '--ttl', 'long', GOOD]).status).toBe(2);
  });
});

describe('--request', () => {
  const response = (value: string) =>
    '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><wsse:Security ' +
    'xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" ' +
    'xmlns:wsse11="http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"><wsse11:SignatureConfirmation ' +
    `Value="${value}"/></wsse:Security></s:Header><s:Body/></s:Envelope>`;

  it('compares SignatureConfirmation with the signatures of the request', () => {
    const value = /<(?:\w+:)?SignatureValue[^>]*>([^<]*)</
      .exec(readFileSync(join(MESSAGES, GOOD), 'utf8'))![1]!
      .replace(/\s/g, '');
    expect(codes(json(['-'], response(value)))).toContain('signature-confirmation-without-request');
    expect(json(['--request', GOOD, '-'], response(value)).axes.authentication).not.toBe('fail');
    const wrong = json(['--request', GOOD, '-'], response(`AAAA${value.slice(4)}`));
    expect(wrong.axes.authentication).toBe('fail');
    expect(codes(wrong)).toContain('signature-confirmation-mismatch');
    expect(wss(['verify', '--request', 'none.xml', GOOD]).status).toBe(2);
  });
});

describe('--attachment', () => {
  const attachment = 'octets of a part\r\n';
  const message = (uri: string) =>
    signedBySecret({
      uri,
      octets: attachment,
      secret: SECRET,
      keyName: 'ours',
      wrap: (signature) => `<a>${signature}</a>`,
    });

  it.each(['cid:part-1@example.com', 'http://example.com/other.bin'])('gives the octets of %s', (uri) => {
    const secret = ['--secret', `ours=text:${SECRET}`];
    const path = file('part.bin', attachment);
    expect(json([...secret, '-'], message(uri)).axes.signature).toBe('unknown');
    expect(
      json([...secret, '--attachment', `${uri.replace('cid:', '')}=${path}`, '-'], message(uri)).axes.signature,
    ).toBe('pass');
    expect(json([...secret, '--attachment', `${uri}=${path}`, '-'], message(uri)).axes.signature).toBe('pass');
    expect(
      json([...secret, '--attachment', `${uri}=${file('wrong.bin', 'other octets')}`, '-'], message(uri)).axes
        .signature,
    ).toBe('fail');
  });

  it('is not needed where the MIME wrapping is there', () => {
    const mime =
      `POST /service HTTP/1.1\r\nContent-Type: multipart/related; boundary=b1; start="<root@x>"; ` +
      `type="text/xml"\r\n\r\n--b1\r\nContent-Type: text/xml\r\nContent-ID: ` +
      `<root@x>\r\n\r\n${message('cid:part-1@example.com')}\r\n--b1\r\nContent-Type: ` +
      `application/octet-stream\r\nContent-ID: <part-1@example.com>\r\n\r\n${attachment}\r\n--b1--\r\n`;
    const report = json(['--secret', `ours=text:${SECRET}`, '-'], mime);
    expect(report.axes.signature).toBe('pass');
    expect(report.signatures[0].references[0].octets).toBe(attachment.length);
  });
});

describe('--receiver-actor and --id-attribute', () => {
  it('choose the header', () => {
    const message = 'messages/pc-4b47185f7a.xml';
    expect(json([...AT, '--trust', 'keys/trust.pem', '--receiver-actor', 'urn:someone:else', message])).toMatchObject({
      axes: { signature: 'pass' },
    });
    expect(codes(json([...AT, '--receiver-actor', 'urn:someone:else', message]))).not.toContain('actor-role-mismatch');
    expect(codes(json([...AT, message]))).toContain('actor-role-mismatch');
  });

  it('names further Ids', () => {
    const message = signedBySecret({
      uri: '#x',
      octets: '<b Key="x">text</b>',
      transforms: [EXCLUSIVE],
      secret: SECRET,
      keyName: 'ours',
      wrap: (signature) => `<a><b Key="x">text</b>${signature}</a>`,
    });
    expect(json(['--secret', `ours=text:${SECRET}`, '-'], message).axes.signature).toBe('fail');
    expect(json(['--secret', `ours=text:${SECRET}`, '--id-attribute', 'Key', '-'], message).axes.signature).toBe(
      'pass',
    );
  });
});

describe('--no-diagnosis', () => {
  it('leaves the search for causes out and the verdict alone', () => {
    const broken = readFileSync(join(MESSAGES, GOOD), 'utf8').replace(/(<\w+:Body[^>]*>)/, '$1\n  ');
    const [with_, without] = [json([...AT, '-'], broken), json([...AT, '--no-diagnosis', '-'], broken)];
    expect(without.headline).toBe('invalid');
    expect(with_.headline).toBe('invalid');
    expect(codes(without)).toContain('digest-mismatch-unproven');
    expect(without.findings.every((finding: { confidence: string }) => finding.confidence !== 'proven')).toBe(true);
  });
});

describe('outputs', () => {
  it('may be asked for together', () => {
    const page = join(folder, 'report.html');
    const stages = join(folder, 'stages');
    const report = json([...AT, '--trust', 'keys/trust.pem', '--html', page, '--canonical', stages, GOOD]);
    expect(readFileSync(page, 'utf8')).toContain('Valid');
    const index = JSON.parse(readFileSync(join(stages, 'index.json'), 'utf8')) as {
      file: string;
      sha256: string;
      size: number;
      step: string | null;
    }[];
    for (const one of index) {
      const octets = readFileSync(join(stages, one.file));
      expect(octets.length).toBe(one.size);
      expect(createHash('sha256').update(octets).digest('hex')).toBe(one.sha256);
    }
    // The octets of each reference are among the files: their digests are those of the message.
    const digests = new Set(
      index.map((one) =>
        createHash('sha256')
          .update(readFileSync(join(stages, one.file)))
          .digest('base64'),
      ),
    );
    for (const reference of report.signatures[0].references) expect(digests.has(reference.expected)).toBe(true);
  });

  it('end with 2 where they cannot be written', () => {
    for (const option of ['--html', '--decoded', '--canonical']) {
      const ended = wss(['verify', ...AT, option, join(folder, 'report.html', 'below'), GOOD]);
      expect(ended.status).toBe(2);
      expect(ended.stderr).not.toContain('defect of ours');
    }
  });
});
