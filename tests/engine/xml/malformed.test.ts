/** The documents that parsers are compared on: every one has an error that has to be seen. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const LIST = new URL('../../../../shared/spikes/malformed.json', import.meta.url);
const present = existsSync(LIST);
if (!present) console.log('skipped: ../shared/spikes/malformed.json is not here');

/** A lone surrogate cannot be encoded by a platform's encoder; these are the octets that a careless writer sends. */
const AS_OCTETS: Readonly<Record<string, readonly number[]>> = {
  'lone-surrogate': [0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80, 0x3c, 0x2f, 0x61, 0x3e],
};

test.skipIf(!present)('every malformed document of the list is refused with a position', () => {
  const cases = JSON.parse(readFileSync(LIST, 'utf8')) as Record<string, string>;
  const accepted: string[] = [];
  for (const [name, text] of Object.entries(cases)) {
    const octets = AS_OCTETS[name] === undefined ? encodeUtf8(text) : Uint8Array.from(AS_OCTETS[name]);
    const result = parseXml(octets, { budget: new Budget() });
    const error = result.problems.find((problem) => problem.severity === 'error');
    if (result.wellFormed || error === undefined) accepted.push(name);
    else expect(error.range.end, name).toBeLessThanOrEqual(octets.length);
  }
  expect(accepted).toEqual([]);
  expect(Object.keys(cases).length).toBeGreaterThanOrEqual(38);
});
