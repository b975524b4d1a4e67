/** Compiled chunks: what was kept of one source never runs in the place of another. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CompiledChunks } from '../../src/cli/compiled-chunks.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wss-chunks-'));
  writeFileSync(join(folder, 'main.cjs'), `exports.answer = () => require('./other.cjs').value + 1;`);
  writeFileSync(
    join(folder, 'other.cjs'),
    `exports.value = 41; exports.file = __filename; exports.again = require('./main.cjs');`,
  );
});
afterEach(() => rmSync(folder, { recursive: true }));

const chunks = () => new CompiledChunks(folder, createRequire(import.meta.url));
const answerOf = (loaded: CompiledChunks) => (loaded.load('./main.cjs') as { answer: () => number }).answer();

describe('compiled chunks', () => {
  it('load each other, once each, and modules of Node', () => {
    const loaded = chunks();
    expect(answerOf(loaded)).toBe(42);
    const other = loaded.load('./other.cjs') as { file: string; again: unknown };
    expect(other.file).toBe(join(folder, 'other.cjs'));
    expect(other.again).toBe(loaded.load('./main.cjs'));
    expect(loaded.load('node:path')).toMatchObject({ sep: '/' });
  });
  it('that are to come later run when something of them is first used', () => {
    writeFileSync(
      join(folder, 'main.cjs'),
      `const later = require('./later-part.cjs'); exports.runs = () => globalThis.laterRuns ?? 0; exports.answer = () => later.value;`,
    );
    writeFileSync(
      join(folder, 'later-part.cjs'),
      `globalThis.laterRuns = (globalThis.laterRuns ?? 0) + 1; exports.value = 7;`,
    );
    const main = chunks().load('./main.cjs') as { runs: () => number; answer: () => number };
    expect(main.runs()).toBe(0);
    expect([main.answer(), main.answer()]).toEqual([7, 7]);
    expect(main.runs()).toBe(1);
  });
  it('do the same with what was compiled before', () => {
    const first = chunks();
    answerOf(first);
    first.keepCompiled();
    expect(readFileSync(join(folder, 'main.cjs.compiled')).length).toBeGreaterThan(100);
    expect(answerOf(chunks())).toBe(42);
  });
  it('take a changed source of the same length as it stands now', () => {
    const first = chunks();
    answerOf(first);
    first.keepCompiled();
    const other = join(folder, 'other.cjs');
    writeFileSync(other, readFileSync(other, 'utf8').replace('41', '17'));
    expect(answerOf(chunks())).toBe(18);
  });
  it('compile anew where what was kept is of another V8 or is damaged at its head', () => {
    const first = chunks();
    answerOf(first);
    first.keepCompiled();
    const kept = join(folder, 'main.cjs.compiled');
    const octets = readFileSync(kept);
    // Behind the fingerprint stands V8's own version.
    for (const at of [36, 40]) octets[at] = (octets[at] ?? 0) ^ 0xff;
    writeFileSync(kept, octets);
    expect(answerOf(chunks())).toBe(42);
    writeFileSync(kept, octets.subarray(0, 5));
    expect(answerOf(chunks())).toBe(42);
  });
});
