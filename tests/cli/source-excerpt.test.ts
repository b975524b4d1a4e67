/**
 * Carets stand beneath the characters they mean: after tabs, wide and combining characters, in any encoding, cut lines
 * too.
 */
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../src/cli/source-excerpt.ts';
import { displayWidth, paint } from '../../src/cli/terminal.ts';

const plain = paint(false);
const utf8 = (text: string) => new TextEncoder().encode(text);

function marked(octets: Uint8Array, start: number, end: number, width = 100) {
  const [source = '', carets = ''] = new SourceText(octets)
    .excerpt({ space: 'input', start, end }, plain, width)
    .split('\n');
  expect(displayWidth(source)).toBeLessThanOrEqual(width);
  expect(displayWidth(carets)).toBeLessThanOrEqual(width);
  const from = carets.indexOf('^');
  let at = 0;
  let under = '';
  for (const character of source) {
    const cells = displayWidth(character);
    if (cells > 0 && at >= from && at < from + carets.split('^').length - 1) under += character;
    at += cells;
  }
  return { under, place: /^\s*([\d:]+) │/.exec(source)?.[1] };
}

describe('carets', () => {
  it.each([
    ['plain', '<a>\n<b Id="x"/></a>', 'Id="x"', '2:4'],
    ['tabs', '<a>\n\t\t<b Id="x"/></a>', '<b', '2:3'],
    ['wide characters', '<a>漢字カナ한글<b/></a>', '<b/>', '1:10'],
    ['a wide target', '<a>漢字</a>', '漢字', '1:4'],
    ['combining marks', '<a>e\u0301e\u0301<b/></a>', '<b/>', '1:8'],
    ['emoji', '<a>😀<b/></a>', '<b/>', '1:6'],
    ['CRLF', '<a>\r\n<b/>\r\n</a>', '<b/>', '2:1'],
  ])('%s', (_name, text, target, place) => {
    const start = utf8(text.slice(0, text.indexOf(target))).length;
    expect(marked(utf8(text), start, start + utf8(target).length)).toEqual({ under: target, place });
  });

  it('stay within the width however long the line is, and never cut a character', () => {
    const text = `<a>${'é漢'.repeat(200)}<b/>${'ü'.repeat(300)}</a>`;
    const start = utf8(text.slice(0, text.indexOf('<b/>'))).length;
    for (const width of [60, 80, 81, 82, 120]) {
      expect(marked(utf8(text), start, start + 4, width).under).toBe('<b/>');
      expect(new SourceText(utf8(text)).excerpt({ space: 'input', start, end: start + 4 }, plain, width)).not.toContain(
        '\ufffd',
      );
    }
  });

  it.each(['utf16le', 'utf16be'] as const)('in %s', (encoding) => {
    const little = Buffer.from('\ufeff<a>\n<b>ਊ</b></a>', 'utf16le');
    const octets = Uint8Array.from(encoding === 'utf16le' ? little : little.swap16());
    expect(marked(octets, 10, 16)).toEqual({ under: '<b>', place: '2:1' });
  });

  it('in ISO-8859-1', () => {
    const octets = Uint8Array.from(Buffer.from('<a>\u00e9\u00e9<b/></a>', 'latin1'));
    expect(marked(octets, 5, 9)).toEqual({ under: '<b/>', place: '1:6' });
  });

  it('show hostile characters by their codes', () => {
    const text = '<a>\u202e\u0007<b/></a>';
    const start = utf8('<a>\u202e\u0007').length;
    expect(marked(utf8(text), start, start + 4).under).toBe('<b/>');
  });
});
