/** An edit of the text as an edit of the octets: everything the user did not type stays octet for octet. */
import { spliceOctets } from '../engine/splice/octet-splice.ts';
import type { OctetText, TextOctetMap } from '../state/panes/octet-text.ts';

export interface TextEdit {
  /** UTF-16 offsets in the text before the edit, half-open. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const ENCODER = new TextEncoder();

/** windows-1252's octets 0x80 to 0x9F; the code points they stand for. */
const WINDOWS_1252 =
  '\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178';

/** Encodes typed text. A character that the encoding does not have becomes a character reference (XML 1.0 §4.1). */
export function encodeText(text: string, encoding: OctetText['encoding']): Uint8Array {
  if (encoding === 'UTF-8') return ENCODER.encode(text);
  if (encoding === 'UTF-16LE' || encoding === 'UTF-16BE') {
    const octets = new Uint8Array(text.length * 2);
    const view = new DataView(octets.buffer);
    for (let index = 0; index < text.length; index += 1) {
      view.setUint16(index * 2, text.charCodeAt(index), encoding === 'UTF-16LE');
    }
    return octets;
  }
  const octets: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const high = encoding === 'windows-1252' ? WINDOWS_1252.indexOf(character) : -1;
    if (high >= 0) octets.push(0x80 + high);
    else if (code < 0x80 || (code >= 0xa0 && code <= 0xff) || (encoding === 'ISO-8859-1' && code <= 0xff)) {
      octets.push(code);
    } else octets.push(...ENCODER.encode(`&#x${code.toString(16).toUpperCase()};`));
  }
  return Uint8Array.from(octets);
}

/** Applies edits given in offsets of the text before any of them; they must not overlap. */
export function spliceText(
  octets: Uint8Array,
  map: TextOctetMap,
  encoding: OctetText['encoding'],
  edits: readonly TextEdit[],
): Uint8Array {
  return spliceOctets(
    octets,
    edits
      .toSorted((a, b) => a.start - b.start)
      .map(({ start, end, text }) => ({
        start: map.octetAt(start),
        end: map.octetAt(end),
        octets: encodeText(text, encoding),
      })),
  );
}
