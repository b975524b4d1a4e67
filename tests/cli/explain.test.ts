/** `wss explain` has words for every code without a case's data, and none of them is the residue of a missing value. */
import { describe, expect, it, vi } from 'vitest';
import { FINDINGS } from '../../src/content/findings/index.ts';
import { explain } from '../../src/cli/explain.ts';

async function printed(code: string): Promise<string> {
  let out = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  try {
    expect(await explain([code])).toBe(0);
  } finally {
    write.mockRestore();
  }
  return out;
}

describe('wss explain', () => {
  it('knows many codes', () => {
    expect(Object.keys(FINDINGS).length).toBeGreaterThan(150);
  });

  it.each(Object.keys(FINDINGS))('%s', async (code) => {
    const text = await printed(code);
    expect(text.split('\n')[0]).toContain(code);
    expect(text.split('\n').length).toBeGreaterThan(3);
    // A fix may hold code: `C14N(true, false, null, $prefixes)`.
    expect(text.replace(/\(true, false, null, /g, '(')).not.toMatch(/\bNaN\b|\bundefined\b|\bnull\b|\[object /);
  });

  it('names what differs from case to case', async () => {
    expect(await printed('ts-expired')).toContain('The message expired ‹late seconds› ago');
  });
});
