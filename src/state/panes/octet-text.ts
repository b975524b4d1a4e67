/** Text of octets with a map between octets and UTF-16 offsets, in both directions, for any encoding we read. */

/** Offsets in a pane's text (UTF-16 units) against octets of the input. */
export interface TextOctetMap {
  /** The octet that the character at `offset` begins with. */
  octetAt(offset: number): number;
  /** The character that holds `octet`. */
  textAt(octet: number): number;
  /** Whether any of these octets is shown; absent where all are. */
  shows?(start: number, end: number): boolean;
}

export interface OctetText {
  readonly text: string;
  readonly encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'windows-1252' | 'ISO-8859-1';
  readonly map: TextOctetMap;
}

const BLOCK = 2048;

/** Which encoding the octets are in: BOM first, then the pattern of `<`, then the XML declaration (XML 1.0 §F). */
export function sniffEncoding(octets: Uint8Array): OctetText['encoding'] {
  const [a, b] = octets;
  if (a === 0xff && b === 0xfe) return 'UTF-16LE';
  if (a === 0xfe && b === 0xff) return 'UTF-16BE';
  if (a === 0x3c && b === 0) return 'UTF-16LE';
  if (a === 0 && b === 0x3c) return 'UTF-16BE';
  if (a === 0xef && b === 0xbb) return 'UTF-8';
  const head = new TextDecoder('iso-8859-1').decode(octets.subarray(0, 200));
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)/.exec(head)?.[1]?.toLowerCase();
  if (declared === 'iso-8859-1' || declared === 'latin1') return 'ISO-8859-1';
  if (declared === 'windows-1252' || declared === 'cp1252') return 'windows-1252';
  return 'UTF-8';
}

/** Decodes without ever failing: malformed octets become U+FFFD, and offsets stay right around them. */
export function decodeOctets(octets: Uint8Array, encoding: OctetText['encoding'] = sniffEncoding(octets)): OctetText {
  if (encoding === 'UTF-8') return decodeUtf8(octets);
  if (encoding === 'UTF-16LE' || encoding === 'UTF-16BE') {
    const even = octets.length & ~1;
    let text = decodeUtf16(octets.subarray(0, even), encoding === 'UTF-16BE');
    if (even !== octets.length) text += '\uFFFD';
    return {
      text,
      encoding,
      map: {
        octetAt: (offset) => Math.min(octets.length, offset * 2),
        textAt: (octet) => Math.min(text.length, octet >> 1),
      },
    };
  }
  // The platform's decoder for both is windows-1252; for ISO-8859-1 the C1 range stays as it is.
  const text = encoding === 'ISO-8859-1' ? decodeLatin1(octets) : new TextDecoder('windows-1252').decode(octets);
  const clamp = (value: number) => Math.min(octets.length, value);
  return { text, encoding, map: { octetAt: clamp, textAt: clamp } };
}

/** Code unit by code unit, so that a lone surrogate keeps its place instead of shifting what follows. */
function decodeUtf16(octets: Uint8Array, bigEndian: boolean): string {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const units = new Uint16Array(octets.length / 2);
  for (let index = 0; index < units.length; index++) units[index] = view.getUint16(index * 2, !bigEndian);
  const pieces: string[] = [];
  for (let start = 0; start < units.length; start += 8192) {
    pieces.push(String.fromCharCode(...units.subarray(start, start + 8192)));
  }
  return pieces.join('');
}

function decodeLatin1(octets: Uint8Array): string {
  const pieces: string[] = [];
  for (let start = 0; start < octets.length; start += 8192) {
    pieces.push(String.fromCharCode(...octets.subarray(start, start + 8192)));
  }
  return pieces.join('');
}

const isContinuation = (octet: number | undefined) => octet !== undefined && (octet & 0xc0) === 0x80;

/** Steps back, at most three octets, to where a character may begin. */
function characterStart(octets: Uint8Array, position: number, floor: number): number {
  let start = position;
  for (let back = 0; back < 3 && start > floor && isContinuation(octets[start]); back++) start--;
  return isContinuation(octets[start]) ? position : start;
}

function decodeUtf8(octets: Uint8Array): OctetText {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  // Decoding block by block, cut where characters begin, gives the checkpoints of the map for nothing.
  const octetStarts: number[] = [];
  const textStarts: number[] = [];
  const pieces: string[] = [];
  let length = 0;
  for (let start = 0; start < octets.length;) {
    let end = Math.min(octets.length, start + BLOCK);
    if (end < octets.length) {
      const cut = characterStart(octets, end, start + 1);
      if (cut > start) end = cut;
    }
    const piece = decoder.decode(octets.subarray(start, end));
    octetStarts.push(start);
    textStarts.push(length);
    pieces.push(piece);
    length += piece.length;
    start = end;
  }
  const text = pieces.join('');
  if (length === octets.length) {
    // One unit an octet throughout: ASCII (a malformed octet is one unit too).
    const clamp = (value: number) => Math.max(0, Math.min(length, value));
    return { text, encoding: 'UTF-8', map: { octetAt: clamp, textAt: clamp } };
  }
  const blockBy = (starts: readonly number[], value: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const textAt = (octet: number): number => {
    if (octet >= octets.length) return length;
    const block = blockBy(octetStarts, octet);
    const start = octetStarts[block] ?? 0;
    const at = characterStart(octets, octet, start);
    return (textStarts[block] ?? 0) + decoder.decode(octets.subarray(start, at)).length;
  };
  const octetAt = (offset: number): number => {
    if (offset >= length) return octets.length;
    const block = blockBy(textStarts, offset);
    let low = octetStarts[block] ?? 0;
    let high = (octetStarts[block + 1] ?? octets.length) - 1;
    // The first octet whose character is the one at `offset`.
    while (low < high) {
      const middle = (low + high) >> 1;
      if (textAt(middle) < offset) low = middle + 1;
      else high = middle;
    }
    return characterStart(octets, low, octetStarts[block] ?? 0);
  };
  return { text, encoding: 'UTF-8', map: { octetAt, textAt } };
}
