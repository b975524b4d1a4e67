/** Messages of live stacks, and faulty twins of them, are judged as their makers and the stacks say. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { peerCases } from './corpora.mjs';
import { judgeCase } from './judging.ts';

const cases = peerCases(fileURLToPath(new URL('../fixtures/messages/', import.meta.url)));

describe('messages of live stacks', () => {
  it('are here', () => {
    expect(cases.length).toBeGreaterThan(80);
  });

  for (const one of cases) {
    it(`${one.id} (${one.source}) ${one.kind} ${one.what}`, async () => {
      const report = await judgeCase(one);
      expect(report).not.toHaveProperty('error');
      expect(one.right(report), JSON.stringify(report, null, 1).slice(0, 3000)).not.toBe(false);
      for (const finding of report.headline === null ? [] : report.findings) {
        expect(finding.message, finding.code).not.toBe(finding.code);
        // One stack's message holds the prefix `undefined` itself.
        if (finding.code !== 'not-wellformed-xml') {
          expect(finding.message, finding.code).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object /);
        }
      }
      if (one.mustNotBeValid) expect(report.headline).not.toBe('valid');
    });
  }
});
