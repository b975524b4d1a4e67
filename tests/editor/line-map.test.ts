import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapLines } from '../../src/editor/line-map.ts';

describe('lines of a text that Monaco would change', () => {
  it('gives Monaco LF everywhere and no BOM, and keeps every offset', () => {
    const layOut = false;
    const text = '\uFEFF<a>\r\n<b>\n\r</b>\r</a>';
    const lines = mapLines(text, layOut);
    expect(lines.modelText).toBe('<a>\n<b>\n\n</b>\n</a>');
    expect(lines.offsetAt({ line: 1, column: 1 })).toBe(1);
    expect(lines.offsetAt({ line: 2, column: 1 })).toBe(6);
    expect(lines.positionAt(5)).toEqual({ line: 1, column: 4 });
    expect([1, 2, 3, 4, 5].map((line) => lines.lineEnd(line))).toEqual(['\r\n', '\n', '\r', '\r', '']);
  });
  it('is the inverse of itself at every character that is no line end', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(
          fc.constantFrom(
            'a',
            '<',
            '\n',
            '\r',
            '\r\n',
            '\u00e9',
            '\ud83d\ude00',
            '\u2028',
            `<b c="${'d'.repeat(90)}">`,
            '</b>',
            '<e/>',
          ),
        ),
        (layOut, pieces) => {
          const text = pieces.join('');
          const lines = mapLines(text, layOut);
          for (let offset = 0; offset < text.length; offset += 1) {
            if (/[\r\n]/.test(text[offset] ?? '')) continue;
            expect(lines.offsetAt(lines.positionAt(offset))).toBe(offset);
            const { line, column } = lines.positionAt(offset);
            expect(lines.modelText.split('\n')[line - 1]?.[column - 1]).toBe(text[offset]);
          }
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
  it('lays a message of one line out at its tags without touching its text', () => {
    const long = 'x'.repeat(150);
    const text = `<a><b>${long}</b><c/></a>`;
    const lines = mapLines(text, true);
    expect(lines.laidOut).toBe(true);
    expect(lines.modelText).toBe(`<a>\n  <b>${long}</b>\n  <c/>\n</a>`);
    expect(lines.offsetAt({ line: 3, column: 3 })).toBe(text.indexOf('<c/>'));
    expect(lines.offsetAt({ line: 3, column: 1 })).toBe(text.indexOf('<c/>'));
    expect([1, 2, 3, 4].map((line) => lines.ownLine(line))).toEqual([1, null, null, null]);
    expect([0, 1, 2].map((line) => lines.lineEnd(line))).toEqual(['', '', '']);
    expect(mapLines(text, false).laidOut).toBe(false);
  });
});
