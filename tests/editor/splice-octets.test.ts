import { describe, expect, it } from 'vitest';
import { spliceText } from '../../src/editor/splice-octets.ts';
import { decodeOctets, encodeText } from '../../src/engine/bytes/octet-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('an edit of the text as an edit of the octets', () => {
  it('keeps the BOM, mixed line ends and character references that were not typed', () => {
    const octets = utf8('\uFEFF<a>\r\n\u00fc&#13;\n</a>');
    const { map, text } = decodeOctets(octets);
    const at = text.indexOf('\u00fc');
    const edited = spliceText(octets, map, 'UTF-8', [{ start: at, end: at + 1, text: '\u20ac' }]);
    expect(edited).toEqual(utf8('\uFEFF<a>\r\n\u20ac&#13;\n</a>'));
  });
  it('applies several edits given in offsets of the old text', () => {
    const octets = utf8('<a>one</a>');
    const { map } = decodeOctets(octets);
    expect(
      spliceText(octets, map, 'UTF-8', [
        { start: 6, end: 10, text: '</b>' },
        { start: 0, end: 3, text: '<b>' },
      ]),
    ).toEqual(utf8('<b>one</b>'));
  });
  it('writes UTF-16 in the order of the message', () => {
    expect([...encodeText('\u20ac', 'UTF-16BE')]).toEqual([0x20, 0xac]);
    expect([...encodeText('\u20ac', 'UTF-16LE')]).toEqual([0xac, 0x20]);
  });
  it('writes what ISO-8859-1 lacks as a character reference, and the euro of windows-1252 as its octet', () => {
    expect(new TextDecoder('latin1').decode(encodeText('\u00e9\u20ac', 'ISO-8859-1'))).toBe('\u00e9&#x20AC;');
    expect([...encodeText('\u20ac\u00e9', 'windows-1252')]).toEqual([0x80, 0xe9]);
  });
});
