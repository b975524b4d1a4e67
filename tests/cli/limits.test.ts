/** `--limit` of `wss verify` and the member `limits` of a job (docs/command.md). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, HARD_LIMITS, MIB } from '../../src/engine/bytes/budget.ts';
import { EMPTY_JOB, prepareJob, runJob } from '../../src/cli/job.ts';
import { limitsOf, parseLimit } from '../../src/cli/limits.ts';
import { parseJob } from '../../src/cli/batch-job.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wss-limits-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const judged = async (octets: number, limits: Record<string, number>) => {
  const file = join(folder, `of-${octets}.xml`);
  writeFileSync(file, `<a>${'x'.repeat(octets - 7)}</a>`);
  const { trace } = await runJob({ ...EMPTY_JOB, file, limits, diagnosis: false }, folder);
  return trace;
};

describe('--limit', () => {
  it('reads a name and a number', () => {
    expect(parseLimit('octets=200000000')).toEqual(['octets', 200_000_000]);
    for (const text of ['octets', 'octets=', 'octets=-1', 'octets=1e9', 'octets=1=2', 'octets=0x10']) {
      expect(() => parseLimit(text), text).toThrow(/write NAME=N/);
    }
  });
  it('raises with the octets of the input what they are made into, and lowers the input alone', () => {
    expect(limitsOf({ octets: 200 * MIB })).toEqual({
      ...DEFAULT_LIMITS,
      inputOctets: 200 * MIB,
      plaintextOctets: 200 * MIB,
      derivedOctets: 800 * MIB,
    });
    expect(limitsOf({ octets: 1000 })).toEqual({ ...DEFAULT_LIMITS, inputOctets: 1000 });
    expect(limitsOf({ octets: HARD_LIMITS.inputOctets }).derivedOctets).toBe(HARD_LIMITS.derivedOctets);
  });
  it('gives a bound that is named the last word', () => {
    expect(limitsOf({ derivedOctets: 10, octets: 200 * MIB }).derivedOctets).toBe(10);
  });
  it('refuses a bound that is unknown or more than may be asked for', () => {
    expect(() => limitsOf({ depth: 3 })).toThrow(/no such bound/);
    expect(() => limitsOf({ constructor: 3 })).toThrow(/no such bound/);
    expect(() => limitsOf({ octets: HARD_LIMITS.inputOctets + 1 })).toThrow(/at most 1073741824/);
    expect(() => limitsOf({ signatures: 65 })).toThrow(/at most 64/);
  });
  it('ends a run at the bound that was asked for, and not below it', async () => {
    const over = await judged(1001, { octets: 1000 });
    expect(over.verdict.headline).toBe('limit');
    expect(over.findings[0]).toMatchObject({ code: 'limit', data: { bound: 'inputOctets', limit: 1000 } });
    expect((await judged(1000, { octets: 1000 })).verdict.headline).toBe('unsecured');
  });
  it('judges an input past the default bound where that is asked for', async () => {
    expect((await judged(DEFAULT_LIMITS.inputOctets + 1, {})).verdict.headline).toBe('limit');
    expect((await judged(DEFAULT_LIMITS.inputOctets + 1, { octets: 65 * MIB })).verdict.headline).toBe('unsecured');
  });
  it('is a member of a job, held to its kind', async () => {
    expect(parseJob('{"file": "m.xml", "limits": {"octets": 5}}')).toMatchObject({ job: { limits: { octets: 5 } } });
    for (const limits of ['[1]', '{"octets": "5"}', '{"octets": -5}', '{"octets": 1.5}', '7']) {
      expect(parseJob(`{"file": "m.xml", "limits": ${limits}}`), limits).toMatchObject({
        failed: '"limits" must be an object of whole numbers by bound',
      });
    }
    await expect(prepareJob({ ...EMPTY_JOB, file: 'none.xml', limits: { x: 1 } }, folder)).rejects.toThrow(
      /no such bound/,
    );
  });
});
