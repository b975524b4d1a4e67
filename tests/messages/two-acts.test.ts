/**
 * Explaining changes no verdict: over both corpora the headline, the axes and every step's id, kind and status are the
 * same before and after. Beside the shared folder only: the messages are not in the repository.
 */
import { describe, expect, it } from 'vitest';
import { parseJob } from '../../src/cli/batch-job.ts';
import { prepareJob } from '../../src/cli/job.ts';
import { nodeCrypto } from '../../src/cli/node-crypto.ts';
import { nodeDecryption } from '../../src/cli/node-decryption.ts';
import { explain, withExplanation } from '../../src/engine/diagnosis/explain.ts';
import { judge } from '../../src/engine/index.ts';
import type { Trace } from '../../src/engine/trace/trace.ts';
import { peerCases, projectCases, sharedExists, type CorpusCase } from './corpora.mjs';
import { decryptionCases } from './decryption-cases.mjs';

const AT_ONCE = 50;

const verdictOf = ({ verdict, steps }: Trace) => ({
  headline: verdict.headline,
  also: verdict.also,
  axes: verdict.axes,
  steps: steps.map(({ id, kind, status }) => `${id} ${kind} ${status}`),
});

/** @returns findings that explaining added */
async function compare(one: CorpusCase): Promise<number> {
  const parsed = parseJob(JSON.stringify(one.job));
  if ('failed' in parsed) throw new Error(`${one.id}: ${parsed.failed}`);
  const request = await prepareJob(parsed.job, '/');
  const ports = { crypto: nodeCrypto(), decryption: nodeDecryption() };
  const judged = await judge(request, ports);
  const before = verdictOf(judged.trace);
  const explained = await explain(judged, ports);
  const { steps, ...after } = verdictOf(withExplanation(judged.trace, explained));
  expect({ id: one.id, ...after, steps: steps.slice(0, before.steps.length) }).toEqual({ id: one.id, ...before });
  expect(judged.trace.verdict, one.id).toMatchObject({ headline: before.headline, axes: before.axes });
  for (const added of explained.steps) expect(added.kind, one.id).toBe('diagnosis');
  expect(steps).toHaveLength(before.steps.length + explained.steps.length);
  const known = new Set(judged.trace.findings.map((finding) => finding.id));
  return explained.findings.filter((finding) => !known.has(finding.id)).length;
}

const corpora: readonly (readonly [string, () => readonly CorpusCase[]])[] = [
  ['peer-corpus', () => peerCases()],
  ['corpus', () => [...projectCases(), ...decryptionCases()]],
];

for (const [name, cases] of corpora) {
  const there = sharedExists(name);
  describe.skipIf(!there)(`explaining ${name} (skipped where ../shared/${name} is not there)`, () => {
    const all = there ? cases() : [];
    let added = 0;
    for (let from = 0; from < all.length; from += AT_ONCE) {
      it(`leaves every verdict as it is, from message ${from} on`, async () => {
        for (const one of all.slice(from, from + AT_ONCE)) added += await compare(one);
      }, 120_000);
    }
    it('finds something', () => expect(added).toBeGreaterThan(0));
  });
}
