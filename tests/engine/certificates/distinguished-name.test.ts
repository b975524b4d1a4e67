/** Names as openssl prints them, RFC 4514's and RFC 2253's examples, and names from text in every dialect. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeDer, encodeDerOid, readDer } from '../../../src/engine/bytes/der.ts';
import type { DistinguishedName } from '../../../src/engine/certificates/certificate.ts';
import { compareName, compareSerial, namesEqual } from '../../../src/engine/certificates/compare-name.ts';
import { NAME_STYLES, printName, readName } from '../../../src/engine/certificates/distinguished-name.ts';
import { parseName } from '../../../src/engine/certificates/parse-name.ts';
import { hasTool, openssl, scratchFolder } from '../oracles.ts';
import { derOf, certificateOf } from './certificate-tools.ts';

const OIDS: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  ST: '2.5.4.8',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  DC: '0.9.2342.19200300.100.1.25',
  UID: '0.9.2342.19200300.100.1.1',
  E: '1.2.840.113549.1.9.1',
  SERIALNUMBER: '2.5.4.5',
};

/** A name in DER order from `TYPE=value` pairs; arrays are one RDN. */
function name(...rdns: readonly (string | readonly string[])[]): DistinguishedName {
  const sets = rdns.map((rdn) =>
    encodeDer(
      0x31,
      ...[rdn].flat().map((pair) => {
        const [type = '', value = ''] = pair.split(/=(.*)/s);
        return encodeDer(
          0x30,
          encodeDerOid(OIDS[type] ?? type),
          encodeDer(type === 'E' || type === 'DC' ? 0x16 : 0x0c, new Uint8Array(Buffer.from(value))),
        );
      }),
    ),
  );
  const read = readDer(encodeDer(0x30, ...sets));
  const result = read.ok ? readName(read.element) : null;
  if (result === null) throw new Error('not a name');
  return result;
}

describe('printing', () => {
  it.each([
    // RFC 4514 §4, with the values that its text gives.
    [name('DC=net', 'DC=example', 'UID=jsmith'), 'UID=jsmith,DC=example,DC=net'],
    [name('DC=net', 'DC=example', ['OU=Sales', 'CN=J.  Smith']), 'OU=Sales+CN=J.  Smith,DC=example,DC=net'],
    [name('DC=net', 'DC=example', 'CN=James "Jim" Smith, III'), 'CN=James \\"Jim\\" Smith\\, III,DC=example,DC=net'],
    [name('C=GB', 'O=Test', '1.3.6.1.4.1.1466.0=Hi'), '1.3.6.1.4.1.1466.0=#0c024869,O=Test,C=GB'],
    [name('CN=Lučić'), 'CN=Lučić'],
    [name('CN= leading and trailing '), 'CN=\\ leading and trailing\\ '],
    [name('CN=#hash'), 'CN=\\#hash'],
    [name('CN= '), 'CN=\\ '],
  ])('prints RFC 4514 %#', (given, text) => {
    expect(printName(given)).toBe(text);
  });

  it.skipIf(!hasTool('openssl'))('prints as openssl does', () => {
    const folder = scratchFolder();
    openssl(
      folder,
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'k.pem',
      '-out',
      'c.pem',
      '-utf8',
      '-subj',
      '/C=DE/ST=Bavaria/O=Müller, Söhne \\/ "Co"/OU=a#b;c<d>e/CN= spaced + name ' +
        '/emailAddress=x@example.test/serialNumber=42/UID=u1',
    );
    const { subject } = certificateOf(join(folder, 'c.pem'));
    const printed = (...options: readonly string[]): string =>
      openssl(folder, 'x509', '-in', 'c.pem', '-noout', '-subject', ...options)
        .replace(/^subject=/, '')
        .replace(/\n$/, '');
    expect(printName(subject, 'openssl')).toBe(printed('-nameopt', 'RFC2253,utf8,-esc_msb'));
    expect(printName(subject, 'openssl-default')).toBe(printed('-nameopt', 'utf8,oneline,-esc_msb'));
  });

  it.skipIf(!hasTool('java') || !hasTool('javac') || !hasTool('openssl'))('prints as Java does', () => {
    const folder = scratchFolder();
    openssl(
      folder,
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'k.pem',
      '-out',
      'c.pem',
      '-utf8',
      '-subj',
      '/C=DE/ST=Bavaria/O=Müller, Söhne "Co"/OU=a#b/CN=plain/emailAddress=x@example.test/serialNumber=42',
    );
    execFileSync(
      'sh',
      [
        '-c',
        `cat > P.java <<'EOF'
import java.io.*; import java.security.cert.*; import javax.security.auth.x500.X500Principal;
class P { public static void main(String[] a) throws Exception {
  X500Principal p = ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new FileInputStream(a[0]))).getSubjectX500Principal();
  PrintStream o = new PrintStream(System.out, true, "UTF-8"); o.println(p.getName()); o.println(p.toString()); } }
EOF`,
      ],
      { cwd: folder },
    );
    const [rfc2253, toString] = execFileSync('java', ['P.java', 'c.pem'], { cwd: folder }).toString().split('\n');
    const { subject } = certificateOf(join(folder, 'c.pem'));
    expect(printName(subject, 'java')).toBe(rfc2253);
    expect(printName(subject, 'java-toString')).toBe(toString);
  });
});

describe("comparing text with a certificate's name", () => {
  const issuer = name('C=DE', 'O=Müller, Söhne', ['OU=A', 'CN=B'], 'E=x@y.test');
  it.each([
    ['1.2.840.113549.1.9.1=#160878407 92e74657374,OU=A+CN=B,O=Müller\\, Söhne,C=DE'.replace(' ', ''), true, 'exact'],
    ['emailAddress=x@y.test,OU=A+CN=B,O=Müller\\, Söhne,C=DE', true, 'keyword'],
    ['E=x@y.test, CN=B + OU=A, O="Müller, Söhne", C=DE', true, 'quoting'],
    ['E=x@y.test;CN=B+OU=A;O=M\\C3\\BCller\\, S\\C3\\B6hne;C=DE', true, 'keyword'],
    ['OID.1.2.840.113549.1.9.1=x@y.test, OU=A+CN=B, O=Müller\\, Söhne, C=DE', true, 'keyword'],
    ['E=x@y.test,OU=A+CN=B,O=Müller, Söhne,C=DE', true, 'unescaped'],
    ['E=X@Y.TEST,OU=a+CN=b,O=MÜLLER\\, SÖHNE,C=de', true, 'case'],
    ['E=x@y.test,OU=A+CN=B,O=Müller\\,   Söhne,C=DE', true, 'whitespace'],
    ['E=#0c0878407 92e74657374,OU=A+CN=B,O=Müller\\, Söhne,C=DE'.replace(' ', ''), true, 'string-type'],
    ['C=DE,O=Müller\\, Söhne,OU=A+CN=B,E=x@y.test', false, 'reversed-order'],
    ['/C=DE/O=Müller, Söhne/OU=A/CN=B/emailAddress=x@y.test', false, 'differs'],
    ['E=x@y.test,OU=A+CN=B,O=Mueller,C=DE', false, 'differs'],
    ['OU=A+CN=B,O=Müller\\, Söhne,C=DE', false, 'differs'],
    ['no name', false, 'unparsable'],
    ['CN="open', false, 'unparsable'],
  ])('%s', (text, equal, how) => {
    const comparison = compareName(text, issuer);
    expect([comparison.equal, comparison.how]).toEqual([equal, how]);
  });

  it('takes its own output in every style for the same name, or for one of another order', () => {
    const odd = name('C=DE', 'O=A "quoted" \\ + ; < > = , #', 'CN=#1 ', 'SERIALNUMBER=0042');
    for (const style of NAME_STYLES.filter((candidate) => candidate !== 'openssl-oneline')) {
      const comparison = compareName(printName(odd, style), odd);
      expect(comparison.meant, style).toBe(true);
    }
  });

  it("reads OpenSSL's one-line form", () => {
    const plain = name('C=DE', 'O=A/B', 'CN=http://x/y');
    expect(compareName('/C=DE/O=A/B/CN=http://x/y', plain)).toMatchObject({
      how: 'slash-form',
      meant: true,
      equal: false,
    });
  });

  it('knows an issuer printed by Java and by .NET', () => {
    const plain = name('C=DE', 'ST=Hessen', 'O=A, B', 'CN=x');
    expect(compareName('CN=x, O="A, B", S=Hessen, C=DE', plain)).toMatchObject({ equal: true, style: 'dotnet' });
    expect(compareName('CN=x, O="A, B", ST=Hessen, C=DE', plain)).toMatchObject({
      equal: true,
      style: 'java-toString',
    });
  });

  it('is linear in hostile text', () => {
    for (const hostile of [
      'CN=' + ','.repeat(60_000),
      'CN=' + ' ,'.repeat(30_000),
      '+'.repeat(60_000),
      'CN=' + '\\'.repeat(60_000),
      'A'.repeat(60_000),
      ('CN=' + ' '.repeat(200) + ',').repeat(300),
    ]) {
      const before = performance.now();
      parseName(hostile);
      expect(performance.now() - before).toBeLessThan(1_000);
    }
    expect(parseName('CN='.padEnd(70_000, 'x'))).toBeNull();
  });
});

describe('names of certificates', () => {
  it('are equal whatever their string types and case (RFC 5280 §7.1)', () => {
    const printable = readDer(
      encodeDer(
        0x30,
        encodeDer(
          0x31,
          encodeDer(0x30, encodeDerOid('2.5.4.3'), encodeDer(0x13, new Uint8Array(Buffer.from('Test  CA')))),
        ),
      ),
    );
    const other = printable.ok ? readName(printable.element) : null;
    expect(other !== null && namesEqual(other, name('CN=test ca'))).toBe(true);
    expect(namesEqual(name('CN=a', 'O=b'), name('O=b', 'CN=a'))).toBe(false);
    expect(namesEqual(name('CN=a'), name('CN=b'))).toBe(false);
  });
});

describe('serial numbers', () => {
  const serial = 0x8899aabbccddeeff00112233n;
  it.each([
    [serial.toString(), true, 'exact'],
    [` ${serial} `, true, 'equal'],
    [`00${serial}`, true, 'equal'],
    ['8899AABBCCDDEEFF00112233', false, 'hex'],
    ['0x8899aabbccddeeff00112233', false, 'hex'],
    ['88:99:aa:bb:cc:dd:ee:ff:00:11:22:33', false, 'hex'],
    [BigInt.asIntN(96, serial).toString(), false, 'twos-complement'],
    [BigInt.asIntN(64, serial).toString(), false, 'low-64-bits'],
    [BigInt.asIntN(32, serial).toString(), false, 'low-32-bits'],
    ['3322110 0ffeeddccbbaa9988'.replace(' ', ''), false, 'byte-reversed'],
    ['12', false, 'differs'],
    ['', false, 'differs'],
    ['x', false, 'differs'],
    ['9'.repeat(100_000), false, 'differs'],
  ])('%s', (text, equal, how) => {
    expect(compareSerial(text, serial)).toEqual({ equal, how });
  });

  it.skipIf(!hasTool('openssl'))('reads a negative serial number as openssl does', () => {
    const folder = scratchFolder();
    openssl(
      folder,
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'k.pem',
      '-out',
      'c.pem',
      '-subj',
      '/CN=n',
      '-set_serial',
      '-5',
    );
    expect(derOf(join(folder, 'c.pem')).length).toBeGreaterThan(100);
    expect(certificateOf(join(folder, 'c.pem')).serial).toBe(-5n);
  });
});
