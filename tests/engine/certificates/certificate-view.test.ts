/** The view of certificates, requests and revocation lists says what openssl says. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  viewCertificate,
  type CertificateView,
  type ViewEntry,
} from '../../../src/engine/certificates/certificate-view.ts';
import { readPem } from '../../../src/engine/keystore/pem.ts';
import { hasTool, openssl, scratchFolder } from '../oracles.ts';

/** Entries as lines, indented by what they stand below. */
const lines = (entries: readonly ViewEntry[], indent = ''): readonly string[] =>
  entries.flatMap((entry) => [
    `${indent}${entry.name === '' ? '' : `${entry.name}: `}${entry.value}`.trimEnd(),
    ...lines(entry.entries, `${indent}  `),
  ]);
const extensionLines = (view: CertificateView | null) =>
  Object.fromEntries((view?.extensions ?? []).map((extension) => [extension.name, lines(extension.entries)]));
const ENCODER = new TextEncoder();
const blocksOf = (pem: string) => readPem(ENCODER.encode(pem)).map((block) => block.octets ?? new Uint8Array());
const derOf = (pem: string) => blocksOf(pem)[0] ?? new Uint8Array();

describe.skipIf(!hasTool('openssl'))('a view', () => {
  const folder = scratchFolder();
  writeFileSync(
    join(folder, 'x.cnf'),
    `[req]\ndistinguished_name=dn\nx509_extensions=issued\nreq_extensions=ext\n[dn]\n[ext]
basicConstraints=critical,CA:TRUE,pathlen:2
keyUsage=critical,digitalSignature,keyCertSign
extendedKeyUsage=clientAuth,1.2.3.4
subjectKeyIdentifier=hash
subjectAltName=DNS:a.test,email:a@b.test,IP:10.1.2.3,URI:urn:x,dirName:sub
crlDistributionPoints=URI:http://crl.test/a.crl
authorityInfoAccess=OCSP;URI:http://ocsp.test/
certificatePolicies=1.2.3.5
policyConstraints=requireExplicitPolicy:3,inhibitPolicyMapping:0
policyMappings=1.2.3.5:1.2.3.6
inhibitAnyPolicy=2
nameConstraints=permitted;DNS:a.test,excluded;IP:10.0.0.0/255.0.0.0
nsComment=remark
tlsfeature=status_request
freshestCRL=URI:http://crl.test/delta.crl
1.2.3.4.5=DER:0500
[issued]\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid:always,issuer:always
[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=30
certificate=c.pem\nprivate_key=k.pem
[sub]\nCN=inner\n`,
  );
  const request = ['-newkey', 'rsa:1024', '-nodes', '-config', 'x.cnf', '-subj', '/C=NL/CN=described'];
  openssl(
    folder,
    'req',
    '-x509',
    ...request,
    '-extensions',
    'ext',
    '-keyout',
    'k.pem',
    '-out',
    'c.pem',
    '-set_serial',
    '255',
  );
  openssl(folder, 'req', '-new', ...request, '-keyout', 'r.key.pem', '-out', 'r.pem');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const ski = openssl(folder, 'x509', '-in', 'c.pem', '-noout', '-ext', 'subjectKeyIdentifier')
    .split('\n')[1]
    ?.trim()
    .replaceAll(':', '')
    .toLowerCase();
  const asked = {
    'Basic Constraints': ['CA: true', 'Path Length: 2'],
    'Key Usages': ['digitalSignature, keyCertSign'],
    'Extended Key Usages': ['TLS WWW client authentication, 1.2.3.4'],
    'Subject Alternative Name': ['DNS: a.test', 'Email: a@b.test', 'IP: 10.1.2.3', 'URL: urn:x', 'DN: CN=inner'],
    'CRL Distribution Points': ['Distribution Point:', '  URL: http://crl.test/a.crl'],
    'Authority Info Access': ['OCSP: http://ocsp.test/'],
    'Certificate Policies': ['Policy: 1.2.3.5'],
    'Policy Constraints': ['Require Explicit Policy: 3', 'Inhibit Policy Mapping: 0'],
    'Policy Mappings': ['Mapping: 1.2.3.5 to 1.2.3.6'],
    'Inhibit Any Policy': ['2'],
    'Name Constraints': ['Permitted: DNS: a.test', 'Excluded: IP: 10.0.0.0/255.0.0.0'],
    'Netscape Comment': ['remark'],
    'TLS Features': ['status_request'],
    'Freshest CRL': ['Distribution Point: URL: http://crl.test/delta.crl'],
    '1.2.3.4.5': ['0500'],
  };

  it('has every field and extension of a certificate in words', () => {
    const view = viewCertificate(derOf(read('c.pem')));
    expect(extensionLines(view)).toEqual({ ...asked, 'Subject Key Identifier': [ski] });
    expect(view?.extensions.filter((extension) => extension.critical).map((extension) => extension.oid)).toEqual([
      '2.5.29.19',
      '2.5.29.15',
    ]);
    expect(lines(view?.fields ?? [])).toEqual(
      expect.arrayContaining([
        'Version: v3 (2)',
        'Serial Number: 00ff',
        'Subject: C=NL, CN=described',
        '  Algorithm: rsaEncryption',
      ]),
    );
    expect(view?.text).toContain('Excluded: IP: 10.0.0.0/255.0.0.0');
  });

  it('gives the PEM that openssl writes', () => {
    expect(viewCertificate(derOf(read('c.pem')))?.pem).toBe(read('c.pem'));
    expect(viewCertificate(derOf(read('r.pem')), 'request')?.pem).toBe(read('r.pem'));
  });

  it('has what a request asks for', () => {
    const view = viewCertificate(derOf(read('r.pem')), 'request');
    expect(extensionLines(view)).toMatchObject(asked);
    expect(lines(view?.fields ?? [])).toContain('Subject: C=NL, CN=described');
    expect(view?.text).toContain('Requested Extensions:');
  });

  it('has what a list revokes, and why', () => {
    writeFileSync(join(folder, 'index.txt'), '');
    writeFileSync(join(folder, 'number'), '1000\n');
    openssl(folder, 'ca', '-config', 'x.cnf', '-revoke', 'c.pem', '-crl_reason', 'keyCompromise');
    openssl(folder, 'ca', '-config', 'x.cnf', '-gencrl', '-out', 'l.pem');
    const view = viewCertificate(derOf(read('l.pem')), 'revocation list');
    expect(extensionLines(view)).toEqual({ 'CRL Number': ['4096'] });
    expect(lines(view?.fields ?? [])).toEqual(
      expect.arrayContaining(['Revoked: ff', '  Extensions:', '    Reason:', '      keyCompromise']),
    );
    expect(view?.pem).toBe(read('l.pem'));
  });
});

describe('every certificate at hand', () => {
  const keys = fileURLToPath(new URL('../../../src/content/samples/keys/', import.meta.url));
  const files = readdirSync(keys).filter((name) => name.endsWith('.pem') && !/pkcs8|crl/.test(name));

  it.each(files)('%s is shown', (name) => {
    const blocks = blocksOf(readFileSync(join(keys, name), 'utf8'));
    expect(blocks.length).toBeGreaterThan(0);
    for (const der of blocks) expect(viewCertificate(der)).toMatchObject({ kind: 'certificate' });
  });
});

describe('octets that are none', () => {
  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('certificate')],
    ['a sequence of nothing', Uint8Array.of(0x30, 0)],
    ['more than 1 MiB', new Uint8Array(1024 * 1024 + 1)],
  ])('%s give no view', (_what, octets) => {
    expect(viewCertificate(octets)).toBeNull();
    expect(viewCertificate(octets, 'request')).toBeNull();
    expect(viewCertificate(octets, 'revocation list')).toBeNull();
  });
});
