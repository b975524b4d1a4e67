/**
 * Encodings before Unicode: the tables are the platform's, so that what is held here are published pairs of octets and
 * characters (RFC 1489, RFC 2319, ISO 8859, JIS X 0208, KS X 1001, GB 18030, Big5), places, and what means nothing.
 */
import { describe, expect, it } from 'vitest';
import { encodingByName, transcode, type EncodingName } from '../../../src/engine/bytes/encoding.ts';
import { decodeOctets, encodeText } from '../../../src/engine/bytes/octet-text.ts';
import { decodeUtf8 } from '../../../src/engine/bytes/utf8.ts';

type Legacy = Exclude<EncodingName, 'UTF-8'>;

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** Name, octets, text; each after an ASCII letter. */
const TEXTS: readonly (readonly [Legacy, string, string])[] = [
  ['ISO-8859-2', 'a1 b3 bf d8 e8', 'ĄłżŘč'],
  ['ISO-8859-5', 'b0 d0 f1', 'Ааё'],
  ['ISO-8859-7', 'c1 e1 dc', 'Ααά'],
  ['ISO-8859-9', 'd0 dd fe 85', 'Ğİş\u0085'],
  ['ISO-8859-13', 'c0 e8 f0', 'Ąčš'],
  ['ISO-8859-15', 'a4 a6 bc', '€ŠŒ'],
  ['windows-1250', '80 8a b9', '€Šą'],
  ['windows-1251', 'cf f0 b8', 'Прё'],
  ['windows-1253', 'c1 dc', 'Αά'],
  ['windows-1254', '85 d0', '…Ğ'],
  ['windows-1257', 'e0 f0', 'ąš'],
  ['IBM866', '8f e0', 'Пр'],
  ['KOI8-R', 'f0 d2 a3', 'Прё'],
  ['KOI8-U', 'a4 a6 ad ae', 'єіґ╝'],
  ['GBK', 'd6 d0 ce c4 81 40', '中文丂'],
  ['GB18030', 'd6 d0 81 39 ee 39 90 30 81 30', '中㐀𐀀'],
  ['Big5', 'a4 a4 a4 e5', '中文'],
  ['EUC-JP', 'c6 fc cb dc 8e b1 8f b0 a1', '日本ｱ丂'],
  ['Shift_JIS', '93 fa 96 7b b1 83 5c', '日本ｱソ'],
  ['EUC-KR', 'c7 d1 b1 db', '한글'],
];

describe('encodings before Unicode', () => {
  it.each(TEXTS)('%s: %s', (encoding, octets, text) => {
    const input = Uint8Array.from([0x78, ...hex(octets), 0x3c]);
    const expected = `x${text}<`;
    const { octets: read, invalidAt, inputOffset } = transcode(input, encoding);
    expect(decodeUtf8(read)).toBe(expected);
    expect(invalidAt).toBe(-1);
    // Both ways to the place of each character, in UTF-8 and in the editor's units.
    const shown = decodeOctets(input, encoding);
    expect(shown.text).toBe(expected);
    let [place, unit, written] = [0, 0, 0];
    const last = [...expected].length - 1;
    for (const [index, character] of [...expected].entries()) {
      expect(inputOffset(written)).toBe(place);
      expect(shown.map.octetAt(unit)).toBe(place);
      expect(shown.map.textAt(place)).toBe(unit);
      const size = character.charCodeAt(0) < 0x80 ? 1 : sizeIn(encoding, input, place);
      if (size > 1) expect(shown.map.textAt(place + 1)).toBe(unit);
      place += size;
      unit += character.length;
      written += Buffer.byteLength(character);
      if (index === last) expect(inputOffset(written)).toBe(input.length);
    }
    // What is typed comes out as the octets that stand there, or, of four octets, as a reference.
    const typed = encodeText(expected, encoding);
    if (encoding !== 'GB18030' && encoding !== 'EUC-JP') expect(typed).toEqual(input);
  });

  /** By what stands next, so that no rule of ours counts. */
  function sizeIn(encoding: Legacy, input: Uint8Array, at: number): number {
    for (let size = 1; size <= 4; size++) {
      const { invalidAt, octets } = transcode(input.subarray(at, at + size), encoding);
      if (invalidAt < 0 && octets.length > 0) return size;
    }
    return 0;
  }

  it('a character that the encoding lacks is typed as a reference', () => {
    expect(Buffer.from(encodeText('ą€中', 'ISO-8859-2')).toString('latin1')).toBe('\u00b1&#x20AC;&#x4E2D;');
    expect(Buffer.from(encodeText('한', 'Shift_JIS')).toString('latin1')).toBe('&#xD55C;');
  });

  it.each<readonly [Legacy, string, number]>([
    ['ISO-8859-3', '61 a5', 1],
    ['windows-1250', '61 81', 1],
    ['windows-1253', '61 aa', 1],
    ['windows-1255', '61 ca', 1],
    ['windows-874', '61 db', 1],
    ['EUC-KR', '61 81 41', 1],
    ['EUC-KR', '61 c7', 1],
    ['Big5', '61 c6 a1', 1],
    ['EUC-JP', '61 8e e0', 1],
    ['EUC-JP', '61 8f f3 f3', 1],
    ['Shift_JIS', '61 fd 40', 1],
    ['Shift_JIS', '61 62 81', 2],
    ['GBK', '61 ff 40', 1],
    ['GB18030', '61 84 31 a5 30 39', 1],
  ])('%s: octets that mean nothing, or not the same to all: %s', (encoding, octets, place) => {
    const input = hex(octets);
    const { invalidAt, octets: read } = transcode(input, encoding);
    expect(invalidAt).toBe(place);
    expect(read.length).toBe(place);
    expect(decodeOctets(input, encoding).text).toContain('\uFFFD');
  });

  it('are found by their names', () => {
    const names: readonly (readonly [string, EncodingName | null])[] = [
      ['iso-8859-2', 'ISO-8859-2'],
      ['latin2', 'ISO-8859-2'],
      ['ISO-8859-15', 'ISO-8859-15'],
      ['latin-9', null],
      ['l9', 'ISO-8859-15'],
      ['latin5', 'ISO-8859-9'],
      ['TIS-620', 'ISO-8859-11'],
      ['cp1250', 'windows-1250'],
      ['Windows-1251', 'windows-1251'],
      ['koi8-r', 'KOI8-R'],
      ['sjis', 'Shift_JIS'],
      ['windows-31j', 'Shift_JIS'],
      ['gb2312', 'GBK'],
      ['ks_c_5601-1987', 'EUC-KR'],
      ['latin1', 'ISO-8859-1'],
      ['utf-7', null],
      ['ebcdic-cp-us', null],
      ['x-user-defined', null],
      ['iso-2022-jp', null],
    ];
    for (const [name, encoding] of names) expect([name, encodingByName(name)]).toEqual([name, encoding]);
  });
});
