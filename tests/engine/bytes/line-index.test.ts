/** Lines, columns and UTF-16 offsets against a plain walk over the string. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineIndex } from '../../../src/engine/bytes/line-index.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';

const piece = fc.constantFrom(
  'a',
  '\n',
  '\r',
  '\r\n',
  'é',
  '名',
  '\u{1F600}',
  '\uFEFF',
  'long text without an end '.repeat(40),
  '\u{1F600}'.repeat(500),
  '\n\n',
);

test('every character of a text has the line and column that counting gives', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const index = new LineIndex(encodeUtf8(text));
      let octets = 0;
      let units = 0;
      let line = 1;
      let lineOctets = 0;
      let lineUnits = 0;
      const step = Math.max(1, Math.floor(text.length / 300));
      let counted = 0;
      for (const character of text) {
        if (counted++ % step === 0) {
          expect(index.position(octets)).toEqual({
            line,
            column: units - lineUnits + 1,
            octetColumn: octets - lineOctets + 1,
          });
          expect(index.utf16Offset(octets)).toBe(units);
          expect(index.octetOffset(units)).toBe(octets);
          if (character.length === 2) expect(index.octetOffset(units + 1)).toBe(octets);
        }
        octets += encodeUtf8(character).length;
        units += character.length;
        if (character === '\n' || (character === '\r' && text[units] !== '\n')) {
          line++;
          lineOctets = octets;
          lineUnits = units;
          expect(index.lineStart(line)).toBe(octets);
        }
      }
      expect(index.lineCount).toBe(line);
      expect(index.octetOffset(units)).toBe(octets);
      expect(index.position(octets + 10).line).toBe(line);
    }),
    { seed: 1, numRuns: 200 },
  );
});
