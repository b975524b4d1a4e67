/** Places in inputs of other encodings: the same line and column as in UTF-8, and the way back. */
import { expect, test } from 'vitest';
import { InputLines } from '../../../src/engine/bytes/input-lines.ts';
import { LineIndex } from '../../../src/engine/bytes/line-index.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';

const TEXT = '\uFEFF<a>é\r\n\u{1F600}名\n'.repeat(1500);

function swapped(octets: Buffer): Buffer {
  return Buffer.from(octets).swap16();
}

test.each([
  ['UTF-16LE', Buffer.from(TEXT, 'utf16le')],
  ['UTF-16BE', swapped(Buffer.from(TEXT, 'utf16le'))],
  ['UTF-8', Buffer.from(TEXT)],
] as const)('%s', (encoding, input) => {
  const lines = new InputLines(input, encoding);
  const plain = new LineIndex(encodeUtf8(TEXT));
  let units = 0;
  let octets = 0;
  let wide = 0;
  let counted = 0;
  for (const character of TEXT) {
    const offset = encoding === 'UTF-8' ? octets : wide;
    if (counted++ % 7 === 0) {
      expect(lines.position(offset).line).toBe(plain.position(octets).line);
      expect(lines.position(offset).column).toBe(plain.position(octets).column);
      expect(lines.utf16Offset(offset)).toBe(units);
      expect(lines.inputOffset(units)).toBe(offset);
      // Inside a character, its own place.
      expect(lines.utf16Offset(offset + (encoding === 'UTF-8' ? 0 : 1))).toBe(units);
    }
    units += character.length;
    octets += encodeUtf8(character).length;
    wide += 2 * character.length;
  }
  expect(lines.utf16Offset(input.length)).toBe(units);
  expect(lines.inputOffset(units)).toBe(input.length);
});

test('single octets', () => {
  const lines = new InputLines(Uint8Array.of(0x61, 0x0d, 0xe9, 0x80, 0x0a, 0x62), 'windows-1252');
  expect(lines.position(3)).toMatchObject({ line: 2, column: 2 });
  expect(lines.position(5)).toMatchObject({ line: 3, column: 1 });
  expect(lines.inputOffset(3)).toBe(3);
});
