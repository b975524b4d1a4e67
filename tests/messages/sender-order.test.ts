/**
 * In which order a sender signed and encrypted is told from the message; the peer corpus knows it, since it told the
 * stacks (SMS §9.4).
 */
import { expect, test } from 'vitest';
import { parseJob } from '../../src/cli/batch-job.ts';
import { runJob } from '../../src/cli/job.ts';
import { peerCases, sharedExists } from './corpora.mjs';

interface SecureStep {
  readonly do: string;
  readonly parts?: readonly (string | readonly string[])[];
}

/** What the stack was told, where it was told to sign the Body once and to encrypt in it once; null otherwise. */
function told(steps: readonly SecureStep[]): 'sign-then-encrypt' | 'encrypt-then-sign' | null {
  const body = (name: string) =>
    steps.flatMap((step, index) =>
      step.do === name && step.parts?.some((part) => (typeof part === 'string' ? part : part[0]) === 'Body') === true
        ? [index]
        : [],
    );
  const [signed, ...moreSigned] = body('sign');
  const [encrypted, ...moreEncrypted] = body('encrypt');
  if (signed === undefined || encrypted === undefined || moreSigned.length + moreEncrypted.length > 0) return null;
  return signed < encrypted ? 'sign-then-encrypt' : 'encrypt-then-sign';
}

test.skipIf(!sharedExists('peer-corpus'))(
  'the order that the stacks were told is the order found (skipped where ../shared/peer-corpus is not there)',
  async () => {
    const wrong: string[] = [];
    const seen = { 'sign-then-encrypt': 0, 'encrypt-then-sign': 0 };
    for (const one of peerCases()) {
      const { fault, config } = one.entry as unknown as { fault: unknown; config: { steps?: readonly SecureStep[] } };
      const expected = fault === null ? told(config.steps ?? []) : null;
      if (expected === null) continue;
      const parsed = parseJob(JSON.stringify(one.job));
      if ('failed' in parsed) throw new Error(parsed.failed);
      const { trace } = await runJob(parsed.job, process.cwd());
      if (!trace.verdict.headline.startsWith('valid')) continue;
      const orders = trace.steps.flatMap((step) =>
        step.kind === 'decrypt' && typeof step.data['order'] === 'string' ? [step.data['order']] : [],
      );
      seen[expected] += 1;
      if (!orders.includes(expected)) wrong.push(`${one.id} ${expected} ${orders.join(',')}`);
    }
    console.log(JSON.stringify(seen));
    expect(wrong).toEqual([]);
    expect(seen['sign-then-encrypt']).toBeGreaterThan(10);
    expect(seen['encrypt-then-sign']).toBeGreaterThan(3);
  },
  120_000,
);
