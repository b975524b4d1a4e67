/** Attacks that were once called valid (../shared/reports/attacks): each has a headline that is right for it. */
import { describe, expect, it } from 'vitest';
import { reportOfLine } from '../../../src/cli/batch-job.ts';
import { createReceiver } from '../../../src/cli/receiver.ts';
import { attacks, reportsExist } from '../reports.mjs';

const cases = reportsExist() ? attacks().filter((one) => one.limits === null) : [];

const receiver = createReceiver();

describe.skipIf(cases.length === 0)('attacks of the field (skipped where ../shared/reports is absent)', () => {
  it.each(cases)('$id', async ({ job, wrong }) => {
    expect(wrong(await reportOfLine(JSON.stringify(job), process.cwd(), receiver))).toBeNull();
  });
});
