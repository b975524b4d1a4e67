/** Every code that references, transforms and XPath emit has words. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findingWords } from '../../../src/content/findings/index.ts';
import type { Data } from '../../../src/engine/trace/trace.ts';

const CODES = /(?:stopped\('(?:failed|refused|unsupported|missing)', |code: |#fail\(|\? )'([A-Za-z0-9-]+)'/g;

/** What the pattern catches beside codes. */
const AXES_AND_NAMES = new Set([
  'descendant-or-self',
  'ancestor-or-self',
  'local-name',
  'namespace-uri',
  'node-set',
  'xml-c14n',
  'white-space',
  'preceding-sibling',
  'following-sibling',
  'processing-instruction',
  'node-type',
]);

test('codes have words', () => {
  const codes = new Set<string>();
  for (const room of ['references', 'transforms', 'xpath']) {
    for (const file of readdirSync(`src/engine/${room}`)) {
      for (const match of readFileSync(`src/engine/${room}/${file}`, 'utf8').matchAll(CODES)) codes.add(match[1]!);
    }
  }
  const emitted = [...codes].filter(
    (code) => /^(?:[a-z0-9]+-[a-z0-9-]+|XSW-\d\d)$/.test(code) && !AXES_AND_NAMES.has(code),
  );
  expect(emitted.length).toBeGreaterThan(25);
  for (const code of emitted) {
    const words = findingWords(code);
    expect(words, code).not.toBe(null);
    // What must be given for a code the compiler knows; other rooms give some of these codes with no more than that.
    const least: Data = { id: 'x', uri: '#x', uris: ['x'], count: 2 };
    const most: Data = {
      ...least,
      elements: ['/a', '/b'],
      attributes: ['Id'],
      nearMiss: 'case',
      candidates: ['X'],
      candidateAttributes: ['Id'],
      candidateElements: ['/a'],
    };
    for (const data of [least, most]) {
      expect(`${words!.title(data)} ${words!.message(data)}`).not.toMatch(/undefined|null|\[object|NaN/);
    }
  }
});
