/** Octets and UTF-16 offsets map both ways, in every encoding, around malformed octets too. */
import { describe, expect, it } from 'vitest';
import { sniffEncoding } from '../../../src/engine/bytes/encoding.ts';
import { decodeOctets } from '../../../src/engine/bytes/octet-text.ts';

const encode = (text: string) => new TextEncoder().encode(text);

/** The octet at which each character begins, by encoding one character after the other: an oracle of its own. */
function starts(text: string, size: (character: string) => number): Map<number, number> {
  const map = new Map<number, number>();
  let octet = 0;
  let offset = 0;
  for (const character of text) {
    map.set(offset, octet);
    octet += size(character);
    offset += character.length;
  }
  return map;
}

describe('octets as text', () => {
  it('maps UTF-8 with characters of one to four octets, across blocks', () => {
    const text = 'aé€😀<x>'.repeat(1500);
    const { text: read, map } = decodeOctets(encode(text));
    expect(read).toBe(text);
    const expected = starts(text, (character) => encode(character).length);
    for (const offset of [...expected.keys()].filter((_, index) => index % 37 === 0)) {
      expect(map.octetAt(offset)).toBe(expected.get(offset));
      expect(map.textAt(expected.get(offset)!)).toBe(offset);
    }
    // An octet inside a character belongs to that character.
    expect(map.textAt(2)).toBe(1);
    expect(map.octetAt(text.length)).toBe(encode(text).length);
  });

  it('keeps the BOM as a character, and CR and CRLF as they are', () => {
    const { text } = decodeOctets(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x0d, 0x0a, 0x62, 0x0d, 0x63]));
    expect(text).toBe('\uFEFFa\r\nb\rc');
  });

  it('keeps places right around malformed octets', () => {
    const octets = new Uint8Array([0x61, 0xff, 0xc3, 0xa9, 0x62]);
    const { text, map } = decodeOctets(octets);
    expect(text).toBe('a\uFFFDéb');
    expect(map.octetAt(3)).toBe(4);
    expect(map.textAt(4)).toBe(3);
  });

  it('reads UTF-16 of both orders, with a lone surrogate in its place', () => {
    const little = new Uint8Array([0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8, 0x62, 0x00]);
    const read = decodeOctets(little);
    expect(read.encoding).toBe('UTF-16LE');
    expect(read.text).toBe('\uFEFFa\uD800b');
    expect(read.map.octetAt(3)).toBe(6);
    expect(decodeOctets(new Uint8Array([0x00, 0x3c, 0x00, 0x61])).text).toBe('<a');
  });

  it('takes ISO-8859-1 from the declaration, octet for character', () => {
    const octets = Uint8Array.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\xe9\x85</a>', (character) =>
      character.charCodeAt(0),
    );
    expect(sniffEncoding(octets)).toBe('ISO-8859-1');
    expect(decodeOctets(octets).text).toContain('\xe9\x85');
  });
});
