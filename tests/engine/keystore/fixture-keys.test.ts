/**
 * The committed key files: one key and its chain in every kind of file, without any tool at hand (made by
 * tests/fixtures/keystore/make.sh).
 */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { hex, octetsOf, readOctets, readPath } from './key-file-tools.ts';

const folder = resolve(import.meta.dirname, '../../fixtures/keystore');
const path = (file: string): string => resolve(folder, file);
const spki = hex(octetsOf(path('end.spki.der')));

describe('committed key files', () => {
  it.each([
    ['modern.p12', 'PKCS#12', 2],
    ['rc2-40.p12', 'PKCS#12', 2],
    ['scrypt.pk8', 'encrypted PKCS#8', 0],
    ['pbes1-des.pem', 'PEM', 0],
    ['dek-des3.pem', 'PEM', 0],
    ['end.jks', 'JKS', 2],
    ['end.jceks', 'JCEKS', 2],
  ])('opens %s', async (file, format, chain) => {
    const contents = await readPath(path(file), {
      password: 'secret1',
      ...(file.startsWith('end.') ? { keyPassword: 'keypass1' } : {}),
    });
    expect(contents.problems).toEqual([]);
    expect(contents.format).toBe(format);
    const key = contents.entries.find((entry) => entry.privateKey !== null);
    expect(hex(key?.privateKey?.publicKey.spki)).toBe(spki);
    expect(key?.certificates).toHaveLength(chain);
    if (chain > 0) expect(hex(key?.certificates[0]?.publicKey.spki)).toBe(spki);
  });

  it.each([
    ['modern.p12'],
    ['rc2-40.p12'],
    ['scrypt.pk8'],
    ['pbes1-des.pem'],
    ['dek-des3.pem'],
    ['end.jks'],
    ['end.jceks'],
  ])('does not open %s with another password', async (file) => {
    const { entries, problems } = await readPath(path(file), { password: 'secret2' });
    expect(entries.every((entry) => entry.privateKey === null && entry.secret === null)).toBe(true);
    expect(new Set(problems.map((problem) => problem.code))).toEqual(new Set(['key-password-wrong']));
  });

  it('reads the secret key and the trusted certificate of a JCEKS', async () => {
    const { entries } = await readPath(path('end.jceks'), { password: 'secret1', keyPassword: 'keypass1' });
    expect(entries.find((entry) => entry.alias === 'aes')?.secret).toHaveLength(16);
    expect(entries.find((entry) => entry.alias === 'root')?.certificates[0]?.subjectText).toBe(
      'CN=Fixture Root,O=Fixtures,C=NL',
    );
  });

  it.each([
    ['chain.p7b', 'PKCS#7'],
    ['chain.pkipath', 'PKIPath'],
  ])('reads the certificates of %s', async (file, format) => {
    const contents = await readPath(path(file));
    expect(contents.format).toBe(format);
    expect(contents.entries.map((entry) => entry.certificates[0]?.subjectText).toSorted()).toEqual([
      'CN=Fixture End,O=Fixtures,C=NL',
      'CN=Fixture Root,O=Fixtures,C=NL',
    ]);
  });

  it("gives a key file's octets nothing but data: damage anywhere never throws", async () => {
    for (const file of ['modern.p12', 'end.jks', 'chain.p7b', 'chain.pkipath']) {
      const octets = octetsOf(path(file));
      for (let at = 0; at < octets.length; at += 31) {
        const damaged = octets.slice();
        damaged[at] = (damaged[at] ?? 0) ^ 0xff;
        const { entries, problems } = await readOctets(damaged, {
          password: 'secret1',
          keyPassword: 'keypass1',
          budget: new Budget({ ...DEFAULT_LIMITS, iterations: 20_000 }),
        });
        expect(entries.length + problems.length, `${file} at ${at}`).toBeGreaterThan(0);
      }
    }
  });
});
