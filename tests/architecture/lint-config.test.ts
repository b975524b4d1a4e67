import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENGINE_ROOMS, OUTER_ROOMS, lintConfig } from '../../scripts/lint-config.mjs';

const folders = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

describe('boundaries', () => {
  it('the lint configuration is the one the table of rooms makes', () => {
    expect(JSON.parse(readFileSync('.oxlintrc.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(lintConfig())));
  });
  it('every folder of the engine is a room of the table', () => {
    expect(folders('src/engine').filter((name) => !ENGINE_ROOMS.includes(name))).toEqual([]);
  });
  it('every folder of src is a room of the table', () => {
    expect(folders('src').filter((name) => name !== 'engine' && !(name in OUTER_ROOMS))).toEqual([]);
  });
});
