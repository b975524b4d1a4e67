/**
 * Damaged messages are data: reading tokens and resolving keys never throws anything but a bound. Seeded and
 * repeatable.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BudgetExceeded } from '../../../src/engine/bytes/budget.ts';
import { judgeTokenConfirmations } from '../../../src/engine/key-resolution/judge-confirmations.ts';
import { resolveKeyInfo } from '../../../src/engine/key-resolution/resolve-key-info.ts';
import { makeTokenDereferencer } from '../../../src/engine/key-resolution/token-dereferencer.ts';
import { judgeTokens } from '../../../src/engine/tokens/judge-tokens.ts';
import { descendantElementsNamed } from '../../../src/engine/xml/navigate.ts';
import { openMessage, peerEntries, USERS } from './peer-corpus.ts';
import { ALL } from './references.ts';

const entries = peerEntries();
const DS = 'http://www.w3.org/2000/09/xmldsig#';

/** mulberry32 */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test.skipIf(entries === null)('no mutation makes an exception', async () => {
  const random = generator(20261122);
  const files = (entries ?? []).filter((entry) => entry.fault === null).map((entry) => entry.file);
  let processed = 0;
  for (let round = 0; round < 400; round += 1) {
    const file = files[Math.floor(random() * files.length)] ?? '';
    const octets = new Uint8Array(readFileSync(`../shared/peer-corpus/${file}`));
    for (let edit = 0; edit < 1 + random() * 4; edit += 1) {
      const at = Math.floor(random() * octets.length);
      // Letters and digits mostly, so that documents stay well-formed and what is inside is damaged.
      octets[at] = random() < 0.9 ? 48 + Math.floor(random() * 75) : Math.floor(random() * 256);
    }
    try {
      const { context, recorder } = openMessage(octets, ALL);
      const step = recorder.step('header');
      const clock = { at: Date.parse('2026-11-22T06:54:00Z'), skewSeconds: 60, ttlSeconds: null };
      judgeTokens(context.tokens, { document: context.document, clock, users: USERS, crypto: context.crypto }, step);
      for (const keyInfo of descendantElementsNamed(context.document, 0, DS, 'KeyInfo')) {
        for (const purpose of ['verify', 'mac', 'decrypt'] as const) {
          await resolveKeyInfo(keyInfo, purpose, context, step);
        }
      }
      const dereference = makeTokenDereferencer(context);
      for (const reference of descendantElementsNamed(context.document, 0, null, 'SecurityTokenReference')) {
        dereference(reference);
      }
      judgeTokenConfirmations([], context, clock, step);
      processed += 1;
    } catch (error) {
      if (!(error instanceof BudgetExceeded)) throw error;
    }
  }
  expect(processed).toBeGreaterThan(300);
});
