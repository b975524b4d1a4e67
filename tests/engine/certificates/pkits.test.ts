/**
 * NIST's path validation suite (PKITS 1.0.1): the certificates named Valid… and Invalid… are judged so, with the
 * exceptions listed.
 * Its data is not ours to carry: point PKITS_DATA at a folder with `certs` and `crls` (PyPI's cryptography-vectors has
 * one).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Certificate } from '../../../src/engine/certificates/certificate.ts';
import { readCertificate } from '../../../src/engine/certificates/read-certificate.ts';
import { SHARED } from '../oracles.ts';
import { certificateOf, validate } from './certificate-tools.ts';

const folder = process.env['PKITS_DATA'] ?? join(SHARED, 'pkits');
const present = existsSync(join(folder, 'certs'));
if (!present) console.log('skipped: no PKITS data; set PKITS_DATA to a folder with certs and crls');

/**
 * What we do not do, by the tests that show it. Each is refused where PKITS accepts, or unproven where PKITS refuses
 * for want of a list.
 */
const NOT_DONE: readonly (readonly [RegExp, string])[] = [
  [/^ValidDSAParameterInheritance/, 'inherited DSA parameters are not had'],
  [/^Valid(IDPwithindirectCRL|cRLIssuer)/, 'indirect lists show no certificate good'],
  [/^ValiddeltaCRL/, 'delta lists are not applied'],
  [/^ValidonlySomeReasons/, 'lists for some reasons are not put together'],
  [/^InvaliddistributionPoint/, 'distribution points are not compared'],
  [/^InvalidSeparateCertificateandCRLKeysTest2/, 'the revocation of a separate key for lists is not asked'],
];

describe.skipIf(!present)('PKITS', () => {
  it('agrees', async () => {
    const read = (file: string): Certificate | null => {
      const result = readCertificate(new Uint8Array(readFileSync(join(folder, 'certs', file))));
      return result.ok ? result.certificate : null;
    };
    const files = readdirSync(join(folder, 'certs'));
    const pool = files.map(read).filter((certificate) => certificate !== null);
    const crls = readdirSync(join(folder, 'crls')).map(
      (file) => new Uint8Array(readFileSync(join(folder, 'crls', file))),
    );
    const anchor = certificateOf(join(folder, 'certs', 'TrustAnchorRootCertificate.crt'));
    const wrong: string[] = [];
    let right = 0;
    let excused = 0;
    for (const file of files.filter((name) => /^(Valid|Invalid).*Test\d+EE\.crt$/.test(name))) {
      const leaf = read(file);
      const expected = file.startsWith('Valid') ? 'pass' : 'fail';
      const status =
        leaf === null
          ? 'fail'
          : (await validate(leaf, [anchor], { pool, crls, at: Date.UTC(2015, 0, 1), revocationRequired: true })).status;
      if (status === expected) right++;
      else if (NOT_DONE.some(([pattern]) => pattern.test(file))) excused++;
      else wrong.push(`${file}: ${status}`);
    }
    console.log(`PKITS: ${right} right, ${excused} not done, ${wrong.length} wrong`);
    expect(wrong).toEqual([]);
    expect(right).toBeGreaterThan(185);
  });
});
