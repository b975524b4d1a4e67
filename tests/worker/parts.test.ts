/** Answers in parts: put back, they are what they were. */
import { describe, expect, it } from 'vitest';
import { cutIntoParts, putBack } from '../../src/worker/page/parts.ts';

const list = (length: number) => Array.from({ length }, (_, at) => ({ at }));
const joined = (answer: unknown) => {
  // As between worker and page: every message is a copy.
  const { rest, parts } = structuredClone(cutIntoParts(answer));
  return { back: parts.reduce<unknown>((whole, part) => putBack(whole, part), rest), parts };
};

describe('answers in parts', () => {
  it('are put back in order, lists in lists of members included', () => {
    const answer = {
      run: 3,
      trace: { steps: list(12_000), findings: list(2), verdict: { headline: 'valid' } },
      outline: { space: 'input', nodes: list(4_001), cut: false },
      opened: null,
    };
    const { back, parts } = joined(answer);
    expect(parts.length).toBeGreaterThan(8);
    expect(Math.max(...parts.map((part) => part.items.length))).toBeLessThanOrEqual(1_500);
    expect(back).toEqual(answer);
  });

  it('leave small answers, octets and null alone', () => {
    for (const answer of [null, { a: list(3) }, new Uint8Array(5_000), [1, 2], 'text']) {
      const { back, parts } = joined(answer);
      expect(parts).toEqual([]);
      expect(back).toEqual(answer);
    }
  });
});
