/**
 * Seeded damage to messages of live stacks through the whole engine: nothing is thrown, a run ends in bounded time and
 * is the same twice, every finding has words, every range lies in its space, and no secret gets into the trace.
 */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { prepareJob, EMPTY_JOB } from '../../../src/cli/job.ts';
import { findingWords } from '../../../src/content/findings/index.ts';
import { judge } from '../../../src/engine/index.ts';
import type { JudgeRequest, Run } from '../../../src/engine/message/request.ts';
import { mutate } from '../../building/mutations.ts';
import { random } from '../../building/random.ts';
import { peerCases } from '../corpora.mjs';

const BASES = 40;
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1_200);
/** Milliseconds for one damaged message of a few kilobytes, on a machine that does other work as well. */
const LONGEST = 5_000;
const PASSWORDS = ['s3cret', 'Zażółć-κλειδί'];

interface Base {
  readonly id: string;
  readonly request: JudgeRequest;
  readonly secrets: readonly string[];
}

const bases: Base[] = [];

beforeAll(async () => {
  const all = peerCases(fileURLToPath(new URL('../../fixtures/messages/', import.meta.url)));
  const step = Math.max(1, Math.floor(all.length / BASES));
  for (let index = 0; index < all.length && bases.length < BASES; index += step) {
    const one = all[index]!;
    const request = await prepareJob({ ...EMPTY_JOB, ...one.job, diagnosis: false }, process.cwd());
    const octets = request.keys.flatMap((entry) => (entry.secret === null ? [] : [Buffer.from(entry.secret)]));
    bases.push({
      id: one.id,
      request,
      secrets: [...PASSWORDS, ...octets.flatMap((secret) => [secret.toString('base64'), secret.toString('hex')])],
    });
  }
});

function defects(run: Run, octets: Uint8Array, secrets: readonly string[]): string[] {
  const { trace } = run;
  const wrong: string[] = [];
  const sizes = new Map(trace.spaces.map((space) => [space.id, space.size]));
  for (const finding of trace.findings) {
    if (findingWords(finding.code) === null) wrong.push(`no words for ${finding.code}`);
    else {
      const words = findingWords(finding.code)!;
      const said = words.title(finding.data) + words.message(finding.data);
      if (/undefined|\[object|NaN/.test(said) && !/NaN|undefined/.test(JSON.stringify(finding.data))) {
        wrong.push(`${finding.code} says: ${said}`);
      }
    }
    for (const range of finding.ranges) {
      if (!(range.start >= 0 && range.start <= range.end && range.end <= (sizes.get(range.space) ?? -1))) {
        wrong.push(`${finding.code} range ${range.space} ${range.start}-${range.end} of ${sizes.get(range.space)}`);
      }
    }
  }
  const steps = new Set<string>();
  for (const step of trace.steps) {
    if (step.parent !== null && !steps.has(step.parent)) wrong.push(`${step.id} before its parent`);
    steps.add(step.id);
    if (step.range !== null && !(step.range.start >= 0 && step.range.end <= (sizes.get(step.range.space) ?? -1))) {
      wrong.push(`${step.kind} range ${JSON.stringify(step.range)}`);
    }
  }
  const { headline, axes } = trace.verdict;
  if (headline === 'valid') {
    if (axes.coverage !== 'full') wrong.push('valid without full coverage');
    if (
      !trace.signatures.some(
        (signature) =>
          signature.value === 'pass' && signature.references.some((reference) => reference.digest === 'pass'),
      )
    ) {
      wrong.push('valid without a reference');
    }
    if (axes.structure !== 'pass' || axes.signature !== 'pass' || axes.trust !== 'pass') {
      wrong.push('valid against its axes');
    }
  }
  const json = JSON.stringify(trace);
  const input = Buffer.from(octets).toString('utf8');
  for (const secret of secrets) {
    if (!input.includes(secret) && json.includes(secret)) wrong.push(`a secret in the trace`);
  }
  return wrong;
}

describe('damaged messages', () => {
  it(`${RUNS} of them are judged`, async () => {
    const crypto = nodeCrypto();
    const wrong: string[] = [];
    let slowest = 0;
    for (let run = 0; run < RUNS; run++) {
      const source = random(`attack ${run}`);
      const base = bases[run % bases.length]!;
      const { octets, how } = mutate(base.request.octets, source);
      const name = `${base.id} run ${run}: ${how}`;
      const start = performance.now();
      try {
        const judged = await judge({ ...base.request, octets }, { crypto });
        const took = performance.now() - start;
        slowest = Math.max(slowest, took);
        if (took > LONGEST) wrong.push(`${name}: ${took.toFixed(0)} ms`);
        for (const defect of defects(judged, octets, base.secrets)) wrong.push(`${name}: ${defect}`);
        if (run % 10 === 0) {
          const again = await judge({ ...base.request, octets }, { crypto });
          if (JSON.stringify(again.trace) !== JSON.stringify(judged.trace)) {
            wrong.push(`${name}: another trace the second time`);
          }
        }
      } catch (error) {
        wrong.push(`${name}: threw ${error instanceof Error ? error.stack?.slice(0, 500) : String(error)}`);
      }
    }
    expect(wrong.slice(0, 12), `${wrong.length} defects`).toEqual([]);
    expect(slowest).toBeLessThan(LONGEST);
  }, 300_000);
});
