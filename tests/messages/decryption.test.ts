/** Every encrypted case of the shared corpora opens with the right octets; those that must be refused are. */
import { expect, it } from 'vitest';
import { sharedExists } from './corpora.mjs';
import { decryptionCases } from './decryption-cases.mjs';
import { corpusReport } from './corpus-report.ts';

if (sharedExists('corpus')) {
  it('encrypted documents of other projects', () => {
    const closed: string[] = [];
    let withOctets = 0;
    let decrypts = 0;
    for (const one of decryptionCases()) {
      const report = corpusReport(one);
      const fine = one.right(report);
      if (one.mustNotBeValid) {
        expect(fine, one.id).toBe(true);
        continue;
      }
      decrypts++;
      if (fine === true) withOctets++;
      if (report.headline === null || (report.axes.decryption !== 'pass' && report.headline !== 'refused')) {
        closed.push(one.id);
      }
    }
    expect(closed).toEqual([]);
    // The other eight files are whole documents that a serialiser wrote; `npm run corpus` compares those by content.
    expect(withOctets / decrypts).toBeGreaterThan(0.93);
  });
} else {
  it.skip('encrypted documents of other projects: skipped, ../shared/corpus is not there', () => {});
}
