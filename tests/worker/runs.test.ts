/** Runs by handle: the newest few, bounded by number and octets; keys of those that go are overwritten. */
import { describe, expect, it } from 'vitest';
import type { Judged } from '../../src/engine/index.ts';
import { keptRun, Runs, type KeptRun } from '../../src/worker/inside/runs.ts';

const MIB = 1024 * 1024;

/** As much of a judged run as is kept. */
function judgedRun(octets: Uint8Array, kept: Uint8Array = octets, key = new Uint8Array()): Judged {
  return {
    trace: {},
    request: { octets },
    octets: new Map([['input', { octets: kept, origin: null }]]),
    stepKeys: new Map([['s1', key]]),
    message: { kind: 'unparsed', stopped: 'limit' },
  } as unknown as Judged;
}

function run(size = 1): KeptRun & { readonly key: Uint8Array } {
  const key = new Uint8Array([1, 2, 3]);
  const octets = new Uint8Array(size);
  return { ...keptRun(judgedRun(octets, octets, key)), key };
}

describe('runs', () => {
  it('keeps the newest few and overwrites the keys of those that go', () => {
    const runs = new Runs();
    const all = Array.from({ length: 20 }, () => run());
    for (const [id, kept] of all.entries()) runs.keep(id, kept);
    expect(runs.get(19)).toBe(all[19]);
    expect(runs.get(0)).toBeNull();
    expect([...all[0]!.key]).toEqual([0, 0, 0]);
    expect([...all[19]!.key]).toEqual([1, 2, 3]);
  });

  it('keeps a run that is looked at before one that is not', () => {
    const runs = new Runs();
    for (let id = 0; id < 12; id++) runs.keep(id, run());
    runs.get(0);
    runs.keep(12, run());
    expect(runs.get(0)).not.toBeNull();
    expect(runs.get(1)).toBeNull();
  });

  it('counts the octets of all runs, a slice with its whole once, and keeps the newest whatever its size', () => {
    const runs = new Runs();
    const octets = new Uint8Array(100 * MIB);
    const sliced = keptRun(judgedRun(octets, octets.subarray(0, 10)));
    expect(sliced.weight).toBe(100 * MIB);
    runs.keep(1, sliced);
    runs.keep(2, run(100 * MIB));
    expect(runs.get(1)).not.toBeNull();
    runs.keep(3, run(300 * MIB));
    expect([1, 2, 3].map((id) => runs.get(id) !== null)).toEqual([false, false, true]);
  });

  it('overwrites everything on wipe', () => {
    const runs = new Runs();
    const kept = run(4);
    kept.judged.request.octets.fill(7);
    runs.keep(1, kept);
    runs.wipe();
    expect(runs.get(1)).toBeNull();
    expect([...kept.judged.request.octets, ...kept.key]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});
