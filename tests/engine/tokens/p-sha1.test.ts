/** P_SHA-1 gives the octets of independent implementations. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { pSha1 } from '../../../src/engine/tokens/p-sha1.ts';
import { crypto } from './reading.ts';

const budget = () => new Budget();

/** RFC 2246 §5 over Node's HMAC. */
function oracle(secret: Uint8Array, seed: Uint8Array, length: number): Buffer {
  let a: Buffer = Buffer.from(seed);
  let out = Buffer.alloc(0);
  while (out.length < length) {
    a = createHmac('sha1', secret).update(a).digest();
    out = Buffer.concat([out, createHmac('sha1', secret).update(a).update(seed).digest()]);
  }
  return out.subarray(0, length);
}

test.each([
  [0, 20],
  [0, 32],
  [7, 16],
  [40, 64],
  [0, 1],
  [19, 2],
  [1000, 100],
])('offset %i, %i octets', (offset, length) => {
  const secret = Uint8Array.from({ length: 32 }, (_, i) => (i * 7 + length) & 255);
  const seed = Uint8Array.from({ length: 55 }, (_, i) => (i * 13 + offset) & 255);
  expect(Buffer.from(pSha1(secret, seed, { offset, length }, crypto, budget()) ?? [])).toEqual(
    oracle(secret, seed, offset + length).subarray(offset),
  );
});

test('the iterations of the run bound it', () => {
  // A hundred blocks, each of them ten iterations' work.
  const within = (iterations: number) => () =>
    pSha1(
      new Uint8Array(20),
      new Uint8Array(16),
      { offset: 0, length: 2000 },
      crypto,
      new Budget({ ...DEFAULT_LIMITS, iterations }),
    );
  expect(within(1000)).not.toThrow();
  expect(within(999)).toThrow(BudgetExceeded);
});
