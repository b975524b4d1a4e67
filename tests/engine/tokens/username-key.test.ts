/** Keys from passwords (UTP 1.1 §4) are those of Node's SHA-1, iterated. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { deriveUsernameKey } from '../../../src/engine/tokens/username-key.ts';
import { crypto } from './reading.ts';

test.each([1, 2, 1000])('%i iterations', (iterations) => {
  const salt = Buffer.from('0102030405060708090a0b0c0d0e0f10', 'hex');
  let key = createHash('sha1').update('pässword').update(salt).digest();
  for (let i = 1; i < iterations; i += 1) key = createHash('sha1').update(key).digest();
  expect(Buffer.from(deriveUsernameKey('pässword', salt, iterations, crypto, new Budget()) ?? [])).toEqual(key);
});

test('a hostile count of iterations hits the bound', () => {
  expect(() => deriveUsernameKey('p', new Uint8Array(16), 999_999_999, crypto, new Budget(DEFAULT_LIMITS))).toThrow(
    BudgetExceeded,
  );
});
