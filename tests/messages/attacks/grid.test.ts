/**
 * Every attack that one message can show (src/engine/attack) on good messages of live stacks: no outcome but the
 * headlines that the attack declares. A few committed messages always; a hundred of ../shared in the long run.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { EMPTY_JOB, prepareJob } from '../../../src/cli/job.ts';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { ATTACK_NAMES, attackMessage, type AttackName } from '../../../src/engine/attack/attacks.ts';
import { judge } from '../../../src/engine/index.ts';
import type { JudgeRequest } from '../../../src/engine/message/request.ts';
import { spliceOctets } from '../../../src/engine/splice/octet-splice.ts';
import { peerCases, sharedExists, stackCases, type CorpusCase } from '../corpora.mjs';

const ports = { crypto: nodeCrypto() };
const COMMITTED = fileURLToPath(new URL('../../fixtures/messages/', import.meta.url));

interface Base {
  readonly id: string;
  readonly request: JudgeRequest;
}

/** Messages that are called valid and whose Body is signed, spread over the cases. */
async function goodMessages(cases: readonly CorpusCase[], count: number): Promise<readonly Base[]> {
  const good = cases.filter(({ kind }) => kind === 'message' || kind.startsWith('good'));
  const bases: Base[] = [];
  // One in so many, then the ones between.
  const stride = Math.max(1, Math.floor(good.length / count));
  for (let round = 0; round < stride && bases.length < count; round++) {
    for (let at = round; at < good.length && bases.length < count; at += stride) {
      const one = good[at];
      if (one === undefined || readFileSync(one.job.file).length > 40_000) continue;
      const request = await prepareJob({ ...EMPTY_JOB, ...one.job, diagnosis: false }, process.cwd());
      const { headline } = (await judge(request, ports)).trace.verdict;
      if (['valid', 'valid-weak', 'valid-untrusted'].includes(headline)) bases.push({ id: one.id, request });
    }
  }
  return bases;
}

interface Tried {
  readonly outside: readonly string[];
  /** How often each attack applied. */
  readonly applied: ReadonlyMap<AttackName, number>;
}

async function tryAll(bases: readonly Base[], seeds: readonly number[]): Promise<Tried> {
  const outside: string[] = [];
  const applied = new Map<AttackName, number>();
  for (const [at, { id, request }] of bases.entries()) {
    for (const name of ATTACK_NAMES) {
      for (const seed of seeds) {
        const attacked = attackMessage(request.octets, name, seed + at);
        if (!attacked.applies) continue;
        applied.set(name, (applied.get(name) ?? 0) + 1);
        const { trace } = await judge({ ...request, octets: attacked.octets }, ports);
        const { headline } = trace.verdict;
        if (attacked.right.includes(headline)) continue;
        const codes = trace.findings.filter(({ severity }) => severity !== 'note').map(({ code }) => code);
        outside.push(`${name} ${seed + at} on ${id}: ${headline} (${codes.join(', ')})`);
      }
    }
  }
  return { outside, applied };
}

describe('attacks on good messages', () => {
  it('come to the headlines that they declare', async () => {
    const bases = await goodMessages(peerCases(COMMITTED), 4);
    expect(bases).toHaveLength(4);
    const { outside, applied } = await tryAll(bases, [0]);
    expect(outside).toEqual([]);
    expect(applied.size).toBeGreaterThan(50);
  });

  it('are pure: one seed makes the same octets, which are the input but for the changes told', async () => {
    const [base] = await goodMessages(peerCases(COMMITTED), 1);
    for (const name of ATTACK_NAMES) {
      const input = base?.request.octets ?? new Uint8Array();
      const [one, two] = [attackMessage(input, name, 7), attackMessage(input, name, 7)];
      expect(one.applies, name).toBe(two.applies);
      if (!one.applies || !two.applies) continue;
      expect(Buffer.compare(one.octets, two.octets), name).toBe(0);
      expect(Buffer.compare(one.octets, input), name).not.toBe(0);
      expect(Buffer.compare(spliceOctets(input, one.changes), one.octets), name).toBe(0);
    }
  });
});

describe.skipIf(process.env['WSS_LONG'] !== '1' || !sharedExists('peer-corpus') || !sharedExists('stacks'))(
  'attacks on a hundred good messages (long run, skipped where ../shared is not there)',
  () => {
    it('come to the headlines that they declare, and nearly all apply to some', async () => {
      const bases = [...(await goodMessages(peerCases(), 50)), ...(await goodMessages(stackCases(), 50))];
      expect(bases.length).toBe(100);
      const { outside, applied } = await tryAll(bases, [0, 1]);
      expect(outside).toEqual([]);
      expect(applied.size).toBeGreaterThan(ATTACK_NAMES.length - 4);
    }, 1_800_000);
  },
);
