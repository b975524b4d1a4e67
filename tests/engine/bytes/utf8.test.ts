/** UTF-8 against the platform's strict decoder, and the place of the first ill-formed sequence. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OctetWriter } from '../../../src/engine/bytes/octet-writer.ts';
import {
  codePointAt,
  decodeUtf8,
  encodeUtf8,
  firstInvalidUtf8,
  utf8SequenceLength,
} from '../../../src/engine/bytes/utf8.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function strictAccepts(octets: Uint8Array): boolean {
  try {
    strict.decode(octets);
    return true;
  } catch {
    return false;
  }
}

test('every code point goes to octets and back', () => {
  const out = new OctetWriter();
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += codePoint < 0x900 ? 1 : 127) {
    if (codePoint >= 0xd800 && codePoint <= 0xdfff) continue;
    const start = out.length;
    out.codePoint(codePoint);
    const octets = out.view().subarray(start);
    expect(octets).toEqual(new TextEncoder().encode(String.fromCodePoint(codePoint)));
    expect(codePointAt(octets, 0)).toBe(codePoint);
    expect(utf8SequenceLength(octets, 0)).toBe(octets.length);
  }
});

test('well-formed exactly where the platform decodes strictly', () => {
  const octet = fc.oneof(
    fc.nat(255),
    fc.constantFrom(0xc0, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x80, 0x9f, 0xa0, 0xbf, 0x8f, 0x90),
  );
  fc.assert(
    fc.property(fc.array(octet, { maxLength: 6 }), (values) => {
      const octets = Uint8Array.from(values);
      const invalid = firstInvalidUtf8(octets);
      expect(invalid < 0).toBe(strictAccepts(octets));
      if (invalid >= 0) {
        expect(strictAccepts(octets.subarray(0, invalid))).toBe(true);
        for (let end = invalid + 1; end <= octets.length; end++) {
          expect(strictAccepts(octets.subarray(0, end))).toBe(false);
        }
      }
    }),
    { seed: 1, numRuns: 20_000 },
  );
});

test('a BOM is kept, short and long text decode alike', () => {
  for (const text of [
    '',
    '\uFEFFx',
    'a',
    'é',
    'x'.repeat(100),
    '\uFEFF' + 'é'.repeat(50),
    'abcdefghijklmnopqrstuvwxyé',
  ]) {
    const octets = encodeUtf8(text);
    expect(decodeUtf8(octets)).toBe(text);
    expect(decodeUtf8(encodeUtf8(`<${text}>`), 1, 1 + octets.length)).toBe(text);
  }
});
