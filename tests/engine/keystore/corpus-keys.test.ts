/** Every key file that the shared corpora name opens with the manifest's passwords, and holds the aliases it says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasShared, hasTool, run, SHARED } from '../oracles.ts';
import { hex, octetsOf, readPath } from './key-file-tools.ts';

interface ManifestKey {
  readonly file: string;
  readonly type: string;
  readonly alias?: string | null;
  readonly password?: string | null;
  readonly key_password?: string | null;
}

/** Files that hold more than the manifest asks of them. */
const EXPECTED_PROBLEMS: Readonly<Record<string, string>> = {
  'akami/spec/fixtures/akami/wsse/signature/cert.pem':
    'key-password-needed: an encrypted private key stands beside the certificate',
  'akami/spec/fixtures/akami/wsse/signature/cert2.pem':
    'key-password-needed: an encrypted private key stands beside the certificate',
};

describe.skipIf(!hasShared('corpus/manifest.json'))('key files of ../shared/corpus', () => {
  const manifest = hasShared('corpus/manifest.json')
    ? (JSON.parse(readFileSync(join(SHARED, 'corpus/manifest.json'), 'utf8')) as readonly {
        readonly keys?: readonly ManifestKey[];
      }[])
    : [];
  const distinct = new Map<string, ManifestKey>();
  for (const { keys } of manifest) {
    for (const key of keys ?? []) {
      distinct.set(JSON.stringify([key.file, key.alias, key.password, key.key_password]), key);
    }
  }

  it('opens all of them', async () => {
    const closed: string[] = [];
    let opened = 0;
    for (const key of distinct.values()) {
      const name = `${key.file} ${key.alias ?? ''}`.trim();
      const { entries, problems } = await readPath(join(SHARED, 'corpus', key.file), {
        password: key.password ?? null,
        keyPassword: key.key_password ?? null,
        secret: key.type === 'raw-secret',
      });
      // PKCS#12 without friendly names: the manifest numbers them.
      const alias = /^\d*$/.test(key.alias ?? '') ? null : (key.alias?.toLowerCase() ?? null);
      const entry =
        alias === null
          ? entries.find((candidate) => candidate.privateKey !== null || typeof key.key_password !== 'string')
          : entries.find((candidate) => candidate.alias?.toLowerCase() === alias);
      const wantsKey = typeof key.key_password === 'string' || key.type.endsWith('private');
      const isOpen = entry !== undefined && (!wantsKey || entry.privateKey !== null || entry.secret !== null);
      const unexpected = problems.filter(
        (problem) =>
          (problem.alias === null || problem.alias.toLowerCase() === alias) &&
          EXPECTED_PROBLEMS[key.file] === undefined,
      );
      if (isOpen && unexpected.length === 0) opened++;
      else closed.push(name);
    }
    console.log(`key files of the corpus: ${opened} of ${distinct.size} entries open`);
    expect(closed).toEqual([]);
    expect(opened).toBeGreaterThan(300);
  });
});

describe.skipIf(!hasShared('peer-corpus/keys'))('key files of ../shared/peer-corpus', () => {
  const folder = join(SHARED, 'peer-corpus/keys');
  const files = hasShared('peer-corpus/keys')
    ? readdirSync(folder).filter((file) => !/\.(txt|hex|bin)$/.test(file))
    : [];

  it('opens all of them', async () => {
    for (const file of files) {
      const { entries, crls, problems } = await readPath(join(folder, file), { password: 'changeit' });
      expect(problems, file).toEqual([]);
      expect(entries.length + crls.length, file).toBeGreaterThan(0);
    }
    expect(files.length).toBeGreaterThan(100);
  });

  it.skipIf(!hasTool('openssl'))('reads the same private key from every form of it', async () => {
    const forms = [
      'pkcs8.pem',
      'pkcs8.der',
      'pkcs8.enc.pem',
      'pkcs8.enc.der',
      'pkcs1.pem',
      'pkcs1.enc.pem',
      'key.pem',
      'p12',
      'legacy.p12',
      'jks',
    ];
    const stems = files
      .filter((file) => file.endsWith('.pkcs8.der'))
      .map((file) => file.slice(0, -'.pkcs8.der'.length));
    for (const stem of stems) {
      const expected = hex(run(folder, 'openssl', 'pkey', '-in', `${stem}.pkcs8.pem`, '-pubout', '-outform', 'DER'));
      for (const form of forms) {
        if (!files.includes(`${stem}.${form}`)) continue;
        const { entries } = await readPath(join(folder, `${stem}.${form}`), { password: 'changeit' });
        const keys = entries.filter((entry) => entry.privateKey !== null);
        expect(
          keys.map((entry) => hex(entry.publicKey?.spki)),
          `${stem}.${form}`,
        ).toEqual([expected]);
        // p12 and jks bring the certificate along.
        if (/12|jks/.test(form)) {
          expect(hex(keys[0]?.certificates[0]?.der)).toBe(hex(octetsOf(join(folder, `${stem}.crt.der`))));
        }
      }
    }
    expect(stems.length).toBeGreaterThan(15);
  });
});
