/** What people reported of their messages, rebuilt small: the headline and the finding that leads are the true ones. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { reportOfLine } from '../../src/cli/batch-job.ts';
import { createReceiver } from '../../src/cli/receiver.ts';

interface Reported {
  readonly file: string;
  readonly symptom: string;
  /** One of them leads; none: nothing is wrong with the message. */
  readonly codes: readonly string[];
  readonly headlines: readonly string[];
  readonly keys?: readonly string[];
  readonly trust?: readonly string[];
  readonly users?: readonly string[];
  readonly at?: string;
}

const FOLDER = fileURLToPath(new URL('../fixtures/reports/', import.meta.url));
const cases = JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')) as readonly Reported[];
const receiver = createReceiver();

test.each(cases)('$file: $symptom', async ({ file, codes, headlines, keys = [], trust = [], users = [], at }) => {
  const given = (name: string) => join('keys', name);
  const job = { id: file, file, keys: keys.map(given), trust: trust.map(given), users, ...(at ? { at } : {}) };
  const report = await reportOfLine(JSON.stringify(job), FOLDER, receiver);
  if ('error' in report) throw new Error(report.error);
  expect(headlines).toContain(report.headline);
  const [first, second] = report.findings;
  if (codes.length === 0) {
    expect(report.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    return;
  }
  const equal = second?.severity === first?.severity && second?.confidence === first?.confidence;
  const leading = [first?.code, ...(equal ? [second?.code] : [])];
  expect(
    leading.some((code) => code !== undefined && codes.includes(code)),
    leading.join(', '),
  ).toBe(true);
});
