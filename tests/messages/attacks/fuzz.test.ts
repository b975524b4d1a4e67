/**
 * A fixed share of what `npm run fuzz` does without end: seeded damage through the whole engine
 * (tests/messages/attacks/fuzzing.ts).
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { damage, defectsOf, fuzzBases, keyFileDefects, shrunk } from './fuzzing.ts';

const BASES = 40;
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 800);
const KEYS = fileURLToPath(new URL('../../fixtures/messages/keys/', import.meta.url));

it(`${RUNS} damaged messages are judged`, async () => {
  const bases = await fuzzBases(BASES, false);
  const wrong: string[] = [];
  for (const [at, base] of Array.from({ length: RUNS }, (_, run) => bases[run % bases.length]).entries()) {
    if (base === undefined) continue;
    const { octets, how } = damage(base, at, 'attack');
    const defects = await defectsOf(base, octets, at % 20 === 0);
    wrong.push(...defects.map((defect) => `${base.id} run ${at}: ${how}: ${defect}`));
  }
  expect(wrong.slice(0, 12), `${wrong.length} defects`).toEqual([]);
}, 300_000);

it('damaged key files are read or told to be none', async () => {
  const files = readdirSync(KEYS).filter((name) => /\.(?:pem|bin)$/.test(name));
  const wrong: string[] = [];
  for (let run = 0; run < RUNS / 4; run++) {
    const file = files[run % files.length] ?? '';
    const defects = await keyFileDefects(KEYS + file, 'changeit', run, 'attack');
    wrong.push(...defects.map((defect) => `${file} ${run}: ${defect}`));
  }
  expect(wrong).toEqual([]);
}, 120_000);

it('what fails is made small', async () => {
  const octets = Buffer.from(`${'a'.repeat(900)}needle${'b'.repeat(700)}`);
  const small = await shrunk(octets, async (tried) => Buffer.from(tried).includes('needle'));
  expect(Buffer.from(small).toString()).toContain('needle');
  expect(small.length).toBeLessThanOrEqual(24);
});
