/** Every reason and weakness the table can give has words. */
import { expect, it } from 'vitest';
import { ALGORITHM_SUPPORT_WORDS } from '../../../src/content/findings/crypto.ts';
import { findingWords } from '../../../src/content/findings/index.ts';
import { ALGORITHMS } from '../../../src/engine/algorithms/algorithm-table.ts';
import { algorithmWeakness, keyWeaknesses, macWeaknesses } from '../../../src/engine/algorithms/strength-policy.ts';

it('for support', () => {
  for (const { uri, support } of ALGORITHMS) {
    if (support.why !== null) expect(ALGORITHM_SUPPORT_WORDS[support.why], uri).toBeDefined();
  }
});

it('for weaknesses, with their data filled in', () => {
  const hmac = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';
  const found = [
    ...ALGORITHMS.map(({ uri }) => algorithmWeakness(uri)),
    ...keyWeaknesses('RSA', 1024, 3n),
    ...[40, 80, 7].flatMap((bits) => macWeaknesses(hmac, bits, 4)),
  ];
  for (const weakness of found) {
    if (weakness === null) continue;
    const words = findingWords(weakness.code);
    expect(words, weakness.code).toBeDefined();
    for (const text of [words?.title(weakness.data), words?.message(weakness.data)]) {
      expect(text).not.toMatch(/undefined|null|NaN/);
    }
  }
});
