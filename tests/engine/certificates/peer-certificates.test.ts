/** The certificates of ../shared/peer-corpus: each is trusted, or refused for the reason it was made for. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { printName } from '../../../src/engine/certificates/distinguished-name.ts';
import { hasShared, SHARED } from '../oracles.ts';
import { certificateOf, derOf, validate } from './certificate-tools.ts';

const present = hasShared('peer-corpus/keys');

describe.skipIf(!present)('certificates of ../shared/peer-corpus', () => {
  const folder = join(SHARED, 'peer-corpus/keys');
  const files = present ? readdirSync(folder).filter((file) => file.endsWith('.crt.der')) : [];
  const named = (name: string): ReturnType<typeof certificateOf> => certificateOf(join(folder, `${name}.crt.der`));

  it('are read as Node reads them', () => {
    for (const file of files) {
      const ours = certificateOf(join(folder, file));
      const theirs = new X509Certificate(derOf(join(folder, file)));
      expect(ours.id).toBe(theirs.fingerprint256.replaceAll(':', '').toLowerCase());
      expect(ours.sha1).toBe(theirs.fingerprint.replaceAll(':', '').toLowerCase());
      expect(ours.serial).toBe(BigInt(`0x${theirs.serialNumber}`));
      expect(ours.notBefore).toBe(Date.parse(theirs.validFrom));
      expect(ours.notAfter).toBe(Date.parse(theirs.validTo));
      expect(Buffer.from(ours.publicKey.spki).equals(theirs.publicKey.export({ type: 'spki', format: 'der' }))).toBe(
        true,
      );
      // Node prints one RDN a line, in DER's order.
      expect(printName(ours.subject, 'openssl').split(/(?<!\\),/)).toHaveLength(theirs.subject.split('\n').length);
    }
    expect(files.length).toBeGreaterThan(20);
  });

  it.each([
    ['client-rsa2048', 'pass', []],
    ['client-ec521', 'pass', []],
    ['client-dsa2048', 'pass', []],
    ['client-ed25519', 'pass', []],
    ['chain-rsa2048', 'pass', []],
    ['noski-rsa2048', 'pass', []],
    ['odd-rsa2048', 'pass', []],
    ['ca', 'pass', []],
    ['expired-rsa2048', 'fail', ['cert-expired-or-not-yet']],
    ['future-rsa2048', 'fail', ['cert-expired-or-not-yet']],
    ['revoked-rsa2048', 'fail', ['cert-revoked']],
    ['untrusted-rsa2048', 'fail', ['trust-anchor-missing']],
    ['rogue', 'fail', ['trust-anchor-missing']],
  ] as const)('%s: %s', async (name, status, codes) => {
    const pool = files.map((file) => certificateOf(join(folder, file)));
    const result = await validate(named(name), [named('ca'), named('oddca')], {
      pool,
      crls: [derOf(join(folder, 'ca.crl.der'))],
      at: Date.UTC(2026, 10, 22, 7),
    });
    expect([result.status, result.problems.map((problem) => problem.code)]).toEqual([status, codes]);
  });
});
