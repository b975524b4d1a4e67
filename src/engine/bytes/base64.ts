/** Base64 (RFC 4648 §4) as XML Schema's base64Binary has it: XML white space anywhere, the place of the first fault. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = 0x3d;
const SPACE_CLASS = 64;
const PAD_CLASS = 65;
const OTHER = 255;

/** Value of each octet: 0 to 63, or a class above. */
const VALUE: Uint8Array = Uint8Array.from({ length: 256 }, (_, octet) => {
  const value = ALPHABET.indexOf(String.fromCharCode(octet));
  if (value >= 0) return value;
  if (octet === PAD) return PAD_CLASS;
  return octet === 0x20 || octet === 0x09 || octet === 0x0a || octet === 0x0d ? SPACE_CLASS : OTHER;
});

/**
 * What is wrong with base64 text, and the offset of the first octet to show it (the length where something is missing).
 */
export interface Base64Fault {
  /**
   * `alphabet`: an octet outside it. `padding`: too many, too few or misplaced `=`. `length`: one character left over.
   */
  readonly reason: 'alphabet' | 'padding' | 'length';
  readonly offset: number;
}

/** The octets decoded, or what is wrong. */
export type Base64Result =
  /** The buffer behind `octets` is theirs alone and may be longer. */
  | { readonly octets: Uint8Array<ArrayBuffer>; readonly fault: null }
  | { readonly octets: null; readonly fault: Base64Fault };

/** Encodes with padding and without line ends. */
export function encodeBase64(octets: Uint8Array): string {
  const parts: string[] = [];
  let part = '';
  let i = 0;
  for (; i + 2 < octets.length; i += 3) {
    const group = (octets[i]! << 16) | (octets[i + 1]! << 8) | octets[i + 2]!;
    part +=
      ALPHABET[group >> 18]! + ALPHABET[(group >> 12) & 63]! + ALPHABET[(group >> 6) & 63]! + ALPHABET[group & 63]!;
    if (part.length >= 8192) {
      parts.push(part);
      part = '';
    }
  }
  if (i < octets.length) {
    const two = i + 1 < octets.length;
    const group = (octets[i]! << 16) | (two ? octets[i + 1]! << 8 : 0);
    part += `${ALPHABET[group >> 18]!}${ALPHABET[(group >> 12) & 63]!}${two ? ALPHABET[(group >> 6) & 63]! : '='}=`;
  }
  parts.push(part);
  return parts.join('');
}

/** The octets of an xsd:base64Binary value (XML Schema Part 2 §3.2.16); null where the text is none. */
export function base64Octets(text: string): Uint8Array<ArrayBuffer> | null {
  return decodeBase64(text).octets;
}

/** What is left of the room for a text without white space stays behind the octets; more than that is given back. */
const SPARE = 64;

/**
 * Decodes base64, a string or its octets, with XML white space anywhere; unused bits before the padding may be anything,
 * as the common decoders allow.
 */
export function decodeBase64(text: string | Uint8Array): Base64Result {
  const octets = typeof text === 'string' ? latin(text) : text;
  const size = octets.length;
  const out = new Uint8Array(Math.floor((size * 3) / 4) + SPARE);
  let length = 0;
  let group = 0;
  let count = 0;
  let pads = 0;
  for (let i = 0; i < size; i++) {
    if (count === 0 && pads === 0) {
      const groups = decodeGroups(octets, i, out, length);
      length += 3 * groups;
      i += 4 * groups;
      if (i >= size) break;
    }
    const value = VALUE[octets[i]!]!;
    if (value < 64) {
      if (pads > 0) return fault('padding', i);
      group = (group << 6) | value;
      if (++count === 4) {
        out[length++] = group >> 16;
        out[length++] = group >> 8;
        out[length++] = group;
        count = 0;
        group = 0;
      }
    } else if (value === PAD_CLASS) {
      // Two characters take two pads, three take one; anything else has none.
      if (count < 2 || pads >= 4 - count) return fault('padding', i);
      pads++;
    } else if (value !== SPACE_CLASS) {
      return fault('alphabet', i);
    }
  }
  if (count === 1) return fault('length', size);
  if (count > 0) {
    if (pads !== 4 - count) return fault('padding', size);
    out[length++] = count === 2 ? group >> 4 : group >> 10;
    if (count === 3) out[length++] = group >> 2;
  }
  return {
    octets: out.length - length > SPARE + (length >> 4) ? out.slice(0, length) : out.subarray(0, length),
    fault: null,
  };
}

/** Decodes whole groups from `from` on, nearly all of a long text, and says how many. */
function decodeGroups(octets: Uint8Array, from: number, out: Uint8Array, to: number): number {
  let length = to;
  let i = from;
  for (; i + 4 <= octets.length; i += 4) {
    const a = VALUE[octets[i]!]!;
    const b = VALUE[octets[i + 1]!]!;
    const c = VALUE[octets[i + 2]!]!;
    const d = VALUE[octets[i + 3]!]!;
    // A class instead of a value has one of the two high bits.
    if ((a | b | c | d) > 63) break;
    out[length] = (a << 2) | (b >> 4);
    out[length + 1] = (b << 4) | (c >> 2);
    out[length + 2] = (c << 6) | d;
    length += 3;
  }
  return (i - from) / 4;
}

/** The characters as octets, those above U+00FF as one that no alphabet has. */
function latin(text: string): Uint8Array {
  const octets = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) octets[i] = Math.min(OTHER, text.charCodeAt(i));
  return octets;
}

function fault(reason: Base64Fault['reason'], offset: number): Base64Result {
  return { octets: null, fault: { reason, offset } };
}
