/** Every report over the messages of live stacks follows the schema of docs/command.md. */
import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { peerCases } from '../messages/corpora.mjs';
import { judgeCase } from '../messages/judging.ts';
import { MESSAGES } from './command.ts';
import { orderProblems, schemaProblems } from './report-schema.ts';

const cases = peerCases(`${MESSAGES}/`);

describe('the JSON report', () => {
  it.each(cases.map((one) => [one.id, one] as const))('%s', async (id, one) => {
    const size = statSync(one.job.file).size;
    // What is read is what a program reads: the text.
    const report = JSON.parse(JSON.stringify(await judgeCase(one)));
    expect(schemaProblems(report, size)).toEqual([]);
    expect(orderProblems(report)).toEqual([]);
    expect(report.id).toBe(id);
  });

  it('is refused by this validator where a member is missing or says another word', () => {
    const report = {
      schema: 1,
      id: null,
      headline: 'fine',
      axes: {},
      signatures: [{ id: null }],
      encrypted: [],
      tokens: [],
      findings: [
        {
          code: 'x',
          severity: 'error',
          confidence: 'certain',
          message: 'm',
          ranges: [{ space: 'input', start: 5, end: 11 }],
        },
      ],
    };
    const problems = schemaProblems(report, 10).join('\n');
    for (const expected of [
      'report.headline: one of',
      'report.axes.trust: missing',
      'report.signatures[0].references: missing',
      'report.findings[0].ranges[0]: octets within 10',
    ]) {
      expect(problems).toContain(expected);
    }
  });
});
