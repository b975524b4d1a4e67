/**
 * Over ../shared/stacks: every good message is judged as its receiver did, every twin refused, 95 % of causes named.
 */
import { describe, expect, it } from 'vitest';
import { sharedExists, stackCases } from './corpora.mjs';
import { corpusReport } from './corpus-report.ts';

describe.skipIf(!sharedExists('stacks'))(
  'messages of more stacks (skipped where ../shared/stacks is not there)',
  () => {
    it('are right, good ones and twins alike, and nothing that must not be valid is', () => {
      const wrong = stackCases().filter((one) => one.right(corpusReport(one)) === false);
      const unsound = stackCases().filter((one) => one.mustNotBeValid && corpusReport(one).headline === 'valid');
      expect([...wrong, ...unsound].map((one) => `${one.id} ${one.kind}`)).toEqual([]);
    });

    it('have their cause named, 95 of 100', () => {
      const nameable = stackCases().filter((one) => one.codes.length > 0);
      const unnamed = nameable.filter((one) => {
        const { findings } = corpusReport(one) as { readonly findings?: readonly { readonly code: string }[] };
        return findings?.some((finding) => one.codes.includes(finding.code)) !== true;
      });
      const share = 1 - unnamed.length / nameable.length;
      expect(share, unnamed.map((one) => `${one.id} ${one.what}`).join('\n')).toBeGreaterThanOrEqual(0.95);
    });
  },
);
