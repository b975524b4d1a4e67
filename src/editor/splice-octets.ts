/** An edit of the text as an edit of the octets: everything the user did not type stays octet for octet. */
import type { EncodingName } from '../engine/bytes/encoding.ts';
import { encodeText, type TextOctetMap } from '../engine/bytes/octet-text.ts';
import { spliceOctets } from '../engine/splice/octet-splice.ts';

/** One edit of a text. */
export interface TextEdit {
  /** UTF-16 offsets in the text before the edit, half-open. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits given in offsets of the text before any of them; they must not overlap. */
export function spliceText(
  octets: Uint8Array,
  map: TextOctetMap,
  encoding: EncodingName,
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
