/** Line starts for every kind of line end, against the definition read character by character. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { lineStarts } from '../../src/engine/bytes/text-lines.ts';
import { cutRows } from '../../src/state/panes/rows.ts';

function byDefinition(text: string): readonly number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((match) => match.index + match[0].length)];
}

describe('line starts', () => {
  it('are after every LF, CR LF and lone CR', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '<b/>')), (pieces) => {
        const text = pieces.join('');
        expect([...lineStarts(text)]).toEqual(byDefinition(text));
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  it('are the starts of rows that are not laid out', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', '\r', '\r\n', '<b/>')), (pieces) => {
        const text = pieces.join('');
        expect([...cutRows(text, false).start]).toEqual(byDefinition(text));
      }),
      { seed: 8, numRuns: 400 },
    );
  });
});

describe('rows of an indented long line', () => {
  it('keep the indent with the first tag', () => {
    const text = `<a>\n    <b x="${'1'.repeat(200)}"/>\n</a>`;
    const rows = cutRows(text, true);
    expect([...rows.line]).toEqual([1, 2, 3]);
  });
});
