/** The headline table of docs/command.md, row by row: each row is the first that holds. */
import { describe, expect, it } from 'vitest';
import type { Axes } from '../../../src/engine/trace/trace.ts';
import { judgeHeadline, type HeadlineFacts } from '../../../src/engine/verdict/headline.ts';

const good: Axes = {
  structure: 'pass',
  signature: 'pass',
  decryption: 'absent',
  coverage: 'full',
  authentication: 'absent',
  trust: 'pass',
  freshness: 'pass',
  policy: 'absent',
};
const facts: HeadlineFacts = {
  malformed: false,
  limit: false,
  refused: false,
  wrapped: false,
  unsupported: false,
  unsecured: false,
  weak: false,
  referencesProcessed: 2,
};

const rows: readonly [string, Partial<Axes>, Partial<HeadlineFacts>][] = [
  ['malformed', { structure: 'fail' }, { malformed: true }],
  ['limit', {}, { limit: true }],
  ['refused', {}, { refused: true }],
  ['invalid', { signature: 'fail' }, {}],
  ['invalid', { decryption: 'fail' }, {}],
  ['invalid', { authentication: 'fail' }, {}],
  ['wrapped', { coverage: 'partial' }, { wrapped: true }],
  ['unsupported', { signature: 'unknown' }, { unsupported: true }],
  ['incomplete', { signature: 'unknown' }, {}],
  ['incomplete', { decryption: 'unknown' }, {}],
  ['incomplete', { authentication: 'unknown' }, {}],
  [
    'unsecured',
    { signature: 'absent', coverage: 'none', trust: 'absent' },
    { unsecured: true, referencesProcessed: 0 },
  ],
  ['valid-stale', { freshness: 'fail' }, {}],
  ['valid-partial', { coverage: 'partial' }, {}],
  ['valid-partial', { coverage: 'none' }, {}],
  ['valid-partial', {}, { referencesProcessed: 0 }],
  ['valid-untrusted', { trust: 'fail' }, {}],
  ['valid-untrusted', { trust: 'unknown' }, {}],
  ['valid-weak', {}, { weak: true }],
  ['valid-weak', { policy: 'fail' }, {}],
  ['valid-weak', {}, { erring: true }],
  ['valid', {}, {}],
];

describe('the headline', () => {
  for (const [headline, axes, more] of rows) {
    it(`is ${headline} for ${JSON.stringify({ ...axes, ...more })}`, () => {
      expect(judgeHeadline({ ...good, ...axes }, { ...facts, ...more }).headline).toBe(headline);
    });
  }

  it('names the other rows that hold, in order', () => {
    const verdict = judgeHeadline(
      { ...good, signature: 'fail', freshness: 'fail', trust: 'unknown' },
      { ...facts, weak: true },
    );
    expect(verdict).toEqual({ headline: 'invalid', also: ['valid-stale', 'valid-untrusted', 'valid-weak'] });
  });

  it('does not call a message weak for an error that another headline tells', () => {
    expect(judgeHeadline({ ...good, decryption: 'unknown' }, { ...facts, erring: true })).toEqual({
      headline: 'incomplete',
      also: [],
    });
  });

  it('never calls a run without a processed reference valid', () => {
    expect(judgeHeadline(good, { ...facts, referencesProcessed: 0 }).headline).not.toBe('valid');
  });
});
