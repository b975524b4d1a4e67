/** Rows: true lines keep their numbers, long lines are laid out at their tags, and no character is lost or doubled. */
import { describe, expect, it } from 'vitest';
import { colourRow } from '../../src/state/panes/colour.ts';
import { cutRows, LONG_LINE, rowAt } from '../../src/state/panes/rows.ts';

const pieces = (text: string, layOut: boolean) => {
  const rows = cutRows(text, layOut);
  return Array.from({ length: rows.count }, (_, index) => ({
    text: text.slice(rows.start[index], rows.end[index]),
    line: rows.line[index],
    indent: rows.indent[index],
  }));
};

describe('rows', () => {
  it('cut at LF, CR and CRLF alike', () => {
    expect(pieces('a\nb\r\nc\rd', false).map((row) => [row.text, row.line])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 3],
      ['d', 4],
    ]);
  });

  it('lay a long line out, a tag a row, text and end tag beside their start tag', () => {
    const long = `<e><h a="1>2"/><b><c>${'x'.repeat(LONG_LINE)}</c></b></e>`;
    expect(pieces(long, true).map((row) => [row.text.slice(0, 4), row.line, row.indent])).toEqual([
      ['<e>', 1, 0],
      ['<h a', 0, 1],
      ['<b>', 0, 1],
      ['<c>x', 0, 2],
      ['</b>', 0, 1],
      ['</e>', 0, 0],
    ]);
  });

  it('hold every character of a laid out line exactly once, broken markup too', () => {
    for (const text of [
      `<a><!-- <x> -->${'y'.repeat(300)}<![CDATA[<z>]]><b`,
      '<'.repeat(200),
      `</a></b>${' '.repeat(200)}<c attr="`,
      `x<a>${'</a>'.repeat(90)}`,
    ]) {
      expect(
        pieces(text, true)
          .map((row) => row.text)
          .join(''),
      ).toBe(text);
    }
  });

  it('are found by offset', () => {
    const rows = cutRows('ab\ncd\nef', false);
    expect([0, 1, 3, 5, 7].map((offset) => rowAt(rows, offset))).toEqual([0, 0, 1, 1, 2]);
  });
});

describe('colours', () => {
  it('leave nothing out, and fold only what nobody reads', () => {
    const text = `<a:b xmlns:c="u" d='e'>text &amp; more</a:b><!-- note --><s>${'Q'.repeat(400)}</s>`;
    const cut = colourRow(text, 0, text.length, false);
    expect(cut.map((piece) => text.slice(piece.start, piece.end)).join('')).toBe(text);
    expect(
      cut.filter((piece) => piece.colour === 'namespace').map((piece) => text.slice(piece.start, piece.end)),
    ).toEqual(['xmlns:c']);
    expect(cut.filter((piece) => piece.colour === 'tag').map((piece) => text.slice(piece.start, piece.end))).toEqual([
      'a:b',
      'a:b',
      's',
      's',
    ]);
    expect(cut.some((piece) => piece.colour === 'folded')).toBe(true);
  });
});
