/** The table of Basic Security Profile rules against the rooms that find them and the words that say them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { BSP_RULES, type BspRow } from '../../../src/engine/bsp/rules.ts';
import { findingWords } from '../../../src/content/findings/index.ts';

const ENGINE = path.join(import.meta.dirname, '../../../src/engine');
const rows: readonly (readonly [string, BspRow])[] = Object.entries(BSP_RULES);

const sources = (room: string): string =>
  readdirSync(path.join(ENGINE, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(ENGINE, room, name), 'utf8'))
    .join('\n');

it('names no rule that is not in the table', () => {
  const named = [...sources('.').matchAll(/'(R\d{4})'/g)].map(([, rule]) => rule);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((rule) => !rows.some(([known]) => known === rule))).toEqual([]);
});

it.each(rows)('%s is found where the table says', (_rule, { room, code }) => {
  expect(sources(room)).toContain(`'${code}'`);
});

it.each(rows)('%s has words', (_rule, { code }) => {
  const words = findingWords(code);
  expect(words?.title({})).toBeTruthy();
});
