import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapLines } from '../../src/editor/line-map.ts';

describe('lines of a text that Monaco would change', () => {
  it('gives Monaco LF everywhere and no BOM, and keeps every offset', () => {
    const text = '\uFEFF<a>\r\n<b>\n\r</b>\r</a>';
    const lines = mapLines(text);
    expect(lines.modelText).toBe('<a>\n<b>\n\n</b>\n</a>');
    expect(lines.offsetAt({ line: 1, column: 1 })).toBe(1);
    expect(lines.offsetAt({ line: 2, column: 1 })).toBe(6);
    expect(lines.positionAt(5)).toEqual({ line: 1, column: 4 });
    expect([1, 2, 3, 4, 5].map((line) => lines.lineEnd(line))).toEqual(['\r\n', '\n', '\r', '\r', '']);
  });
  it('is the inverse of itself at every character that is no line end', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', '<', '\n', '\r', '\r\n', '\u00e9', '\ud83d\ude00', '\u2028')), (pieces) => {
      const text = pieces.join('');
      const lines = mapLines(text);
      for (let offset = 0; offset < text.length; offset += 1) {
        if (/[\r\n]/.test(text[offset] ?? '')) continue;
        expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
        const { line, column } = lines.positionAt(offset);
        expect(lines.modelText.split('\n')[line - 1]?.[column - 1]).toBe(text[offset]);
      }
    }), { seed: 7, numRuns: 300 });
  });
});
