/** Stores that openssl and keytool write: PKCS#12 old and new, JKS, JCEKS with keys, certificates and secrets. */
import { createHmac, pbkdf2Sync } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import {
  derOctetString,
  derOctets,
  encodeDer,
  encodeDerInteger,
  encodeDerOid,
  readDer,
} from '../../../src/engine/bytes/der.ts';
import { hasTool, run, scratchFolder } from '../oracles.ts';
import { hex, octetsOf, readOctets, readPath } from './key-file-tools.ts';

const hasOpenssl = hasTool('openssl');
const hasKeytool = hasTool('keytool');

describe.skipIf(!hasOpenssl)('PKCS#12 made by openssl', () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  beforeAll(() => {
    folder = scratchFolder();
    run(
      folder,
      'openssl',
      'req',
      '-x509',
      '-newkey',
      'rsa:1024',
      '-nodes',
      '-keyout',
      'ca.pem',
      '-out',
      'ca.crt',
      '-subj',
      '/CN=Store Root',
      '-days',
      '100',
    );
    run(
      folder,
      'openssl',
      'req',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'key.csr',
      '-subj',
      '/C=DE/CN=Owner',
    );
    run(
      folder,
      'openssl',
      'x509',
      '-req',
      '-in',
      'key.csr',
      '-CA',
      'ca.crt',
      '-CAkey',
      'ca.pem',
      '-CAcreateserial',
      '-out',
      'key.crt',
      '-days',
      '100',
    );
    run(folder, 'openssl', 'pkcs8', '-topk8', '-nocrypt', '-in', 'key.pem', '-outform', 'DER', '-out', 'key.der');
  });
  const make = (...args: readonly string[]): void => {
    run(
      folder,
      'openssl',
      'pkcs12',
      '-export',
      '-inkey',
      'key.pem',
      '-in',
      'key.crt',
      '-certfile',
      'ca.crt',
      '-name',
      'my alias',
      '-out',
      'store.p12',
      ...args,
    );
  };

  it.each([
    ['PBES2', []],
    ['legacy RC2-40 and 3DES', ['-legacy']],
    ['3DES for both', ['-legacy', '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']],
    ['RC2-128', ['-legacy', '-certpbe', 'PBE-SHA1-RC2-128', '-keypbe', 'PBE-SHA1-RC2-128']],
    ['MAC with SHA-512', ['-macalg', 'sha512']],
    ['no MAC', ['-nomac']],
    ['certificates in the clear', ['-certpbe', 'NONE']],
    ['nothing encrypted', ['-certpbe', 'NONE', '-keypbe', 'NONE']],
  ])('opens %s', async (_, args) => {
    make(...args, '-passout', 'pass:secret');
    const { entries, problems, format } = await readPath(path('store.p12'), { password: 'secret' });
    expect(problems).toEqual([]);
    expect(format).toBe('PKCS#12');
    expect(entries.map((entry) => entry.alias)).toEqual(['my alias']);
    expect(hex(entries[0]?.privateKey?.pkcs8)).toContain(hex(octetsOf(path('key.der')).subarray(30, 60)));
    expect(entries[0]?.certificates.map((certificate) => certificate.subjectText)).toEqual([
      'CN=Owner,C=DE',
      'CN=Store Root',
    ]);
  });

  it.each(['', 'pass wörd €'])('opens with the password "%s"', async (password) => {
    make('-passout', `pass:${password}`);
    expect((await readPath(path('store.p12'), { password })).problems).toEqual([]);
    make('-legacy', '-passout', `pass:${password}`);
    expect((await readPath(path('store.p12'), { password })).entries).toHaveLength(1);
  });

  it.each([[[]], [['-legacy']]])(
    'tells a wrong password from a damaged file and from a missing password %s',
    async (args) => {
      make(...args, '-passout', 'pass:secret');
      const octets = octetsOf(path('store.p12'));
      expect((await readOctets(octets, { password: 'wrong' })).problems.map((problem) => problem.code)).toEqual([
        'key-password-wrong',
      ]);
      expect((await readOctets(octets)).problems.map((problem) => problem.code)).toEqual(['key-password-needed']);
      const damagedMac = octets.slice();
      damagedMac[octets.length - 25] = (damagedMac[octets.length - 25] ?? 0) ^ 1;
      const { problems, entries } = await readOctets(damagedMac, { password: 'secret' });
      expect(problems.map((problem) => problem.code)).toEqual(['key-file-damaged']);
      expect(entries).toHaveLength(1);
      expect(
        (await readOctets(octets.subarray(0, 500), { password: 'secret' })).problems.map((problem) => problem.code),
      ).toEqual(['key-file-damaged']);
    },
  );

  it("checks a PBMAC1 (RFC 9579), made here with Node's crypto", async () => {
    make('-nomac', '-passout', 'pass:secret');
    const bare = readDer(octetsOf(path('store.p12')));
    const [version, authSafe] = bare.ok ? bare.element.children : [];
    const safe = derOctetString(authSafe?.children[1]?.children[0]);
    if (version === undefined || authSafe === undefined || safe === null) throw new Error('not a PFX');
    const salt = new Uint8Array(8).fill(7);
    const hmacSha256 = encodeDer(0x30, encodeDerOid('1.2.840.113549.2.9'), Uint8Array.of(5, 0));
    const kdf = encodeDer(
      0x30,
      encodeDerOid('1.2.840.113549.1.5.12'),
      encodeDer(0x30, encodeDer(4, salt), encodeDerInteger(2048n), encodeDerInteger(32n), hmacSha256),
    );
    const algorithm = encodeDer(0x30, encodeDerOid('1.2.840.113549.1.5.14'), encodeDer(0x30, kdf, hmacSha256));
    const mac = createHmac('sha256', pbkdf2Sync('secret', salt, 2048, 32, 'sha256'))
      .update(safe)
      .digest();
    const macData = encodeDer(
      0x30,
      encodeDer(0x30, algorithm, encodeDer(4, mac)),
      encodeDer(4, salt),
      encodeDerInteger(1n),
    );
    const pfx = encodeDer(0x30, derOctets(version), derOctets(authSafe), macData);
    expect((await readOctets(pfx, { password: 'secret' })).problems).toEqual([]);
    expect((await readOctets(pfx, { password: 'wrong' })).problems.map((problem) => problem.code)).toEqual([
      'key-password-wrong',
    ]);
  });

  it('stops at the iteration bound', async () => {
    make('-iter', '400000', '-passout', 'pass:secret');
    const { problems } = await readOctets(octetsOf(path('store.p12')), {
      password: 'secret',
      budget: new Budget({ ...DEFAULT_LIMITS, iterations: 100_000 }),
    });
    expect(problems.map((problem) => problem.code)).toEqual(['key-limit']);
  });

  it('reads P7B in DER and PEM, and a bundle of PEM blocks', async () => {
    run(
      folder,
      'openssl',
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'key.crt',
      '-certfile',
      'ca.crt',
      '-out',
      'chain.p7b.pem',
    );
    run(
      folder,
      'openssl',
      'crl2pkcs7',
      '-nocrl',
      '-certfile',
      'key.crt',
      '-certfile',
      'ca.crt',
      '-outform',
      'DER',
      '-out',
      'chain.p7b',
    );
    for (const file of ['chain.p7b', 'chain.p7b.pem']) {
      const { entries } = await readPath(path(file));
      expect(entries.map((entry) => entry.certificates[0]?.subjectText).toSorted()).toEqual([
        'CN=Owner,C=DE',
        'CN=Store Root',
      ]);
    }
    const bundle = Buffer.concat(['key.pem', 'ca.crt', 'key.crt'].map((file) => octetsOf(path(file))));
    const { entries } = await readOctets(new Uint8Array(bundle), { name: 'given', trusted: true, firstNumber: 4 });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ id: 'k4', name: 'given', trusted: true });
    expect(entries[0]?.certificates.map((certificate) => certificate.subjectText)).toEqual([
      'CN=Owner,C=DE',
      'CN=Store Root',
    ]);
  });
});

describe.skipIf(!hasKeytool)('stores made by keytool', () => {
  let folder = '';
  const path = (name: string): string => join(folder, name);
  const keytool = (...args: readonly string[]): void => {
    run(folder, 'keytool', ...args, '-storepass', 'storepass');
  };
  beforeAll(() => {
    folder = scratchFolder();
    for (const [type, file] of [
      ['JKS', 'a.jks'],
      ['JCEKS', 'a.jceks'],
      ['PKCS12', 'a.p12'],
    ] as const) {
      const keypass = type === 'PKCS12' ? [] : ['-keypass', 'keypass1'];
      keytool(
        '-genkeypair',
        '-keystore',
        file,
        '-storetype',
        type,
        '-alias',
        'rsa',
        '-keyalg',
        'RSA',
        '-keysize',
        '1024',
        '-dname',
        'CN=Keytool, O="A, B"',
        ...keypass,
      );
      keytool('-exportcert', '-keystore', file, '-storetype', type, '-alias', 'rsa', '-file', `${file}.crt`);
      keytool(
        '-importcert',
        '-noprompt',
        '-keystore',
        file,
        '-storetype',
        type,
        '-alias',
        'trusted',
        '-file',
        'a.jks.crt',
      );
      if (type !== 'JKS') {
        keytool(
          '-genseckey',
          '-keystore',
          file,
          '-storetype',
          type,
          '-alias',
          'secret',
          '-keyalg',
          'AES',
          '-keysize',
          '256',
          ...keypass,
        );
      }
    }
  }, 120_000);

  it.each(['a.jks', 'a.jceks', 'a.p12'])('reads keys, certificates and secrets of %s', async (file) => {
    const options = file === 'a.p12' ? { password: 'storepass' } : { password: 'storepass', keyPassword: 'keypass1' };
    const { entries, problems } = await readPath(path(file), options);
    expect(problems).toEqual([]);
    const byAlias = new Map(entries.map((entry) => [entry.alias, entry]));
    const rsa = byAlias.get('rsa');
    expect(hex(rsa?.certificates[0]?.der)).toBe(hex(octetsOf(path(`${file}.crt`))));
    expect(hex(rsa?.privateKey?.publicKey.spki)).toBe(hex(rsa?.certificates[0]?.publicKey.spki));
    expect(hex(byAlias.get('trusted')?.certificates[0]?.der)).toBe(hex(octetsOf(path('a.jks.crt'))));
    if (file !== 'a.jks') expect(byAlias.get('secret')?.secret).toHaveLength(32);
  });

  it('gives certificates without any password, and says that the keys need one', async () => {
    const { entries, problems } = await readPath(path('a.jks'));
    expect(problems.map((problem) => [problem.code, problem.alias])).toEqual([['key-password-needed', 'rsa']]);
    expect(entries.map((entry) => entry.privateKey)).toEqual([null, null]);
    expect(entries).toHaveLength(2);
  });

  it('tells a wrong store password, a wrong key password and damage apart', async () => {
    const octets = octetsOf(path('a.jks'));
    const codes = async (
      given: Uint8Array,
      password: string,
      keyPassword: string,
    ): Promise<readonly (readonly [string, string | null])[]> =>
      (await readOctets(given, { password, keyPassword })).problems.map(
        (problem) => [problem.code, problem.alias] as const,
      );
    expect(await codes(octets, 'storepass', 'wrong')).toEqual([['key-password-wrong', 'rsa']]);
    expect(await codes(octets, 'wrong', 'keypass1')).toEqual([['key-password-wrong', null]]);
    expect(await codes(octets.subarray(0, octets.length - 100), 'storepass', 'keypass1')).toContainEqual([
      'key-file-damaged',
      null,
    ]);
  });
});
