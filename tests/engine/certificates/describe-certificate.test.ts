/** A certificate's description says what openssl and @peculiar/x509 say. */
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeCertificate } from '../../../src/engine/certificates/describe-certificate.ts';
import { printCertificate } from '../../../src/engine/certificates/print-certificate.ts';
import { readCertificate } from '../../../src/engine/certificates/read-certificate.ts';
import { hasTool, openssl, scratchFolder } from '../oracles.ts';
import { certificateOf } from './certificate-tools.ts';

describe.skipIf(!hasTool('openssl'))('describing a certificate', () => {
  const folder = scratchFolder();
  writeFileSync(
    join(folder, 'x.cnf'),
    `[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]
basicConstraints=critical,CA:TRUE,pathlen:2
keyUsage=critical,digitalSignature,keyCertSign
extendedKeyUsage=clientAuth,1.2.3.4
subjectKeyIdentifier=hash
subjectAltName=DNS:a.test,email:a@b.test,IP:10.1.2.3,URI:urn:x,dirName:sub
crlDistributionPoints=URI:http://crl.test/a.crl
authorityInfoAccess=OCSP;URI:http://ocsp.test/
certificatePolicies=1.2.3.5
nameConstraints=permitted;DNS:a.test,excluded;IP:10.0.0.0/255.0.0.0
1.2.3.4.5=DER:0500
[sub]\nCN=inner\n`,
  );
  openssl(
    folder,
    'req',
    '-x509',
    '-newkey',
    'rsa:1024',
    '-nodes',
    '-keyout',
    'k.pem',
    '-out',
    'c.pem',
    '-config',
    'x.cnf',
    '-subj',
    '/C=NL/CN=described',
    '-set_serial',
    '255',
  );
  const certificate = certificateOf(join(folder, 'c.pem'));

  it('decodes the fields and extensions', () => {
    const described = describeCertificate(certificate);
    expect(described).toMatchObject({
      version: 3,
      subject: 'CN=described,C=NL',
      shortName: 'described',
      serial: '255',
      serialHex: 'ff',
      key: 'RSA 1024',
      signatureAlgorithm: 'sha256WithRSAEncryption',
      isAuthority: true,
      selfIssued: true,
    });
    const values = Object.fromEntries(
      described.extensions.map((extension) => [extension.name ?? extension.oid, extension.values]),
    );
    const ski = openssl(folder, 'x509', '-in', 'c.pem', '-noout', '-ext', 'subjectKeyIdentifier')
      .split('\n')[1]
      ?.trim()
      .replaceAll(':', '')
      .toLowerCase();
    expect(values).toEqual({
      basicConstraints: ['authority', 'path length 2'],
      keyUsage: ['digitalSignature', 'keyCertSign'],
      extendedKeyUsage: ['TLS client', '1.2.3.4'],
      subjectKeyIdentifier: [ski],
      subjectAltName: ['DNS: a.test', 'e-mail: a@b.test', 'IP: 10.1.2.3', 'URI: urn:x', 'directory: CN=inner'],
      crlDistributionPoints: ['URI: http://crl.test/a.crl'],
      authorityInfoAccess: ['URI: http://ocsp.test/'],
      certificatePolicies: ['1.2.3.5'],
      nameConstraints: ['permitted DNS: a.test', 'excluded IP: 10.0.0.0/255.0.0.0'],
      '1.2.3.4.5': ['0500'],
    });
    expect(described.extensions.filter((extension) => extension.critical).map((extension) => extension.name)).toEqual([
      'basicConstraints',
      'keyUsage',
    ]);
  });

  it('is printed in full by @peculiar/x509', async () => {
    expect(await printCertificate(certificate.der)).toContain('described');
    expect(await printCertificate(Uint8Array.of(1, 2, 3))).toBeNull();
  });

  it('reads malformed certificates as data, wherever the damage is', () => {
    for (let at = 0; at < certificate.der.length; at++) {
      const damaged = certificate.der.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x81;
      const read = readCertificate(damaged);
      if (read.ok) describeCertificate(read.certificate);
      else expect(read.problem.what).not.toBe('');
    }
    expect(readCertificate(certificate.der.subarray(0, 50)).ok).toBe(false);
    expect(readCertificate(new Uint8Array([...certificate.der, 0])).ok).toBe(false);
  });
});
