/** Keys that openssl writes, in every dress: private and public parts equal openssl's own PKCS#8 and SPKI. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasTool, run, scratchFolder } from '../oracles.ts';
import { hex, octetsOf, readPath } from './key-file-tools.ts';

const KEYS: readonly (readonly [string, readonly string[]])[] = [
  ['rsa', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:1024']],
  ['p256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ['p521', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521']],
  ['bp384', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP384r1']],
  ['k256', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1']],
  ['ed25519', ['-algorithm', 'ED25519']],
  ['ed448', ['-algorithm', 'ED448']],
  ['x25519', ['-algorithm', 'X25519']],
  ['x448', ['-algorithm', 'X448']],
];
const ENCRYPTIONS: readonly (readonly string[])[] = [
  ['-v2', 'aes-128-cbc'],
  ['-v2', 'aes-192-cbc'],
  ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA1'],
  ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA512'],
  ['-v2', 'des3'],
  ['-scrypt'],
  ['-v1', 'PBE-SHA1-3DES'],
];
const LEGACY_ENCRYPTIONS: readonly (readonly string[])[] = [
  ['-v2', 'des'],
  ['-v2', 'rc2'],
  ['-v1', 'PBE-MD5-DES'],
  ['-v1', 'PBE-SHA1-DES'],
  ['-v1', 'PBE-MD5-RC2-64'],
  ['-v1', 'PBE-SHA1-RC2-64'],
  ['-v1', 'PBE-SHA1-RC2-40'],
  ['-v1', 'PBE-SHA1-RC2-128'],
  ['-v1', 'PBE-SHA1-2DES'],
];
const PASSWORD = 'Zażółć-s3cret';

describe.skipIf(!hasTool('openssl'))('keys made by openssl', () => {
  let folder = '';
  beforeAll(() => {
    folder = scratchFolder();
    for (const [name, args] of KEYS) {
      run(folder, 'openssl', 'genpkey', ...args, '-out', `${name}.pem`);
      run(
        folder,
        'openssl',
        'pkcs8',
        '-topk8',
        '-nocrypt',
        '-in',
        `${name}.pem`,
        '-outform',
        'DER',
        '-out',
        `${name}.der`,
      );
      run(folder, 'openssl', 'pkey', '-in', `${name}.pem`, '-pubout', '-outform', 'DER', '-out', `${name}.pub.der`);
    }
  });
  const path = (name: string): string => join(folder, name);

  it.each(KEYS.map(([name]) => name))('reads %s as PKCS#8, PEM and DER, and derives its public key', async (name) => {
    for (const file of [`${name}.pem`, `${name}.der`]) {
      const { entries, problems } = await readPath(path(file));
      expect(problems).toEqual([]);
      expect(hex(entries[0]?.privateKey?.pkcs8)).toBe(hex(octetsOf(path(`${name}.der`))));
      expect(hex(entries[0]?.publicKey?.spki)).toBe(hex(octetsOf(path(`${name}.pub.der`))));
    }
    const { entries, format } = await readPath(path(`${name}.pub.der`));
    expect(format).toBe('SubjectPublicKeyInfo');
    expect(entries[0]?.privateKey).toBeNull();
    expect(hex(entries[0]?.publicKey?.spki)).toBe(hex(octetsOf(path(`${name}.pub.der`))));
  });

  it.each(['p256', 'p521', 'bp384', 'k256'])('derives the point of %s where the file leaves it out', async (name) => {
    run(folder, 'openssl', 'ec', '-in', `${name}.pem`, '-no_public', '-outform', 'DER', '-out', `${name}.nopub.der`);
    const { entries, problems } = await readPath(path(`${name}.nopub.der`));
    expect(problems).toEqual([]);
    expect(hex(entries[0]?.publicKey?.spki)).toBe(hex(octetsOf(path(`${name}.pub.der`))));
  });

  it.each(['rsa', 'p256'])('reads the traditional form of %s and its encryption by openssl', async (name) => {
    const ciphers = ['', '-aes128', '-aes192', '-aes256', '-des3'];
    for (const cipher of ciphers) {
      const args = cipher === '' ? [] : [cipher, '-passout', 'pass:secret'];
      run(folder, 'openssl', 'pkey', '-in', `${name}.pem`, '-traditional', ...args, '-out', 'traditional.pem');
      const { entries, problems } = await readPath(path('traditional.pem'), { password: 'secret' });
      expect(problems, cipher).toEqual([]);
      expect(hex(entries[0]?.publicKey?.spki)).toBe(hex(octetsOf(path(`${name}.pub.der`))));
      if (cipher === '') continue;
      expect((await readPath(path('traditional.pem'))).problems[0]?.code).toBe('key-password-needed');
      expect((await readPath(path('traditional.pem'), { password: 'wrong' })).problems[0]?.code).toBe(
        'key-password-wrong',
      );
    }
  });

  it.each([
    ...ENCRYPTIONS.map((args) => [args.join(' '), args, false] as const),
    ...LEGACY_ENCRYPTIONS.map((args) => [args.join(' '), args, true] as const),
  ])('opens encrypted PKCS#8 %s', async (_, args, legacy) => {
    const providers = legacy ? ['-provider', 'default', '-provider', 'legacy'] : [];
    const password = legacy ? 'secret' : PASSWORD;
    try {
      run(
        folder,
        'openssl',
        'pkcs8',
        '-topk8',
        '-in',
        'p256.pem',
        ...args,
        ...providers,
        '-passout',
        `pass:${password}`,
        '-out',
        'encrypted.pem',
      );
    } catch {
      console.log(`skipped: this openssl does not write ${args.join(' ')}`);
      return;
    }
    const { entries, problems } = await readPath(path('encrypted.pem'), { password });
    expect(problems).toEqual([]);
    expect(hex(entries[0]?.privateKey?.pkcs8)).toBe(hex(octetsOf(path('p256.der'))));
    expect((await readPath(path('encrypted.pem'))).problems[0]?.code).toBe('key-password-needed');
    const wrong = await readPath(path('encrypted.pem'), { password: 'wrong' });
    expect(wrong.problems[0]?.code).toBe('key-password-wrong');
    expect(wrong.entries).toEqual([]);
  });

  it('reads DSA keys with their public part', async () => {
    run(
      folder,
      'openssl',
      'genpkey',
      '-genparam',
      '-algorithm',
      'DSA',
      '-pkeyopt',
      'dsa_paramgen_bits:1024',
      '-out',
      'dsa.params',
    );
    run(folder, 'openssl', 'genpkey', '-paramfile', 'dsa.params', '-out', 'dsa.pem');
    run(folder, 'openssl', 'pkey', '-in', 'dsa.pem', '-pubout', '-outform', 'DER', '-out', 'dsa.pub.der');
    run(folder, 'openssl', 'pkey', '-in', 'dsa.pem', '-traditional', '-out', 'dsa.traditional.pem');
    for (const file of ['dsa.pem', 'dsa.traditional.pem']) {
      const { entries } = await readPath(path(file));
      expect(hex(entries[0]?.publicKey?.spki)).toBe(hex(octetsOf(path('dsa.pub.der'))));
    }
  });
});
