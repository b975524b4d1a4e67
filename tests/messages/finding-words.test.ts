/** Every code that the engine writes as a literal has words, and no code has words in two catalogues. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { FINDINGS } from '../../src/content/findings/index.ts';

const ENGINE = fileURLToPath(new URL('../../src/engine', import.meta.url));
const CATALOGUES = fileURLToPath(new URL('../../src/content/findings', import.meta.url));

/** Codes of problems in key files: told by `wss keys` and the dialog for keys, never findings of a message. */
const OF_KEY_FILES = /^key-(?:password|file|cipher|format|algorithm|limit|kdf)/;
/** Why a job of a batch has no report: told by the command (docs/command.md). */
const OF_JOBS = /^unusable$/;
/** Why octets are no DER, key or certificate: a particular in another finding's words. */
const REASONS = /^(?:der|spki|point)-|^certificate-(?:not-der|malformed)$/;

describe('words for findings', () => {
  it('are there for every code', () => {
    const missing = new Set<string>();
    let seen = 0;
    for (const entry of readdirSync(ENGINE, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.parentPath.includes('keystore')) continue;
      const source = readFileSync(join(entry.parentPath, entry.name), 'utf8');
      for (const [, code] of source.matchAll(/\bcode: '([A-Za-z][A-Za-z0-9-]*)'/g)) {
        seen++;
        if (
          !Object.hasOwn(FINDINGS, code!) &&
          !OF_KEY_FILES.test(code!) &&
          !OF_JOBS.test(code!) &&
          !REASONS.test(code!)
        ) {
          missing.add(`${code} in ${entry.name}`);
        }
      }
    }
    expect(seen).toBeGreaterThan(100);
    expect([...missing]).toEqual([]);
  });

  it('stand in one catalogue', async () => {
    const homes = new Map<string, string[]>();
    for (const name of readdirSync(CATALOGUES).filter(
      (one) => one.endsWith('.ts') && !['index.ts', 'catalogue.ts'].includes(one),
    )) {
      const module = (await import(join(CATALOGUES, name))) as Record<string, unknown>;
      for (const [exported, catalogue] of Object.entries(module)) {
        if (exported.endsWith('_FINDINGS')) {
          for (const code of Object.keys(catalogue as object)) homes.set(code, [...(homes.get(code) ?? []), name]);
        }
      }
    }
    expect(homes.size).toBeGreaterThan(150);
    expect([...homes].filter(([, names]) => names.length > 1)).toEqual([]);
  });
});
