/** `wss c14n`, `keys`, `algorithms`, `explain`: what they print, and their exit statuses. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wss } from './command.ts';

describe('wss c14n', () => {
  const input =
    '<?xml version="1.0"?>\r\n<a:r xmlns:a="urn:a" xmlns:b="urn:b" xmlns="urn:d"><x Id="x" b:z="1" ' +
    'a="2"/><!--c--></a:r>';
  const c14n = (...args: string[]) => wss(['c14n', ...args, '-'], { input }).stdout;

  it('writes the whole document, an element, or what an XPath selects', () => {
    expect(c14n()).toBe('<a:r xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b"><x Id="x" a="2" b:z="1"></x></a:r>');
    expect(c14n('--algorithm', 'c14n-with-comments')).toContain('<!--c-->');
    expect(c14n('--algorithm', 'exc-c14n', '--id', 'x')).toBe(
      '<x xmlns="urn:d" xmlns:b="urn:b" Id="x" a="2" b:z="1"></x>',
    );
    expect(c14n('--algorithm', 'exc-c14n', '--id', 'x', '--prefix-list', 'a')).toBe(
      '<x xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b" Id="x" a="2" b:z="1"></x>',
    );
    expect(c14n('--xpath', '//p:x/@*', '--ns', 'p=urn:d')).toBe(' Id="x" a="2" b:z="1"');
  });

  it('reads the expression from a file, with the namespaces declared there or given beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wss-c14n-'));
    try {
      writeFileSync(join(folder, 'bare.txt'), '//p:x');
      writeFileSync(join(folder, 'element.xml'), '<XPath xmlns:q="urn:d">//q:x | //q:x/@Id</XPath>');
      expect(c14n('--xpath-file', join(folder, 'bare.txt'), '--ns', 'p=urn:d')).toBe('<x></x>');
      expect(c14n('--xpath-file', join(folder, 'element.xml'))).toBe('<x Id="x"></x>');
      expect(wss(['c14n', '--xpath-file', join(folder, 'bare.txt'), '-'], { input })).toMatchObject({
        status: 2,
        stderr: expect.stringContaining('p'),
      });
      expect(wss(['c14n', '--xpath-file', join(folder, 'none.txt'), '-'], { input }).status).toBe(2);
      expect(wss(['c14n', '--xpath', '//x', '--id', 'x', '-'], { input }).status).toBe(2);
      expect(wss(['c14n', '--ns', 'p', '--xpath', '//p:x', '-'], { input }).status).toBe(2);
      writeFileSync(join(folder, 'in.xml'), input);
      expect(wss(['c14n', '--id', 'Y', '--id-attribute', 'z', join(folder, 'in.xml')]).status).toBe(2);
      expect(
        wss(['c14n', '--algorithm', 'http://www.w3.org/2006/12/xml-c14n11', '--id', 'x', join(folder, 'in.xml')])
          .stdout,
      ).toBe('<x xmlns="urn:d" xmlns:a="urn:a" xmlns:b="urn:b" Id="x" a="2" b:z="1"></x>');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('ends with 1 for what is not XML, 2 for arguments it cannot use', () => {
    expect(wss(['c14n', '-'], { input: '<a>' })).toMatchObject({ status: 1, stdout: '' });
    expect(wss(['c14n', '--algorithm', 'md5', '-'], { input }).status).toBe(2);
    expect(wss(['c14n', '--id', 'none', '-'], { input }).status).toBe(2);
    expect(wss(['c14n', '--xpath', '//[', '-'], { input }).status).toBe(2);
    expect(wss(['c14n', '--xpath', '//p:x', '-'], { input }).status).toBe(2);
  });
});

describe('wss keys', () => {
  it('lists what is in key files and nothing of a private key', () => {
    const { status, stdout } = wss(['keys', '--json', 'keys/trust.pem', 'keys/server-rsa2048.pkcs8.pem']);
    expect(status).toBe(0);
    const [trust, server] = JSON.parse(stdout);
    expect(trust.entries.length).toBe(2);
    expect(server.entries).toMatchObject([{ kind: 'private key', key: 'RSA 2048' }]);
    expect(stdout).not.toMatch(/pkcs8"\s*:|privateKey"/);
  });

  it('shows certificates and lists in full, and nothing of a private key', () => {
    const { status, stdout } = wss([
      'keys',
      '--text',
      'keys/trust.pem',
      'keys/ca.crl.pem',
      'keys/server-rsa2048.pkcs8.pem',
    ]);
    expect(status).toBe(0);
    expect(stdout.match(/^Certificate:$/gm)).toHaveLength(2);
    expect(stdout).toContain('Basic Constraints: critical');
    expect(stdout.match(/^-----BEGIN CERTIFICATE-----$/gm)).toHaveLength(2);
    expect(stdout.match(/^-----BEGIN X509 CRL-----$/gm)).toHaveLength(1);
    expect(stdout).not.toContain('PRIVATE KEY');
    expect(wss(['keys', '--text', '--json', 'keys/trust.pem']).status).toBe(2);
  });

  it('ends with 2 where a file gives nothing', () => {
    expect(wss(['keys', 'keys/PASSWORDS.txt']).status).toBe(2);
    expect(wss(['keys', 'none.p12']).status).toBe(2);
  });
});

describe('wss algorithms and explain', () => {
  it('lists every URI', () => {
    const list = JSON.parse(wss(['algorithms', '--json']).stdout) as { uri: string; support: string }[];
    expect(list.find((one) => one.uri === 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')?.support).toBe('yes');
    expect(wss(['algorithms']).stdout).toContain('RSA-SHA256');
  });

  it('explains a code and a URI, and proposes near ones', () => {
    expect(wss(['explain', 'XSW-01']).stdout).toContain('not the one a receiver reads');
    expect(wss(['explain', 'http://www.w3.org/2001/10/xml-exc-c14n#']).stdout).toContain('Exclusive');
    expect(wss(['explain', 'http://www.w3.org/2000/09/xmldsig#rsa-sha256'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('xmldsig-more#rsa-sha256'),
    });
    expect(wss(['explain', 'digest-mismatch']).stderr).toContain('digest-mismatch-unproven');
  });
});
